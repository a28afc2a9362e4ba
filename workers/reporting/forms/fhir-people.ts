import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { createOnce, identifierOf, textOf, uuidIdentifier } from './fhir-entries.ts';
import type { BundleEntry, Organization, Patient, Practitioner } from './fhir-types.ts';
import { byStrength, organisationAuthority, patientAuthority, staffAuthority } from './identifier-systems.ts';

const genders: Record<ReportContent['patient']['sex'], Patient['gender']> = {
  male: 'male',
  female: 'female',
  unknown: 'unknown',
  unstated: 'unknown',
};

/** Known to the receiver by its strongest number: a national one, the region's, a hospital's; else by the hub's. */
export function patientEntry({ patient }: ReportContent): BundleEntry<Patient> {
  const own = uuidIdentifier(patient.id);
  const numbers = byStrength(patient.identifiers).map(({ type, issuer, value }) =>
    identifierOf(patientAuthority(type, issuer), value),
  );
  const resource: Patient = {
    resourceType: 'Patient',
    identifier: [...numbers, own],
    name: [{ use: 'official', text: textOf(patient.name) ?? '?' }],
    gender: genders[patient.sex],
    birthDate: patient.birthDate ?? undefined,
  };
  return createOnce(own.value, resource, numbers[0] ?? own);
}

/** A facility by the hub's id: codes of two regions may be alike. */
export function organisationEntry(party: ReportContent['centre']['facility']): BundleEntry<Organization> {
  const own = uuidIdentifier(party.id);
  const identifier = [own, identifierOf(organisationAuthority, party.code)];
  return createOnce(
    own.value,
    { resourceType: 'Organization', identifier, name: textOf(party.name) ?? party.code },
    own,
  );
}

export function practitionerEntry(person: ReportContent['writer']): BundleEntry<Practitioner> {
  const own = uuidIdentifier(person.id);
  const licence = person.licenceNumber ? [identifierOf(staffAuthority, person.licenceNumber)] : [];
  const name = [{ text: textOf(person.name) ?? '?' }];
  return createOnce(own.value, { resourceType: 'Practitioner', identifier: [own, ...licence], name }, own);
}
