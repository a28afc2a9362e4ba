import { nextNumber } from './hl7-orders.ts';
import type { Region } from './region.ts';

export interface FhirResource {
  resourceType: string;
  id?: string;
  [field: string]: unknown;
}

/** The region's patient as his hospital knows him. */
export const fhirPatient = (mrn: string, changes: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'Patient',
  id: 'patient',
  identifier: [
    { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value: mrn },
  ],
  name: [{ family: '张', given: ['三'] }],
  gender: 'male',
  birthDate: '1960-05-01',
  ...changes,
});

export const fhirConsent = (subject: string, changes: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'Consent',
  id: 'consent',
  status: 'active',
  extension: [{ url: 'urn:lianzhen:fhir:consent-method', valueCode: 'written' }],
  patient: { reference: subject },
  dateTime: '2026-11-22T09:00:00+08:00',
  performer: [{ reference: subject }],
  ...changes,
});

/** A request for the region's patient, complete but for what it refers to. */
export const fhirRequest = (region: Region, changes: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'ServiceRequest',
  identifier: [{ system: 'urn:his:orders', value: nextNumber('F') }],
  status: 'active',
  intent: 'order',
  priority: 'urgent',
  code: { coding: [{ system: 'urn:lianzhen:codes:99LIANZHEN', code: region.chest.code }] },
  subject: { reference: '#patient' },
  supportingInfo: [{ reference: '#consent' }],
  reasonCode: [
    { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'R05', display: '咳嗽' }] },
    { text: '排除肺炎' },
  ],
  note: [{ text: '咳嗽三天，发热' }],
  ...changes,
});

/** The same with patient and consent inside. */
export const wholeRequest = (region: Region, mrn: string, changes: Record<string, unknown> = {}): FhirResource =>
  fhirRequest(region, { contained: [fhirPatient(mrn), fhirConsent('#patient')], ...changes });

/** Resources as entries of a Bundle, each known by `urn:uuid:` and its id or place. */
export const fhirBundle = (type: 'transaction' | 'batch', resources: FhirResource[]): FhirResource => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map(({ id, ...resource }, at) => ({
    fullUrl: `urn:uuid:${id ?? at}`,
    resource,
    request: { method: 'POST', url: resource.resourceType },
  })),
});

export const placerOf = (request: FhirResource): string =>
  (request.identifier as Array<{ value: string }> | undefined)?.[0]?.value ?? '';
