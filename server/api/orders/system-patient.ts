import { HubError } from '@lianzhen/contracts/errors.ts';
import { checkIdentity, normalIdentifiers } from '@lianzhen/contracts/patient-rules.ts';
import type { Identifier } from '@lianzhen/contracts/patients.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { differingFields, registerPerson } from '../patients/register-person.ts';
import { naming } from './named-fields.ts';
import type { SystemPatient } from './system-order.ts';
import type { SystemPlace } from './system-place.ts';
import * as store from './system-store.ts';

/**
 * The patient of a request: known by the hub's id, else by one of the numbers. Somebody new is registered where a name
 * comes with the numbers; what is known is neither overwritten nor merged.
 * @throws `not-found`, `invalid-identifier`, or `identity-mismatch` where a number is somebody else's; its `cause` then
 * holds the ids of those whose numbers they are, for the trail alone
 */
export async function systemPatient(
  tx: Tx,
  place: SystemPlace,
  given: SystemPatient,
): Promise<{ id: string; isNew: boolean }> {
  if (given.id !== undefined) {
    const own = await store.patientsInScope(tx, place.scope, [given.id]);
    if (!own.has(given.id)) throw new HubError('not-found', { field: 'patient.id' });
    return { id: given.id, isNew: false };
  }
  const identifiers = await numbersOf(tx, place, given);
  const found = await store.holders(tx, identifiers);
  const own = await store.patientsInScope(
    tx,
    place.scope,
    found.map(({ id }) => id),
  );
  const [first] = found;
  const { name } = given;
  if (name === undefined) return unnamed(found, own);
  if (first) assertSame(found, { ...given, name });
  const { id } = first ?? (await registerPerson(tx, { ...given, name }, identifiers));
  await store.relateTo(tx, id, place.facilityId);
  return { id, isNew: first === undefined };
}

/** Numbers alone find only those who are in one's care already: they are no key to others. */
function unnamed(found: readonly store.Holder[], own: ReadonlySet<string>) {
  const [only, other] = found.filter(({ id }) => own.has(id));
  if (!only || other)
    throw new HubError('not-found', {
      field: 'patient.identifiers',
      expected: 'one known patient, or name, sex and birth date to register',
    });
  return { id: only.id, isNew: false };
}

/**
 * A record number is one's own facility's: systems name its issuer in words of their own, but with another facility's
 * code it would take a common name and some patience to be let in on its patients.
 */
async function numbersOf(tx: Tx, { code }: SystemPlace, given: SystemPatient): Promise<Identifier[]> {
  const issuers = given.identifiers.filter(({ type }) => type === 'mrn').map(({ issuer }) => issuer);
  const others = await store.facilityCodes(
    tx,
    issuers.filter((issuer) => issuer !== code),
  );
  for (const [at, { type, issuer }] of given.identifiers.entries()) {
    const expected = type === 'mrn' && others.has(issuer) ? 'one’s own facility' : 'an issuer of the number';
    const isIssued = ['mrn', 'id-card', 'birth-certificate'].includes(type) || issuer !== '';
    if (!isIssued || (type === 'mrn' && others.has(issuer)))
      throw new HubError('bad-input', { fields: [{ field: `patient.identifiers.${at}.issuer`, expected }] });
  }
  const own = given.identifiers.map((one) => (one.type === 'mrn' ? { ...one, issuer: code } : one));
  const identifiers = normalIdentifiers(own);
  await naming(ofPatient, () => checkIdentity({ ...given, identifiers }));
  return identifiers;
}
const ofPatient = {
  identifiers: 'patient.identifiers',
  birthDate: 'patient.birthDate',
  sex: 'patient.sex',
};

function assertSame(found: readonly store.Holder[], given: SystemPatient & { name: string }): void {
  const [known, other] = found;
  const different = [...(other ? ['identifiers'] : []), ...(known ? differingFields(known, given) : [])];
  if (different.length === 0) return;
  const fields = different.map((field) => ({
    field: `patient.${field}`,
    expected: 'what is registered for the number',
  }));
  throw new HubError('identity-mismatch', { fields }, { cause: { patientIds: found.map(({ id }) => id) } });
}
