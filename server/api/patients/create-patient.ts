import { HubError } from '@lianzhen/contracts/errors.ts';
import { checkIdentity, normalIdentifiers } from '@lianzhen/contracts/patient-rules.ts';
import type { Identifier, PatientBody } from '@lianzhen/contracts/patients.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation, type Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { assertOwnNumbers, assertVillage } from './identity-bounds.ts';
import { patientView } from './patient-view.ts';
import { differingFields, registerPerson } from './register-person.ts';
import * as store from './store.ts';

type Body = PatientBody & { facilityId: string };

/**
 * Registers a patient. A number that is known already answers with that patient, provided name, sex and birth date agree;
 * nothing is doubled, overwritten or merged.
 * @throws `invalid-identifier`, `identity-mismatch` with the fields that do not agree
 */
export async function createPatient({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: Body) {
  const scope = requireAccess(ctx, 'patient:write', input.facilityId);
  const identifiers = normalIdentifiers(input.identifiers);
  checkIdentity({ ...input, identifiers });
  const register = () => db.transaction((tx) => findOrCreate(tx, ctx, scope, input, identifiers));
  const outcome = await register().catch((cause: unknown) => {
    // Somebody registered the same number at the same moment: now it is known.
    if (isUniqueViolation(cause)) return register();
    throw cause;
  });
  // Thrown only here, so that the trail of whom somebody asked for is kept.
  if (outcome instanceof HubError) throw outcome;
  return outcome;
}

async function findOrCreate(tx: Tx, ctx: Ctx, scope: FacilityScope, input: Body, identifiers: Identifier[]) {
  assertOwnNumbers(ctx, identifiers);
  await assertVillage(tx, input.villageId);
  const holders = await store.holdersOf(tx, identifiers);
  const [known] = holders;
  const fields = holders.length > 1 ? ['identifiers'] : known ? differingFields(known, input) : [];
  if (fields.length > 0) {
    for (const { id } of holders) await audit(tx, ctx, input.facilityId, 'patients.registrationRefused', id);
    return new HubError('identity-mismatch', { fields, with: 'registered patient' });
  }
  const row = known ?? (await registerPerson(tx, input, identifiers));
  await store.relate(tx, row.id, [input.facilityId, ...(input.villageId ? [input.villageId] : [])], 'registered');
  const patient = await patientView(tx, scope, row);
  await audit(tx, ctx, input.facilityId, known ? 'patients.patientRelated' : 'patients.patientCreated', row.id);
  return { existed: known !== undefined, patient };
}

const audit = (tx: Tx, ctx: Ctx, facilityId: string, action: string, patientId: string) =>
  recordAudit(tx, {
    ...auditOf(ctx, facilityId),
    action,
    outcome: action === 'patients.registrationRefused' ? 'refused' : 'success',
    patientId,
    objectType: 'patient',
    objectId: patientId,
  });
