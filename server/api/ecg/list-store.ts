import { Prisma, type Tx } from '@lianzhen/db/client.ts';
import { pageAhead, rowsAhead } from '@lianzhen/db/page-ahead.ts';
import type { ReadingScope } from '@lianzhen/db/scope.ts';
import { studyReadableSql } from '../imaging/scope-sql.ts';

export interface TraceFilter {
  studyInstanceUid?: string | undefined;
  caseId?: string | undefined;
  orderId?: string | undefined;
  patientId?: string | undefined;
}

/**
 * Traces of readable studies, newest first. What is held back because it names another person is shown to nobody but its
 * own facility. Under an order stands also what its sender named for it and what is not matched yet.
 */
export async function pageOfTraces(tx: Tx, scope: ReadingScope, filter: TraceFilter, skip: number, take: number) {
  const where = [
    studyReadableSql(scope),
    Prisma.sql`(i."indexError" IS NULL OR t."facilityId" = ANY(${scope.facilityIds}::uuid[]))`,
    ...conditionsOf(filter),
  ];
  const ahead = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT t."id" FROM "EcgTrace" t
    JOIN "Study" st ON st."studyInstanceUid" = t."studyInstanceUid"
    JOIN "Instance" i ON i."sopInstanceUid" = t."sopInstanceUid"
    WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY t."receivedAt" DESC, t."id" DESC LIMIT ${rowsAhead(take)} OFFSET ${skip}`;
  const { rows, total } = pageAhead(ahead, skip, take);
  return { ids: rows.map(({ id }) => id), total };
}

function conditionsOf({ studyInstanceUid, caseId, orderId, patientId }: TraceFilter): Prisma.Sql[] {
  const ofOrder = (order: Prisma.Sql) => Prisma.sql`EXISTS (SELECT 1 FROM "OrderExam" fe
    WHERE fe."orderId" = ${order} AND (fe."id" = st."orderExamId" OR (st."orderExamId" IS NULL AND fe."id" = t."orderExamId")))`;
  const conditions: Prisma.Sql[] = [];
  if (studyInstanceUid) conditions.push(Prisma.sql`t."studyInstanceUid" = ${studyInstanceUid}`);
  if (orderId) conditions.push(ofOrder(Prisma.sql`${orderId}::uuid`));
  if (caseId)
    conditions.push(ofOrder(Prisma.sql`(SELECT fc."orderId" FROM "Case" fc WHERE fc."id" = ${caseId}::uuid)`));
  if (patientId) conditions.push(Prisma.sql`st."patientId" = ${patientId}::uuid`);
  return conditions;
}
