import type { IdentifierType } from '@lianzhen/contracts/patients.ts';
import type { Concept, Identifier } from './inbound.ts';

/** The hub's own codes: exams of its catalogue, and what no public list names. */
export const hubCodes = 'urn:lianzhen:codes:99LIANZHEN';
export const identifierTypes = 'http://terminology.hl7.org/CodeSystem/v2-0203';
export const icd10 = 'http://hl7.org/fhir/sid/icd-10';
export const accessionSystem = 'urn:lianzhen:accession-number';
/** WS/T 500: numbers of requests and of organisations. */
export const orderSystem = 'urn:oid:2.16.156.10011.1.24';
export const organisationSystem = 'urn:oid:2.16.156.10011.1.5';
export const consentMethod = 'urn:lianzhen:fhir:consent-method';
/** http://hl7.org/fhir/R4/extension-request-statusreason.html */
export const statusReason = 'http://hl7.org/fhir/StructureDefinition/request-statusReason';
/** A hospital's own numbers, where it names no system itself. */
export const placerSystemOf = (facilityCode: string): string => `urn:lianzhen:placer-number:${facilityCode}`;

type Type = (typeof IdentifierType)['_output'];
/** WS/T 500 by its object identifier, the hub's own systems by their kind. */
const bySystem: Array<[begins: string, type: Type]> = [
  ['urn:oid:2.16.156.10011.1.3', 'id-card'],
  ['urn:lianzhen:health-card:', 'health-card'],
  ['urn:lianzhen:passport:', 'passport'],
  ['urn:lianzhen:mrn:', 'mrn'],
  ['urn:lianzhen:birth-certificate:', 'birth-certificate'],
  ['urn:lianzhen:identifier:', 'other'],
];
/** HL7 table 0203. */
const byCode: Record<string, Type> = {
  ...{ NNCHN: 'id-card', NI: 'id-card', HC: 'health-card', JHN: 'health-card', PPN: 'passport', MR: 'mrn', PI: 'mrn' },
  ...{ BCT: 'birth-certificate', U: 'other' },
};
const typeCode = ({ type }: Identifier): string | undefined => type?.coding.find(({ code }) => code)?.code;

/** Which numbers a system of the hub's own list names, and whose; undefined for any other system. */
export function numbersIn(system: string): { type: Type; issuer: string | undefined } | undefined {
  const known = bySystem.find(([begins]) => system === begins || (begins.endsWith(':') && system.startsWith(begins)));
  if (!known) return undefined;
  const [begins, type] = known;
  return { type, issuer: begins.endsWith(':') ? decoded(system.slice(begins.length)) : undefined };
}

/** A number of a patient as the hub knows it; undefined for what is none of a person, or of the hub itself. */
export function patientNumber(given: Identifier): { type: Type; issuer: string; value: string } | undefined {
  const { system = '', value = '' } = given;
  if (system === 'urn:ietf:rfc:3986') return undefined;
  const known = numbersIn(system);
  const code = typeCode(given);
  const type = known?.type ?? (code === undefined ? 'mrn' : byCode[code]);
  if (!type) return undefined;
  const issuer = known?.issuer ?? given.assigner?.display ?? system;
  return { type, issuer: issuer.slice(0, 60), value };
}
/** What an address has escaped; text that is not escaped as it should be stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The sender's number of the request: typed as placer's, else the only one. Its place in the list comes with it. */
export function placerOf(identifiers: readonly Identifier[]): { at: number; number: Identifier } | undefined {
  const typed = identifiers.findIndex((one) => typeCode(one) === 'PLAC');
  const at = typed >= 0 ? typed : identifiers.length === 1 ? 0 : -1;
  const number = identifiers[at];
  return number && { at, number };
}

/** The code of one of these systems. */
export const codedIn = (concept: Concept | undefined, isSystem: (system: string) => boolean) =>
  concept?.coding.find(({ system = '', code }) => code && isSystem(system));
export const isIcd10 = (system: string): boolean => /icd-?10/i.test(system);
