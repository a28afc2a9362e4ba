import { Prisma } from '@lianzhen/db/client.ts';
import { electrocardiogram, type FacilityScope, othersOf, type ReadingScope } from '@lianzhen/db/scope.ts';

const among = (column: Prisma.Sql, ids: readonly string[]): Prisma.Sql =>
  Prisma.sql`${column} = ANY(${[...ids]}::uuid[])`;

/** Where evidence came from a house's own machines: as in `studyInScope` of the db package. */
export function ownMachineSql(scope: FacilityScope, facilityId: Prisma.Sql): Prisma.Sql {
  const { readerAt } = scope;
  const others = among(facilityId, othersOf(scope));
  if (readerAt.length === 0) return others;
  return Prisma.sql`(${others} OR ${readFor(scope, facilityId, 'imaging')})`;
}

/** Where somebody reads for the centre of this line at the house that evidence came from. */
const readFor = ({ readerAt, accountId }: FacilityScope, facilityId: Prisma.Sql, line: string): Prisma.Sql =>
  Prisma.sql`(${among(facilityId, readerAt)} AND ${facilityId} IN (
    SELECT mc."facilityId" FROM "CentreMember" m JOIN "Centre" mc ON mc."id" = m."centreId"
    WHERE m."accountId" = ${accountId}::uuid AND mc."line" = ${line}))`;

/** Electrocardiograms of a house that nobody has ordered, for whoever reads for its ECG centre. */
const unorderedEcgSql = (scope: FacilityScope): Prisma.Sql =>
  scope.readerAt.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`(st."orderExamId" IS NULL AND st."modalities" = ${[...electrocardiogram]}::text[]
        AND ${readFor(scope, Prisma.sql`st."facilityId"`, 'ecg')})`;

/**
 * Where evidence belongs to an exam of an order: as `orderInScope` of the db package. `OFFSET 0` makes PostgreSQL ask it
 * of each row that it comes to: by itself it first gathers all exams of the store, for a list that ends after fifty.
 */
export function examInScopeSql(scope: FacilityScope, orderExamId: Prisma.Sql): Prisma.Sql {
  const { readerAt, accountId, facilityIds } = scope;
  const party = Prisma.sql`SELECT 1 FROM "OrderExam" oe JOIN "OrderParty" op ON op."orderId" = oe."orderId"`;
  if (readerAt.length === 0)
    return Prisma.sql`EXISTS (${party} WHERE oe."id" = ${orderExamId} AND ${among(Prisma.sql`op."facilityId"`, facilityIds)} OFFSET 0)`;
  return Prisma.sql`EXISTS (${party}
    JOIN "Order" o ON o."id" = oe."orderId" JOIN "Centre" oc ON oc."id" = o."centreId"
    WHERE oe."id" = ${orderExamId} AND (${among(Prisma.sql`op."facilityId"`, othersOf(scope))}
      OR (${among(Prisma.sql`op."facilityId"`, readerAt)} AND (
        NOT ${among(Prisma.sql`oc."facilityId"`, readerAt)}
        OR EXISTS (SELECT 1 FROM "CentreMember" m WHERE m."centreId" = oc."id" AND m."accountId" = ${accountId}::uuid)
        OR EXISTS (SELECT 1 FROM "Case" c JOIN "CaseLease" l ON l."caseId" = c."id"
          WHERE c."orderId" = o."id" AND l."accountId" = ${accountId}::uuid AND l."expiresAt" > now())))) OFFSET 0)`;
}

/** Of studies `st`, as `studyInScope` of the db package: seen where it came from and by the parties of its order. */
export const studyInScopeSql = (scope: FacilityScope): Prisma.Sql =>
  Prisma.sql`(${ownMachineSql(scope, Prisma.sql`st."facilityId"`)} OR ${unorderedEcgSql(scope)}
    OR ${examInScopeSql(scope, Prisma.sql`st."orderExamId"`)})`;

/** As `studyReadable`: for a person, also what a consultation shows to his facility. */
export const studyReadableSql = (scope: ReadingScope): Prisma.Sql =>
  scope.throughConsultations
    ? Prisma.sql`(${studyInScopeSql(scope)} OR EXISTS (
        SELECT 1 FROM "StudyGrant" g WHERE g."studyId" = st."id" AND g."facilityId" = ANY(${scope.facilityIds}::uuid[])
          AND (g."until" IS NULL OR g."until" > now())))`
    : studyInScopeSql(scope);
