import { HubError } from '@lianzhen/contracts/errors.ts';
import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { z } from 'zod';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { correctIdentity, holdSigning } from '../reporting/correct-identity.ts';
import { mergeView } from './merge-view.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
const Moved = z.object({
  identifiers: z.array(z.string()),
  orders: z.array(z.string()),
  /** Merges from before there were consultations moved none. */
  consultations: z.array(z.string()).default([]),
  studies: z.array(z.string()),
  facilities: z.array(z.string()),
});
type Moved = z.infer<typeof Moved>;

/** A person's decision that two rows are one patient. Every moved row is written down, so that it can be undone. */
export async function mergePatients(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; survivorId: string; reason: string },
) {
  const scope = requireAccess(ctx, 'patient:merge');
  return db.transaction(async (tx) => {
    const proposal = await tx.duplicateProposal.findUniqueOrThrow({ where: { id: input.id } });
    const ids = [proposal.firstId, proposal.secondId];
    const mergedId = ids.find((id) => id !== input.survivorId);
    if (!ids.includes(input.survivorId) || !mergedId)
      throw new HubError('bad-input', { fields: [{ field: 'survivorId', expected: 'one of the two' }] });
    await store.lock(tx, ids);
    const survivor = await store.read(tx, scope, input.survivorId);
    const merged = await store.read(tx, scope, mergedId);
    if (proposal.state !== 'open' || survivor.mergedIntoId || merged.mergedIntoId)
      throw new HubError('wrong-state', { from: proposal.state });
    const moved = await move(tx, merged.id, survivor.id);
    await tx.patient.update({
      where: { id: merged.id },
      data: { mergedIntoId: survivor.id, revision: { increment: 1 } },
    });
    await tx.patient.update({ where: { id: survivor.id }, data: { revision: { increment: 1 } } });
    const mergedBy = requirePerson(ctx).accountId;
    const { reason } = input;
    const decision = { state: 'merged', reason, decidedAt: clock.now(), decidedBy: mergedBy };
    const { count } = await store.decideProposal(tx, proposal.id, decision);
    if (count === 0) throw new HubError('wrong-state', { from: 'decided' });
    // What was proposed for the merged row is now a question about the survivor.
    await enqueue(tx, findDuplicates, { patientId: survivor.id });
    const merge = await tx.patientMerge.create({
      data: { survivorId: survivor.id, mergedId: merged.id, moved, reason, mergedBy },
    });
    await tell(tx, survivor.id, survivor.revision + 1);
    const view = await mergeView(tx, merge);
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'patients.patientsMerged',
      patientId: survivor.id,
      objectType: 'patient',
      objectId: merged.id,
      reason,
      detail: moved,
    });
    return view;
  });
}

async function move(tx: Tx, from: string, to: string): Promise<Moved> {
  const idsOf = (rows: Array<{ id: string }>) => rows.map((row) => row.id);
  const where = { patientId: from };
  const moved = {
    identifiers: idsOf(await tx.patientIdentifier.findMany({ where, select: { id: true } })),
    orders: idsOf(await tx.order.findMany({ where, select: { id: true } })),
    consultations: idsOf(await tx.consultation.findMany({ where, select: { id: true } })),
    studies: idsOf(await tx.study.findMany({ where, select: { id: true } })),
    facilities: await store.facilitiesOf(tx, from),
  };
  await tx.patientIdentifier.updateMany({ where, data: { patientId: to } });
  await tx.order.updateMany({ where, data: { patientId: to } });
  await tx.consultation.updateMany({ where, data: { patientId: to } });
  await tx.study.updateMany({ where, data: { patientId: to } });
  const known = new Set(await store.facilitiesOf(tx, to));
  const fresh = moved.facilities.filter((id) => !known.has(id));
  await store.relate(tx, to, fresh, 'merge');
  // Only relations that the merge made are taken back by a split.
  return { ...moved, facilities: fresh };
}

/**
 * Takes a merge back: what it moved, and still lies with the survivor, returns. Signed versions stay as they were signed;
 * those that were signed under the survivor go out again with the right patient.
 */
export async function splitPatients({ db, clock }: Part, ctx: Ctx, input: { id: string; reason: string }) {
  const scope = requireAccess(ctx, 'patient:merge');
  return db.transaction(async (tx) => {
    const merge = await tx.patientMerge.findUniqueOrThrow({ where: { id: input.id } });
    await store.lock(tx, [merge.survivorId, merge.mergedId]);
    const survivor = await store.read(tx, scope, merge.survivorId);
    const again = await tx.patientMerge.findUniqueOrThrow({ where: { id: input.id } });
    if (again.splitAt) throw new HubError('wrong-state', { from: 'split' });
    // What this merge moved went on with a later one: that one is taken back first.
    if (survivor.mergedIntoId) throw new HubError('wrong-state', { from: 'merged' });
    const moved = Moved.parse(merge.moved);
    await holdSigning(tx, moved.orders, moved.consultations);
    await moveBack(tx, moved, survivor.id, merge.mergedId);
    const merged = await tx.patient.update({
      where: { id: merge.mergedId },
      data: { mergedIntoId: null, revision: { increment: 1 } },
    });
    await tx.patient.update({ where: { id: survivor.id }, data: { revision: { increment: 1 } } });
    const now = clock.now();
    const data = { splitAt: now, splitBy: requirePerson(ctx).accountId, splitReason: input.reason };
    const view = await mergeView(tx, await tx.patientMerge.update({ where: { id: merge.id }, data }));
    await tell(tx, survivor.id, survivor.revision + 1);
    await tell(tx, merged.id, merged.revision);
    await correctIdentity(tx, ctx, {
      ...{ orderIds: moved.orders, consultationIds: moved.consultations },
      reason: input.reason,
      now,
    });
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'patients.patientsSplit',
      patientId: survivor.id,
      objectType: 'patient',
      objectId: merge.mergedId,
      reason: input.reason,
    });
    return view;
  });
}

async function moveBack(tx: Tx, moved: Moved, from: string, to: string): Promise<void> {
  const still = (ids: string[]) => ({ where: { id: { in: ids }, patientId: from }, data: { patientId: to } });
  await tx.patientIdentifier.updateMany(still(moved.identifiers));
  await tx.order.updateMany(still(moved.orders));
  await tx.consultation.updateMany(still(moved.consultations));
  await tx.study.updateMany(still(moved.studies));
  const parties = await tx.orderParty.findMany({ where: { order: { patientId: from } }, select: { facilityId: true } });
  // Another row that is merged into this one may have brought the same facility along.
  const others = await tx.patientFacility.findMany({
    where: { patient: { mergedIntoId: from, id: { not: to } } },
    select: { facilityId: true },
  });
  const needed = new Set([...parties, ...others].map((row) => row.facilityId));
  const gone = moved.facilities.filter((id) => !needed.has(id));
  await tx.patientFacility.deleteMany({ where: { patientId: from, facilityId: { in: gone }, reason: 'merge' } });
}

const tell = async (tx: Tx, id: string, revision: number) =>
  emit(tx, { topic: 'patient', id, revision, facilityIds: await store.facilitiesOf(tx, id) });
