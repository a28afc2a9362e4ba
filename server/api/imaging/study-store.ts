import { type Db, Prisma, type Tx } from '@lianzhen/db/client.ts';
import { pageAhead, rowsAhead } from '@lianzhen/db/page-ahead.ts';
import { type FacilityScope, studyInScope } from '@lianzhen/db/scope.ts';
import { studyInScopeSql } from './scope-sql.ts';

const whole = {
  facility: { select: { name: true } },
  orderExam: { select: { id: true, order: { select: { id: true, number: true } } } },
} as const satisfies Prisma.StudyInclude;
export type StudyFound = Prisma.StudyGetPayload<{ include: typeof whole }>;

export const read = (tx: Tx, scope: FacilityScope, id: string): Promise<StudyFound> =>
  tx.study.findFirstOrThrow({ where: { id, ...studyInScope(scope) }, include: whole });

export const readMany = async (tx: Tx, scope: FacilityScope, ids: string[]): Promise<Map<string, StudyFound>> => {
  const rows = await tx.study.findMany({ where: { id: { in: ids }, ...studyInScope(scope) }, include: whole });
  return new Map(rows.map((row) => [row.id, row]));
};

/** Studies that a person is asked about, whose order he has a part in: he must see both sides to decide. */
export const readAsked = async (tx: Tx, ids: string[]): Promise<Map<string, StudyFound>> => {
  const rows = await tx.study.findMany({ where: { id: { in: ids } }, include: whole });
  return new Map(rows.map((row) => [row.id, row]));
};

interface StudyFilter {
  states: string[] | undefined;
  /** Part of a name, or the beginning of a number. */
  q: string;
}

/** Newest first. A name is found by its characters or letters, whatever the machine put between them. */
export async function page(db: Db, scope: FacilityScope, filter: StudyFilter, skip: number, take: number) {
  const conditions = [studyInScopeSql(scope)];
  if (filter.states) conditions.push(Prisma.sql`st."state" = ANY(${filter.states}::text[])`);
  if (filter.q !== '') {
    const part = filter.q.replace(/[\\%_]/g, '\\$&').replace(/[\s^]/g, '');
    conditions.push(Prisma.sql`(
      st."headerPatientId" ILIKE ${`${part}%`} OR st."accessionNumber" ILIKE ${`${part}%`} OR EXISTS (
        SELECT 1 FROM jsonb_each_text(st."headerName") n WHERE translate(n.value, '^ ', '') ILIKE ${`%${part}%`}))`);
  }
  const ahead = await db.$queryRaw<Array<{ id: string }>>`
    SELECT st."id" FROM "Study" st WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY st."receivedAt" DESC, st."id" DESC LIMIT ${rowsAhead(take)} OFFSET ${skip}`;
  const { rows, total } = pageAhead(ahead, skip, take);
  const ids = rows.map(({ id }) => id);
  const found = await readMany(db, scope, ids);
  return { rows: ids.flatMap((id) => found.get(id) ?? []), total };
}

/** Whoever changes a study holds this; the worker that settles it waits, and looks at what was decided. */
export async function lock(tx: Tx, scope: FacilityScope, id: string): Promise<StudyFound> {
  await tx.$queryRaw`SELECT 1 FROM "Study" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return read(tx, scope, id);
}

/** After the caller has found it in his scope, and may have moved it out of it. */
export const readAny = (tx: Tx, id: string): Promise<StudyFound> =>
  tx.study.findUniqueOrThrow({ where: { id }, include: whole });

/** A study that an item in one's scope asks about, though the study itself may not be seen yet. */
export async function lockAny(tx: Tx, id: string): Promise<StudyFound | null> {
  await tx.$queryRaw`SELECT 1 FROM "Study" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.study.findUnique({ where: { id }, include: whole });
}

/** Orders whose images a house answers for: who asked, and who reads. One that only hears the result sees them. */
export function answeredForBy({ facilityIds }: FacilityScope): Prisma.OrderWhereInput {
  const among = { in: facilityIds };
  return { OR: [{ requestingFacilityId: among }, { centre: { facilityId: among } }] };
}

export const isAnsweredForBy = async (tx: Tx, scope: FacilityScope, orderId: string): Promise<boolean> =>
  (await tx.order.count({ where: { id: orderId, ...answeredForBy(scope) } })) > 0;

/** The state of an exam's case; locked, so that nobody begins to read meanwhile. */
export async function lockCaseState(tx: Tx, orderExamId: string): Promise<string | undefined> {
  const rows = await tx.$queryRaw<Array<{ state: string }>>`
    SELECT c."state" FROM "Case" c JOIN "OrderExam" e ON e."orderId" = c."orderId"
    WHERE e."id" = ${orderExamId}::uuid FOR UPDATE OF c`;
  return rows[0]?.state;
}

/** Whether a version was signed on what was seen of this exam's order. */
export const isReported = async (tx: Tx, orderExamId: string): Promise<boolean> =>
  (await tx.reportVersion.count({ where: { report: { case: { order: { exams: { some: { id: orderExamId } } } } } } })) >
  0;

export const change = (tx: Tx, id: string, data: Prisma.StudyUncheckedUpdateInput) =>
  tx.study.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, select: { revision: true } });

/** @returns false where the exam was cancelled; the caller holds the case's lock */
export async function markAcquired(tx: Tx, orderExamId: string): Promise<boolean> {
  const where = { id: orderExamId, state: { not: 'cancelled' } };
  return (await tx.orderExam.updateMany({ where, data: { state: 'acquired' } })).count === 1;
}

/** An exam without images is offered to the machines again. */
export const scheduleAgain = (tx: Tx, orderExamId: string) =>
  tx.orderExam.updateMany({
    where: { id: orderExamId, state: 'acquired', studies: { none: { state: 'matched' } } },
    data: { state: 'scheduled' },
  });

export async function hearersOf(tx: Tx, study: { facilityId: string }, orderExamId: string | null): Promise<string[]> {
  if (orderExamId === null) return [study.facilityId];
  const parties = await tx.orderParty.findMany({
    where: { order: { exams: { some: { id: orderExamId } } } },
    select: { facilityId: true },
  });
  return [...new Set([study.facilityId, ...parties.map(({ facilityId }) => facilityId)])];
}
