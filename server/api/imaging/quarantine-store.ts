import { type Db, Prisma, type Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { examInScopeSql, ownMachineSql } from './scope-sql.ts';

export type ItemFound = Prisma.QuarantineItemGetPayload<object>;

/** Seen by the facility whose machine sent it and by the parties of the order it may belong to. */
const itemInScope = (scope: FacilityScope): Prisma.Sql =>
  Prisma.sql`(${ownMachineSql(scope, Prisma.sql`q."facilityId"`)} OR ${examInScopeSql(scope, Prisma.sql`q."orderExamId"`)})`;

/** What waits is a queue: the oldest first. What was decided is looked up: the newest first. */
export async function page(db: Db, scope: FacilityScope, state: string, skip: number, take: number) {
  const way = state === 'open' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await db.$queryRaw<Array<ItemFound & { total: bigint }>>`
    SELECT q.*, count(*) OVER () AS "total" FROM "QuarantineItem" q
    WHERE q."state" = ${state} AND ${itemInScope(scope)} ORDER BY q."createdAt" ${way}, q."id" ${way} LIMIT ${take} OFFSET ${skip}`;
  return { rows, total: Number(rows[0]?.total ?? 0) };
}

/** Locked: two who decide at once decide one after the other. */
export async function lock(tx: Tx, scope: FacilityScope, id: string): Promise<ItemFound | undefined> {
  const rows = await tx.$queryRaw<ItemFound[]>`
    SELECT q.* FROM "QuarantineItem" q WHERE q."id" = ${id}::uuid AND ${itemInScope(scope)} FOR UPDATE OF q`;
  return rows[0];
}

/** The exams that items ask about, as the person who decides needs to see them. */
export const examsOf = async (tx: Tx, ids: string[]) => {
  const exams = await tx.orderExam.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      accessionNumber: true,
      examName: true,
      order: { select: { id: true, number: true, patient: { include: { identifiers: true } } } },
    },
  });
  return new Map(exams.map((exam) => [exam.id, exam]));
};
export type ExamShown = Awaited<ReturnType<typeof examsOf>> extends Map<string, infer E> ? E : never;

export const namesOf = async (tx: Tx, accountIds: string[], facilityIds: string[]) => {
  const accounts = await tx.account.findMany({
    where: { id: { in: accountIds } },
    select: { id: true, displayName: true },
  });
  const facilities = await tx.facility.findMany({
    where: { id: { in: facilityIds } },
    select: { id: true, name: true },
  });
  return new Map([
    ...accounts.map(({ id, displayName }) => [id, displayName] as const),
    ...facilities.map(({ id, name }) => [id, name] as const),
  ]);
};

export const close = (
  tx: Tx,
  id: string,
  data: { state: string; reason: string; decidedBy: string; decidedAt: Date },
) => tx.quarantineItem.update({ where: { id }, data: { ...data, decision: 'person' } });

/** What a person took away from an order stays away: settling does not offer it again. */
export const addRefusal = (
  tx: Tx,
  study: { id: string; facilityId: string; studyInstanceUid: string },
  orderExamId: string,
  decided: { reason: string; decidedBy: string; decidedAt: Date },
) =>
  tx.quarantineItem.create({
    data: {
      kind: 'demographics',
      facilityId: study.facilityId,
      studyInstanceUid: study.studyInstanceUid,
      studyId: study.id,
      orderExamId,
      state: 'rejected',
      decision: 'detached',
      ...decided,
    },
  });

/** Questions about a study's order that another act has answered. */
export const closeQuestions = (
  tx: Tx,
  studyId: string,
  decided: { state: string; reason: string; decidedBy: string; decidedAt: Date },
) =>
  tx.quarantineItem.updateMany({
    where: { studyId, kind: 'demographics', state: 'open', orderExamId: { not: null } },
    data: { ...decided, decision: 'attached' },
  });

/** Refusals of an order that a person has now attached after all. */
export const withdrawRefusals = (tx: Tx, studyId: string, orderExamId: string) =>
  tx.quarantineItem.updateMany({
    where: { studyId, orderExamId, kind: 'demographics', state: 'rejected' },
    data: { state: 'accepted' },
  });

/** Lets indexing look at instances again. */
export const readAgain = (tx: Tx, where: Prisma.InstanceWhereInput) =>
  tx.instance.updateMany({ where: { ...where, indexedAt: null }, data: { indexError: null } });
