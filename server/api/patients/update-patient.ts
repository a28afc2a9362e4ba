import { HubError } from '@lianzhen/contracts/errors.ts';
import { maskIdentifier } from '@lianzhen/contracts/id-card.ts';
import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import { checkIdentity, normalIdentifiers } from '@lianzhen/contracts/patient-rules.ts';
import type { Identifier, PatientBody } from '@lianzhen/contracts/patients.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { nameIndex } from '@lianzhen/db/name-index.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { assertOwnNumbers, assertVillage } from './identity-bounds.ts';
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
  const outcome = await db.transaction(async (tx) => {
    await store.lock(tx, [input.id]);
    const before = await store.read(tx, scope, input.id);
    if (before.mergedIntoId) throw new HubError('wrong-state', { from: 'merged' });
    if (before.revision !== input.revision)
      throw new HubError('stale-revision', { expected: input.revision, found: before.revision });
    const identifiers = normalIdentifiers(unmasked(input.identifiers, before));
    checkIdentity({ ...input, identifiers });
    if (input.villageId !== before.villageId) await assertVillage(tx, input.villageId);
    const refusal = await replaceIdentifiers(tx, ctx, before, identifiers);
    if (refusal) return refusal;
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
    const view = await patientView(tx, scope, after);
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
  // Thrown only here, so that the trail of whose number was tried is kept.
  if (outcome instanceof HubError) throw outcome;
  return outcome;
}

/** Each masked number stands for one that was there, in turn where several look alike under their masks. */
function unmasked(given: readonly Identifier[], before: store.PatientRow): Identifier[] {
  const kept = [...before.identifiers];
  return given.map((one, index) => {
    if (!one.value.includes('*')) return one;
    const at = kept.findIndex(
      (old) => old.type === one.type && old.issuer === one.issuer && maskIdentifier(old.value) === one.value,
    );
    const [same] = at < 0 ? [] : kept.splice(at, 1);
    if (!same)
      throw new HubError('bad-input', {
        fields: [{ field: `identifiers.${index}.value`, expected: 'a whole number' }],
      });
    return { ...one, value: same.value };
  });
}

async function replaceIdentifiers(
  tx: Tx,
  ctx: Ctx,
  before: store.PatientRow,
  wanted: Identifier[],
): Promise<HubError | undefined> {
  const isSame = (a: Identifier | store.PatientRow['identifiers'][number], b: Identifier) =>
    a.type === b.type && a.issuer === b.issuer && a.value === b.value;
  const fresh = wanted.filter((one) => !before.identifiers.some((old) => isSame(old, one)));
  const gone = before.identifiers.filter((old) => !wanted.some((one) => isSame(old, one)));
  assertOwnNumbers(ctx, fresh);
  const holders = fresh.length > 0 ? await store.holdersOf(tx, fresh) : [];
  for (const { id } of holders) {
    const fact = { action: 'patients.numberRefused', outcome: 'refused', patientId: id } as const;
    await recordAudit(tx, { ...auditOf(ctx), ...fact, objectType: 'patient', objectId: before.id });
  }
  if (holders.length > 0)
    return new HubError('identity-mismatch', { fields: ['identifiers'], with: 'registered patient' });
  await tx.patientIdentifier.deleteMany({ where: { id: { in: gone.map((one) => one.id) } } });
  await tx.patientIdentifier.createMany({
    data: fresh.map((one) => ({ ...one, patientId: before.id, verified: one.type === 'id-card' })),
  });
  return undefined;
}

/** The names of the fields, for the trail. */
function changed(before: store.PatientRow, after: store.PatientRow): string[] {
  const numbersOf = (row: store.PatientRow) =>
    row.identifiers
      .map(({ id }) => id)
      .sort()
      .join();
  return [
    ...(['name', 'sex', 'phone', 'address', 'villageId'] as const).filter((field) => before[field] !== after[field]),
    ...(before.birthDate?.getTime() === after.birthDate?.getTime() ? [] : ['birthDate']),
    ...(numbersOf(before) === numbersOf(after) ? [] : ['identifiers']),
  ];
}
