import type { CaseEventKind } from '@lianzhen/contracts/case-events.ts';
import { kindsForImages } from '@lianzhen/contracts/orders.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';

export interface LockedCase {
  id: string;
  orderId: string;
  state: string;
  deadlineMinutes: number;
  hasLateImages: boolean;
}

/** Every change of a case goes through this lock. */
export async function lockCaseOfExam(tx: Tx, orderExamId: string): Promise<LockedCase | undefined> {
  const rows = await tx.$queryRaw<LockedCase[]>`
    SELECT c."id", c."orderId", c."state", c."deadlineMinutes", c."hasLateImages"
    FROM "Case" c JOIN "OrderExam" e ON e."orderId" = c."orderId" WHERE e."id" = ${orderExamId}::uuid FOR UPDATE OF c`;
  return rows[0];
}

export const changeCase = async (tx: Tx, id: string, data: Prisma.CaseUncheckedUpdateInput): Promise<number> => {
  const { revision } = await tx.case.update({
    where: { id },
    data: { ...data, revision: { increment: 1 } },
    select: { revision: true },
  });
  return revision;
};

export const addCaseEvent = (tx: Tx, caseId: string, kind: CaseEventKind, at: Date) =>
  tx.caseEvent.create({ data: { caseId, kind, at } });

export const partiesOf = async (tx: Tx, orderId: string): Promise<string[]> => {
  const parties = await tx.orderParty.findMany({ where: { orderId }, select: { facilityId: true } });
  return [...new Set(parties.map(({ facilityId }) => facilityId))];
};

/** The exams of an order as `isEvidenceComplete` wants them. */
export const evidenceOf = (tx: Tx, orderId: string) =>
  tx.orderExam.findMany({
    where: { orderId },
    select: { state: true, studies: { select: { state: true, instanceCount: true } } },
  });

export const touchOrder = async (tx: Tx, id: string): Promise<number> => {
  const { revision } = await tx.order.update({
    where: { id },
    data: { revision: { increment: 1 } },
    select: { revision: true },
  });
  return revision;
};

/**
 * Lets a request go on that was returned for its images, once none of its exams is offered to the machines any more.
 * The caller holds the case's lock.
 * @returns false where it was returned for another reason, or an exam still waits to be taken again
 */
export const resumeTakenAgain = async (tx: Tx, id: string): Promise<boolean> => {
  const { count } = await tx.order.updateMany({
    where: { id, state: 'returned', returnedKind: { in: kindsForImages }, exams: { none: { state: 'scheduled' } } },
    data: { state: 'submitted', returnedReason: null, returnedKind: null },
  });
  return count === 1;
};
