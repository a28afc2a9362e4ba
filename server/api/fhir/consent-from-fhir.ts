import { HubError } from '@lianzhen/contracts/errors.ts';
import type { z } from 'zod';
import { consentMethod } from './code-systems.ts';
import { Consent, inShape, type Reference, RelatedPerson, type ServiceRequest } from './inbound.ts';
import { type FhirPatient, nameOf } from './patient-from-fhir.ts';
import type { Standing, Surroundings } from './surroundings.ts';

/** v3-RoleCode, and HL7 tables 0063 and 0131 where they have another word. */
const relations: Record<string, string> = {
  ...{
    ONESELF: 'self',
    SEL: 'self',
    GUARD: 'guardian',
    GRD: 'guardian',
    SPS: 'spouse',
    HUSB: 'spouse',
    WIFE: 'spouse',
  },
  ...{ SPO: 'spouse', CHILD: 'child', SON: 'child', DAU: 'child', CHD: 'child', PRN: 'parent', MTH: 'parent' },
  ...{ FTH: 'parent', PAR: 'parent', SIB: 'sibling', BRO: 'sibling', SIS: 'sibling' },
  ...{ FAMMEMB: 'other-relative', EXT: 'other-relative', GRPRN: 'other-relative', N: 'other-relative' },
};

interface FhirConsent {
  consent: Record<string, unknown> | undefined;
  places: Record<string, string>;
  /** What of the surroundings it is made of. */
  used: string[];
}

/**
 * The consent that a request refers to, else the only one that came along: who agreed, as whom, how and when.
 * @throws `consent-missing` where it is not active
 */
export function fhirConsent(
  request: ServiceRequest,
  path: string,
  around: Surroundings,
  patient: FhirPatient | undefined,
): FhirConsent {
  const found = consentOf(request, around);
  if (!found) return { consent: undefined, places: { consent: `${path}.supportingInfo` }, used: [] };
  const at = found.path;
  const consent = inShape(Consent, found.value, at);
  if (consent.status !== 'active')
    throw new HubError('consent-missing', { fields: [{ field: `${at}.status`, expected: 'active' }] });
  if (consent.patient?.reference !== undefined && consent.patient.reference !== request.subject?.reference)
    throw new HubError('consent-missing', {
      fields: [{ field: `${at}.patient`, expected: 'the subject of the request' }],
    });
  const { person, path: personPath } = signerOf(consent.performer[0], request, around, patient);
  return {
    consent: { ...person, method: methodOf(consent), givenAt: consent.dateTime },
    used: [at, ...(personPath ? [personPath] : [])],
    places: {
      ...{ consent: at, 'consent.signer': `${at}.performer`, 'consent.givenAt': `${at}.dateTime` },
      'consent.relation': personPath ? `${personPath}.relationship` : `${at}.performer`,
      'consent.method': `${at}.extension('${consentMethod}')`,
    },
  };
}

function consentOf({ supportingInfo }: ServiceRequest, around: Surroundings): Standing | undefined {
  const referred = supportingInfo.map(({ reference }) => around.find(reference ?? ''));
  const [only, other] = around.ofType('Consent');
  return referred.find((one) => one?.value.resourceType === 'Consent') ?? (other ? undefined : only);
}

/** A document that lies with the sender is an electronic consent, unless it is said otherwise. */
function methodOf({ extension, sourceAttachment, sourceReference }: z.infer<typeof Consent>): string | undefined {
  const said = extension.find(({ url }) => url === consentMethod);
  return said?.valueCode ?? (sourceAttachment || sourceReference ? 'electronic' : undefined);
}

function signerOf(
  performer: Reference | undefined,
  { subject }: ServiceRequest,
  around: Surroundings,
  patient: FhirPatient | undefined,
): { person: { signer: string; relation: string | undefined }; path?: string } {
  const { reference = '', display = '' } = performer ?? {};
  const found = around.find(reference);
  if (found?.value.resourceType === 'RelatedPerson') {
    const related = inShape(RelatedPerson, found.value, found.path);
    const codes = related.relationship.flatMap(({ coding }) => coding.map(({ code }) => code ?? ''));
    const relation = codes.map((code) => relations[code.toUpperCase()]).find(Boolean);
    return { person: { signer: nameOf(related.name) || display, relation }, path: found.path };
  }
  const isPatient = reference !== '' && reference === subject?.reference;
  const isNamed = display !== '' && display === patient?.name;
  const signer = display || (isPatient ? (patient?.name ?? '') : '');
  return { person: { signer, relation: isPatient || isNamed ? 'self' : undefined } };
}
