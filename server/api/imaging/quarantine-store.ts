import { type Db, Prisma, type Tx } from '@lianzhen/db/client.ts';
import { pageAhead, rowsAhead } from '@lianzhen/db/page-ahead.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { examInScopeSql, ownMachineSql } from './scope-sql.ts';

export type ItemFound = Prisma.QuarantineItemGetPayload<object>;

/** Seen by the facility whose machine sent it and by the parties of the order it may belong to. */
const itemInScope = (scope: FacilityScope): Prisma.Sql =>
  Prisma.sql`(${ownMachineSql(scope, Prisma.sql`q."facilityId"`)} OR ${examInScopeSql(scope, Prisma.sql`q."orderExamId"`)})`;

/** What waits is a queue: the oldest first. What was decided is looked up: the newest first. */
export async function page(db: Db, scope: FacilityScope, state: string, skip: number, take: number) {
  const way = state === 'open' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const ahead = await db.$queryRaw<ItemFound[]>`
    SELECT q.* FROM "QuarantineItem" q
    WHERE q."state" = ${state} AND q."questionId" IS NULL AND ${itemInScope(scope)} ORDER BY q."createdAt" ${way}, q."id" ${way} LIMIT ${rowsAhead(take)} OFFSET ${skip}`;
  return pageAhead(ahead, skip, take);
}

/** Locked: two who decide at once decide one after the other. */
export async function lock(tx: Tx, scope: FacilityScope, id: string): Promise<ItemFound | undefined> {
  const rows = await tx.$queryRaw<ItemFound[]>`
    SELECT q.* FROM "QuarantineItem" q
    WHERE q."id" = ${id}::uuid AND q."questionId" IS NULL AND ${itemInScope(scope)} FOR UPDATE OF q`;
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

/** With what belongs to it: the caller holds the lock that keeps more of it out. */
export async function close(
  tx: Tx,
  id: string,
  decided: { state: string; reason: string; decidedBy: string; decidedAt: Date },
): Promise<ItemFound> {
  const data = { ...decided, decision: 'person' };
  await tx.quarantineItem.updateMany({ where: { questionId: id }, data });
  return tx.quarantineItem.update({ where: { id }, data });
}

/** All images that a question asks about. */
export async function imagesUnder(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.quarantineItem.findMany({
    where: { OR: [{ id }, { questionId: id }], sopInstanceUid: { not: null } },
    select: { sopInstanceUid: true },
  });
  return rows.flatMap(({ sopInstanceUid }) => sopInstanceUid ?? []);
}

export interface ImageAsked {
  questionId: string;
  sopInstanceUid: string;
  seriesNumber: number | null;
  number: number | null;
  /** Of its question, with this one. */
  total: number;
}

/**
 * The first images of each question, in the order in which they are looked at, with the numbers that they have in the study.
 * An image that is another facility's is told by the UID that came, and by nothing of what is stored under it.
 */
export const imagesOf = (tx: Tx, itemIds: string[], most: number) =>
  tx.$queryRaw<ImageAsked[]>`
    SELECT * FROM (
      SELECT one.*, s."number" AS "seriesNumber", i."number", (count(*) OVER every)::int AS "total",
        row_number() OVER (every ORDER BY s."number", i."number", one."sopInstanceUid") AS "place"
      FROM (SELECT DISTINCT coalesce("questionId", "id") AS "questionId", "sopInstanceUid", "facilityId" FROM "QuarantineItem"
        WHERE ("id" = ANY(${itemIds}::uuid[]) OR "questionId" = ANY(${itemIds}::uuid[])) AND "sopInstanceUid" IS NOT NULL) one
      LEFT JOIN "Instance" i ON i."sopInstanceUid" = one."sopInstanceUid" AND i."facilityId" = one."facilityId"
      LEFT JOIN "Series" s ON s."id" = i."seriesId"
      WINDOW every AS (PARTITION BY one."questionId")
    ) asked WHERE "place" <= ${most} ORDER BY "questionId", "place"`;

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
