import { HubError } from '@lianzhen/contracts/errors.ts';
import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import { checkIdentity, normalIdentifier } from '@lianzhen/contracts/patient-rules.ts';
import type { Identifier, PatientBody } from '@lianzhen/contracts/patients.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation, type Tx } from '@lianzhen/db/client.ts';
import { nameIndex } from '@lianzhen/db/name-index.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { patientView } from './patient-view.ts';
import * as store from './store.ts';

/**
 * Registers a patient. A number that is known already answers with that patient, provided name, sex and birth date agree;
 * nothing is doubled, overwritten or merged.
 * @throws `invalid-identifier`, `identity-mismatch` with the fields that do not agree
 */
export async function createPatient(deps: Pick<Deps, 'db'>, ctx: Ctx, input: PatientBody & { facilityId: string }) {
  requireAccess(ctx, 'patient:write', input.facilityId);
  const identifiers = input.identifiers.map(normalIdentifier);
  checkIdentity({ ...input, identifiers });
  try {
    return await deps.db.transaction((tx) => findOrCreate(tx, ctx, input, identifiers));
  } catch (cause) {
    // Somebody registered the same number at the same moment: now it is known.
    if (isUniqueViolation(cause)) return deps.db.transaction((tx) => findOrCreate(tx, ctx, input, identifiers));
    throw cause;
  }
}

async function findOrCreate(tx: Tx, ctx: Ctx, input: PatientBody & { facilityId: string }, identifiers: Identifier[]) {
  const known = await knownHolder(tx, identifiers);
  if (known) assertSamePerson(known, input);
  const row = known ?? (await insert(tx, input, identifiers));
  await store.relate(tx, row.id, [input.facilityId, ...(input.villageId ? [input.villageId] : [])], 'registered');
  if (!known) await enqueue(tx, findDuplicates, { patientId: row.id });
  const patient = await patientView(tx, row);
  const action = known ? 'patients.patientRelated' : 'patients.patientCreated';
  await recordAudit(tx, {
    ...auditOf(ctx, input.facilityId),
    action,
    patientId: row.id,
    objectType: 'patient',
    objectId: row.id,
  });
  return { existed: known !== undefined, patient };
}

/** The one person behind these numbers, the survivor where he was merged. */
async function knownHolder(tx: Tx, identifiers: Identifier[]): Promise<store.PatientRow | undefined> {
  const holders = await store.holdersOf(tx, identifiers);
  if (holders.length > 1)
    throw new HubError('identity-mismatch', {
      fields: ['identifiers'],
      reason: 'the numbers belong to different patients',
    });
  return holders[0];
}

function assertSamePerson(known: store.PatientRow, input: PatientBody): void {
  const birthDate = known.birthDate?.toISOString().slice(0, 10) ?? null;
  const fields = [
    ...(known.name !== input.name ? ['name'] : []),
    ...(known.sex !== input.sex && input.sex !== 'unknown' ? ['sex'] : []),
    ...(birthDate && input.birthDate && birthDate !== input.birthDate ? ['birthDate'] : []),
  ];
  if (fields.length > 0) throw new HubError('identity-mismatch', { fields, with: 'registered patient' });
}

function insert(tx: Tx, input: PatientBody, identifiers: Identifier[]): Promise<store.PatientRow> {
  const { name, sex, phone, address, villageId } = input;
  return tx.patient.create({
    data: {
      name,
      sex,
      phone,
      address,
      villageId,
      ...nameIndex(name),
      birthDate: input.birthDate ? new Date(`${input.birthDate}T00:00:00Z`) : null,
      identifiers: { create: identifiers.map((one) => ({ ...one, verified: one.type === 'id-card' })) },
    },
    include: { identifiers: { orderBy: { createdAt: 'asc' } } },
  });
}
