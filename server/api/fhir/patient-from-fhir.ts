import { HubError } from '@lianzhen/contracts/errors.ts';
import { z } from 'zod';
import { joinedName } from '../orders/person-name.ts';
import { decoded, patientNumber } from './code-systems.ts';
import { Identifier, inShape, Patient, type Reference } from './inbound.ts';
import type { Surroundings } from './surroundings.ts';

export interface FhirPatient {
  patient: Record<string, unknown>;
  name: string | undefined;
  places: Record<string, string>;
  /** Where the resource stands, if it came along. */
  path: string | undefined;
}

/**
 * Who a request is for: a Patient that came along, one of the hub's by id, or one by a number
 * (`subject.identifier`, or a conditional reference).
 * @throws `not-found` where the reference leads nowhere
 */
export function fhirPatient(
  subject: Reference | undefined,
  path: string,
  around: Surroundings,
): FhirPatient | undefined {
  const { reference, identifier } = subject ?? {};
  const places = { patient: path, patientId: path, 'patient.identifiers': `${path}.identifier` };
  const found = reference === undefined ? undefined : around.find(reference);
  if (found) return fromResource(inShape(Patient, found.value, found.path), found.path);
  const query = /^Patient\?identifier=([^&]+)$/.exec(reference ?? '')?.[1];
  const number = query === undefined ? identifier : inShape(Identifier, tokenOf(decoded(query)), path);
  if (number) {
    const one = patientNumber(number);
    return { patient: { identifiers: one ? [one] : [] }, name: undefined, places, path: undefined };
  }
  if (reference === undefined) return undefined;
  const id = /(?:^|\/)Patient\/([^/]+)$/.exec(reference)?.[1];
  const expected = 'a Patient that came along, one of this server, or an identifier';
  if (!z.uuid().safeParse(id).success)
    throw new HubError('not-found', { fields: [{ field: `${path}.reference`, expected }] });
  return {
    patient: { id },
    name: undefined,
    places: { ...places, 'patient.id': `${path}.reference` },
    path: undefined,
  };
}

/** `system|value`, or a value alone. */
export function tokenOf(token: string): { system?: string; value: string } {
  const at = token.lastIndexOf('|');
  return at < 0 ? { value: token } : { system: token.slice(0, at), value: token.slice(at + 1) };
}

const sexes = { male: 'male', female: 'female', other: 'unstated', unknown: 'unknown' } as const;

function fromResource(patient: z.infer<typeof Patient>, path: string): FhirPatient {
  const names = patient.name.map(({ text, family, given }) => text?.trim() || joinedName([family ?? '', ...given]));
  const name = names.find((one) => /\p{Script=Han}/u.test(one)) ?? names.find((one) => one !== '');
  const [address] = patient.address;
  return {
    patient: {
      identifiers: patient.identifier.flatMap((one) => patientNumber(one) ?? []),
      name,
      sex: patient.gender && sexes[patient.gender],
      birthDate: patient.birthDate ?? null,
      phone: patient.telecom.find(({ system }) => system === 'phone')?.value,
      address: address?.text ?? address?.line.join(''),
    },
    name,
    path,
    places: {
      ...{
        patient: path,
        patientId: path,
        'patient.identifiers': `${path}.identifier`,
        'patient.name': `${path}.name`,
      },
      ...{ 'patient.sex': `${path}.gender`, 'patient.birthDate': `${path}.birthDate` },
      ...{ 'patient.phone': `${path}.telecom`, 'patient.address': `${path}.address` },
    },
  };
}

/** The name of a Patient or RelatedPerson, as the hub writes it. */
export const nameOf = (names: z.infer<typeof Patient>['name']): string =>
  names.map(({ text, family, given }) => text?.trim() || joinedName([family ?? '', ...given])).find(Boolean) ?? '';
