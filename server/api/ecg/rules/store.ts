import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

const host = { facility: { select: { name: true, regionCode: true, timeZone: true } } } as const;
export type CentreFound = Prisma.CentreGetPayload<{ include: typeof host }>;

/** The ECG centres of facilities that one oversees, and those that one reads for. */
const seen = ({ facilityIds, accountId = '' }: FacilityScope, overseen: string[]): Prisma.CentreWhereInput => ({
  line: 'ecg',
  OR: [{ facilityId: { in: overseen } }, { facilityId: { in: facilityIds }, members: { some: { accountId } } }],
});
const mostCentres = 500;
export const centres = (tx: Tx, scope: FacilityScope, overseen: string[]) =>
  tx.centre.findMany({ where: seen(scope, overseen), include: host, orderBy: { id: 'asc' }, take: mostCentres });
export const centre = (tx: Tx, scope: FacilityScope, overseen: string[], id: string): Promise<CentreFound> =>
  tx.centre.findFirstOrThrow({ where: { AND: [{ id }, seen(scope, overseen)] }, include: host });
/** The centre of a facility in the scope. */
export const ownCentre = (tx: Tx, { facilityIds }: FacilityScope, id: string): Promise<CentreFound> =>
  tx.centre.findFirstOrThrow({ where: { id, line: 'ecg', facilityId: { in: facilityIds } }, include: host });
/** Whoever publishes for a centre waits for who is doing so; its cases and alarms do not. */
export async function lockCentre(tx: Tx, scope: FacilityScope, id: string): Promise<CentreFound> {
  const centre = await ownCentre(tx, scope, id);
  await tx.$queryRaw`SELECT 1 FROM "Centre" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  return centre;
}

/** What a centre may publish in all; a list each day for years. */
export const mostVersions = 1000;
export interface VersionFound {
  version: number;
  code: string;
  source: string;
  note: string | null;
  validFrom: Date;
  publishedAt: Date;
  publishedByName: string | null;
}
/** Without the patterns themselves: there may be many lists, and each is large. */
export const versions = (tx: Tx, centreId: string) =>
  tx.$queryRaw<VersionFound[]>`
    SELECT "version", "code", "source", "rules"->>'note' AS note, "validFrom", "publishedAt", "publishedByName"
    FROM "EcgRuleSet" WHERE "centreId" = ${centreId}::uuid
    ORDER BY "version" DESC, "validFrom" DESC LIMIT ${mostVersions}`;
export const version = (tx: Tx, centreId: string, number: number) =>
  tx.ecgRuleSet.findFirstOrThrow({ where: { centreId, version: number }, orderBy: { validFrom: 'desc' } });
export type RulesFound = Awaited<ReturnType<typeof version>>;
export const newestVersion = async (tx: Tx, centreId: string): Promise<number> =>
  (await tx.ecgRuleSet.aggregate({ where: { centreId }, _max: { version: true } }))._max.version ?? 0;
/** As the worker chooses it: the last published of those whose day has come. */
export const inForce = (tx: Tx, centreId: string, now: Date) =>
  tx.ecgRuleSet.findFirst({
    where: { centreId, validFrom: { lte: now } },
    orderBy: [{ version: 'desc' }, { validFrom: 'desc' }],
  });
export const common = (tx: Tx, now: Date) =>
  tx.ecgRuleSet.findMany({ where: { centreId: null, validFrom: { lte: now } }, take: 200 });
export const publish = (tx: Tx, data: Prisma.EcgRuleSetUncheckedCreateInput) => tx.ecgRuleSet.create({ data });

/** Of so many recordings of the hub at most the centre's are looked for. */
const mostSearched = 20_000;
/** The newest measured recordings that belong to the centre's orders, by match or because the sender named the order. */
export const recordingsOf = (tx: Tx, centreId: string, most: number) =>
  tx.$queryRaw<Array<{ id: string; receivedAt: Date }>>`
    SELECT t."id", t."receivedAt" FROM (
      SELECT "id", "receivedAt", "studyInstanceUid", "orderExamId" FROM "EcgTrace"
      WHERE "state" = 'read' ORDER BY "receivedAt" DESC LIMIT ${mostSearched}
    ) t
    JOIN "Study" s ON s."studyInstanceUid" = t."studyInstanceUid"
    JOIN "OrderExam" e ON e."id" = COALESCE(s."orderExamId", t."orderExamId")
    JOIN "Order" o ON o."id" = e."orderId" AND o."centreId" = ${centreId}::uuid
    WHERE EXISTS (SELECT 1 FROM "EcgMeasurement" m WHERE m."traceId" = t."id" AND m."authorId" IS NULL)
    ORDER BY t."receivedAt" DESC LIMIT ${most}`;
/** What the hub measured on recordings, without their beats, and what the recorders said. */
export const measured = (tx: Tx, ids: string[]) =>
  tx.$queryRaw<Array<{ measurements: unknown; statements: unknown }>>`
    SELECT (m."content"->'measurements') - 'beats' AS measurements, t."said"->'statements' AS statements
    FROM "EcgTrace" t JOIN "EcgMeasurement" m ON m."traceId" = t."id" AND m."authorId" IS NULL AND m."revision" = 1
    WHERE t."id" = ANY(${ids}::uuid[])`;
