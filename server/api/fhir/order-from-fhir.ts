import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReadOrder } from '../orders/take-orders.ts';
import { codedIn, hubCodes, isIcd10, placerOf } from './code-systems.ts';
import { fhirConsent } from './consent-from-fhir.ts';
import { type Concept, Encounter, inShape, type Reference, ServiceRequest } from './inbound.ts';
import { fhirPatient } from './patient-from-fhir.ts';
import type { Standing, Surroundings } from './surroundings.ts';
import { surroundings } from './surroundings.ts';

const urgencies: Record<string, string> = { stat: 'emergency', asap: 'urgent', urgent: 'urgent', routine: 'routine' };
/** The hub's words, letters, and SNOMED CT. */
const sides: Record<string, string> = {
  ...{ left: 'left', l: 'left', '7771000': 'left', '7771000119105': 'left' },
  ...{ right: 'right', r: 'right', '24028007': 'right', both: 'both', b: 'both', '51440002': 'both' },
};

export interface FhirOrder extends ReadOrder {
  /** The resources that it is made of, by where they stand. */
  used: string[];
  patientPath: string | undefined;
}

/**
 * A ServiceRequest as a request of the hub, one exam, and where each part of it stands.
 * @param bundle what came along with it
 * @param facilityCode whose system sends it; a requester, where one is named, is this facility
 */
export function fhirOrder(sent: Standing, bundle: Parameters<typeof surroundings>[2], facilityCode: string): FhirOrder {
  const { path } = sent;
  const request = inShape(ServiceRequest, sent.value, path);
  assertOrder(request, path, facilityCode);
  const around = surroundings(request.contained, path, bundle);
  const placer = placerOf(request.identifier);
  const patient = fhirPatient(request.subject, `${path}.subject`, around);
  const { consent, ...aboutConsent } = fhirConsent(request, path, around, patient);
  const visit = visitOf(request.encounter, around);
  const { purpose, history, diagnosisCode, diagnosisText } = reasonsOf(request);
  const side = request.bodySite
    .flatMap(codesOf)
    .map((code) => sides[code])
    .find(Boolean);
  return {
    order: {
      placerNumber: placer?.number.value,
      placerSystem: placer?.number.system,
      patient: patient?.patient,
      exams: [{ examCode: examOf(request.code), laterality: side ?? null }],
      urgency: urgencies[request.priority ?? 'routine'] ?? request.priority,
      ...{ purpose, history, diagnosisCode, diagnosisText, consent },
      visitNumber: visit?.number,
      centreCode: codeOfOrganisation(request.performer[0]),
    },
    places: { ...placesOf(path, placer?.at), ...patient?.places, ...aboutConsent.places },
    used: [patient?.path, visit?.path, ...aboutConsent.used].filter((one) => one !== undefined),
    patientPath: patient?.path,
  };
}

/** What would not be an order, or not this facility's. */
function assertOrder({ status, intent, doNotPerform, requester }: ServiceRequest, path: string, code: string): void {
  const wrong = (field: string, expected: string) =>
    new HubError('bad-input', { fields: [{ field: `${path}.${field}`, expected }] });
  if (status !== 'active') throw wrong('status', 'active');
  if (intent !== 'order' && intent !== 'original-order') throw wrong('intent', 'order');
  if (doNotPerform) throw wrong('doNotPerform', 'false');
  const asking = codeOfOrganisation(requester);
  if (asking !== undefined && asking !== code)
    throw new HubError('forbidden', { fields: [{ field: `${path}.requester`, expected: 'one’s own facility' }] });
}

const codeOfOrganisation = (reference: Reference | undefined): string | undefined => reference?.identifier?.value;
const codesOf = ({ coding, text }: Concept): string[] =>
  [...coding.map(({ code }) => code ?? ''), text ?? ''].map((code) => code.trim().toLowerCase());
/** The hub's own code, where there is one among translations. */
const examOf = (code: Concept | undefined): string | undefined =>
  (codedIn(code, (system) => system === hubCodes) ?? codedIn(code, () => true))?.code;

function visitOf(encounter: Reference | undefined, around: Surroundings) {
  const found = around.find(encounter?.reference ?? '');
  if (!found) return { number: encounter?.identifier?.value, path: undefined };
  const [identifier] = inShape(Encounter, found.value, found.path).identifier;
  return { number: identifier?.value, path: found.path };
}

/** The reason with a code of ICD-10 is the diagnosis, one without is the purpose; notes are the history. */
function reasonsOf({ reasonCode, note }: ServiceRequest) {
  const coded = reasonCode.find((reason) => codedIn(reason, isIcd10));
  const diagnosis = codedIn(coded, isIcd10);
  const purposes = reasonCode
    .filter((reason) => reason !== coded)
    .map(({ text, coding }) => text ?? coding[0]?.display);
  const said = purposes.filter((text) => text).join('\n');
  const notes = note.map(({ text }) => text);
  // The hub itself writes purpose and history as two notes.
  const [purpose, history] = said || notes.length < 2 ? [said, notes] : [notes[0], notes.slice(1)];
  return {
    ...{ purpose, history: history.join('\n') || undefined },
    diagnosisCode: diagnosis?.code,
    diagnosisText: coded?.text ?? diagnosis?.display,
  };
}

const placesOf = (path: string, placer: number | undefined): Record<string, string> => ({
  ...{ placerNumber: `${path}.identifier${placer === undefined ? '' : `[${placer}]`}`, exams: `${path}.code` },
  ...{ 'exams.0': `${path}.code`, 'exams.0.laterality': `${path}.bodySite`, urgency: `${path}.priority` },
  ...{ purpose: `${path}.reasonCode`, diagnosisCode: `${path}.reasonCode`, diagnosisText: `${path}.reasonCode` },
  ...{ history: `${path}.note`, visitNumber: `${path}.encounter`, facilityId: `${path}.requester` },
  ...{ centreCode: `${path}.performer`, centreId: `${path}.performer`, patient: `${path}.subject` },
  ...{ 'patient.identifiers': `${path}.subject`, patientId: `${path}.subject` },
});
