import type { CaseEventKind } from '@lianzhen/contracts/case-events.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';

export const expiredLeases = async (tx: Tx, now: Date, take: number): Promise<string[]> => {
  const rows = await tx.caseLease.findMany({
    where: { expiresAt: { lte: now } },
    orderBy: { expiresAt: 'asc' },
    take,
    select: { caseId: true },
  });
  return rows.map(({ caseId }) => caseId);
};

/** The case, locked, unless somebody is changing it at this moment: then the next sweep comes back to it. */
export async function lockIfFree(tx: Tx, caseId: string) {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Case" WHERE "id" = ${caseId}::uuid FOR UPDATE SKIP LOCKED`;
  if (rows.length === 0) return null;
  return tx.case.findUnique({
    where: { id: caseId },
    include: {
      lease: true,
      report: { select: { rejectedReason: true } },
      order: { select: { id: true, revision: true, parties: { select: { facilityId: true, part: true } } } },
    },
  });
}
export type LockedCase = NonNullable<Awaited<ReturnType<typeof lockIfFree>>>;

export const dropLease = (tx: Tx, caseId: string) => tx.caseLease.deleteMany({ where: { caseId } });

export const overdueCases = async (tx: Tx, states: string[], now: Date, take: number): Promise<string[]> => {
  const where = { state: { in: states }, dueAt: { lt: now }, escalatedAt: null };
  const rows = await tx.case.findMany({ where, orderBy: { dueAt: 'asc' }, take, select: { id: true } });
  return rows.map(({ id }) => id);
};

/** Changes a locked case, writes its history and tells the facilities that should look again. */
export async function change(
  tx: Tx,
  found: LockedCase,
  data: { state?: string; escalatedAt?: Date },
  event: { kind: CaseEventKind; at: Date; byId?: string; byName?: string },
  facilityIds: string[],
): Promise<void> {
  const { revision } = await tx.case.update({
    where: { id: found.id },
    data: { ...data, revision: { increment: 1 } },
    select: { revision: true },
  });
  await tx.caseEvent.create({ data: { caseId: found.id, ...event } });
  await emit(tx, { topic: 'case', id: found.id, revision, facilityIds });
  await emit(tx, { topic: 'order', id: found.order.id, revision: found.order.revision, facilityIds });
}
