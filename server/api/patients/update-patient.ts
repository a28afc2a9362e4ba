import { HubError } from '@lianzhen/contracts/errors.ts';
import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import { checkIdentity, normalIdentifier } from '@lianzhen/contracts/patient-rules.ts';
import type { Identifier, PatientBody } from '@lianzhen/contracts/patients.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { nameIndex } from '@lianzhen/db/name-index.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { patientView } from './patient-view.ts';
import * as store from './store.ts';

/**
 * Corrects a patient's data. A number that comes back masked is the one that was there; a number left out is taken away.
 * @throws `stale-revision`, `identity-mismatch` where a number belongs to somebody else
 */
export async function updatePatient(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: PatientBody & { id: string; revision: number },
) {
  const scope = requireAccess(ctx, 'patient:write');
  return db.transaction(async (tx) => {
    await store.lock(tx, [input.id]);
    const before = await store.read(tx, scope, input.id);
    if (before.mergedIntoId) throw new HubError('wrong-state', { from: 'merged' });
    if (before.revision !== input.revision)
      throw new HubError('stale-revision', { expected: input.revision, found: before.revision });
    const identifiers = input.identifiers.map((one) => unmasked(one, before)).map(normalIdentifier);
    checkIdentity({ ...input, identifiers });
    await replaceIdentifiers(tx, before, identifiers);
    await tx.patient.update({
      where: { id: before.id },
      data: {
        name: input.name,
        sex: input.sex,
        phone: input.phone ?? null,
        address: input.address ?? null,
        villageId: input.villageId ?? null,
        birthDate: input.birthDate ? new Date(`${input.birthDate}T00:00:00Z`) : null,
        ...nameIndex(input.name),
        revision: { increment: 1 },
      },
    });
    if (input.villageId) await store.relate(tx, before.id, [input.villageId], 'contract');
    await enqueue(tx, findDuplicates, { patientId: before.id });
    const after = await store.read(tx, scope, before.id);
    await emit(tx, {
      topic: 'patient',
      id: after.id,
      revision: after.revision,
      facilityIds: await store.facilitiesOf(tx, after.id),
    });
    const view = await patientView(tx, after);
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'patients.patientChanged',
      patientId: after.id,
      objectType: 'patient',
      objectId: after.id,
      detail: { fields: changed(before, after) },
    });
    return view;
  });
}

function unmasked(given: Identifier, before: store.PatientRow): Identifier {
  if (!given.value.includes('*')) return given;
  const same = before.identifiers.find(
    (one) => one.type === given.type && one.issuer === given.issuer && one.value.length === given.value.length,
  );
  if (!same) throw new HubError('bad-input', { fields: [{ field: 'identifiers', expected: 'a whole number' }] });
  return { ...given, value: same.value };
}

async function replaceIdentifiers(tx: Tx, before: store.PatientRow, wanted: Identifier[]): Promise<void> {
  const isSame = (a: Identifier | store.PatientRow['identifiers'][number], b: Identifier) =>
    a.type === b.type && a.issuer === b.issuer && a.value === b.value;
  const fresh = wanted.filter((one) => !before.identifiers.some((old) => isSame(old, one)));
  const gone = before.identifiers.filter((old) => !wanted.some((one) => isSame(old, one)));
  if (fresh.length > 0 && (await store.holdersOf(tx, fresh)).length > 0) {
    throw new HubError('identity-mismatch', {
      fields: ['identifiers'],
      reason: 'the number belongs to another patient',
    });
  }
  await tx.patientIdentifier.deleteMany({ where: { id: { in: gone.map((one) => one.id) } } });
  await tx.patientIdentifier.createMany({
    data: fresh.map((one) => ({ ...one, patientId: before.id, verified: one.type === 'id-card' })),
  });
}

const changed = (before: store.PatientRow, after: store.PatientRow): string[] =>
  (['name', 'sex', 'phone', 'address', 'villageId'] as const).filter((field) => before[field] !== after[field]);
