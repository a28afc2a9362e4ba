import { mostAhead } from '@lianzhen/contracts/fields.ts';
import type { AuditFact } from '@lianzhen/db/audit.ts';
import { Prisma, type Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { takeTurn } from '@lianzhen/db/take-turn.ts';

export interface TrailQuery {
  /** Entries of these facilities and the hub's own; of all, where the whole trail of one patient is asked for. */
  facilityIds: readonly string[] | 'all';
  isOneFacility: boolean;
  action?: string;
  outcome?: string;
  actor?: string;
  patientId?: string;
  objectId?: string;
  from?: Date;
  to?: Date;
}
type Entry = Prisma.AuditEntryGetPayload<object>;

export async function find(tx: Tx, query: TrailQuery, skip: number, take: number) {
  const rows = await tx.$queryRaw<Entry[]>`
    SELECT "chain", "position", "id"::text, "at", "action", "outcome", "actorId"::text, "actorName", "facilityId"::text,
      "role", "patientId"::text, "objectType", "objectId", "reason", "address", "requestId", "detail", "hash"
    FROM "AuditEntry" WHERE ${conditions(query)} ORDER BY "at" DESC, "chain", "position" DESC OFFSET ${skip} LIMIT ${take}`;
  const [counted] = await tx.$queryRaw<Array<{ total: bigint }>>`
    SELECT count(*) AS "total" FROM (
      SELECT 1 FROM "AuditEntry" WHERE ${conditions(query)} ORDER BY "at" DESC LIMIT ${skip + take + mostAhead}) ahead`;
  return { rows, total: Number(counted?.total ?? 0) };
}

/** A list that showed a patient among others names him in its detail. */
function conditions(query: TrailQuery): Prisma.Sql {
  const { facilityIds, isOneFacility, action, outcome, actor, patientId, objectId, from, to } = query;
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (facilityIds !== 'all') {
    const own = Prisma.sql`"facilityId" = ANY(${[...facilityIds]}::uuid[])`;
    all.push(isOneFacility ? own : Prisma.sql`(${own} OR "facilityId" IS NULL)`);
  }
  if (action) all.push(Prisma.sql`"action" ILIKE ${`%${likeText(action)}%`}`);
  if (outcome) all.push(Prisma.sql`"outcome" = ${outcome}`);
  if (actor) all.push(actedBy(`%${likeText(actor)}%`));
  if (objectId) all.push(Prisma.sql`"objectId" = ${objectId}`);
  if (from) all.push(Prisma.sql`"at" >= ${from}`);
  if (to) all.push(Prisma.sql`"at" < ${to}`);
  if (patientId)
    all.push(Prisma.sql`("patientId" = ${patientId}::uuid
      OR ("detail"::jsonb -> 'patientIds') @> ${JSON.stringify([patientId])}::jsonb)`);
  return Prisma.join(all, ' AND ');
}

/** Somebody is known by the name that the trail keeps, and by the one that he logs in with. */
const actedBy = (like: string) => Prisma.sql`("actorName" ILIKE ${like}
  OR "actorId" IN (SELECT "id" FROM "Account" WHERE "username" ILIKE ${like}))`;

/** Whether one of these facilities has, or had, a care relation to the patient. */
export const caresFor = async (tx: Tx, facilityIds: readonly string[], patientId: string): Promise<boolean> =>
  (await tx.patientFacility.count({ where: { patientId, facilityId: { in: [...facilityIds] } } })) > 0;

export const facilityNames = (tx: Tx, ids: string[]) =>
  tx.facility.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });

/** A chain as its head and its entries say, both as of one moment. Without a head or without entries the other is null. */
export interface ChainState {
  name: string;
  position: bigint | null;
  hash: string | null;
  last: bigint | null;
}
/** Names are taken from the entries as well, each found by one step over the index: a head can be removed. */
export const chains = (tx: Tx) => tx.$queryRaw<ChainState[]>`
  WITH RECURSIVE written AS (
    (SELECT "chain" FROM "AuditEntry" ORDER BY "chain" LIMIT 1)
    UNION ALL
    SELECT (SELECT e."chain" FROM "AuditEntry" e WHERE e."chain" > w."chain" ORDER BY e."chain" LIMIT 1)
    FROM written w WHERE w."chain" IS NOT NULL
  )
  SELECT coalesce(c."name", w."chain") AS "name", c."position", c."hash",
    (SELECT max(e."position") FROM "AuditEntry" e WHERE e."chain" = coalesce(c."name", w."chain")) AS "last"
  FROM "AuditChain" c FULL JOIN (SELECT "chain" FROM written WHERE "chain" IS NOT NULL) w ON w."chain" = c."name"
  ORDER BY 1`;

/** What the last verification saw of each chain. */
export const lastVerified = (tx: Tx) =>
  tx.auditEntry.findFirst({
    where: { action: 'audit.trailVerified' },
    orderBy: { at: 'desc' },
    select: { detail: true },
  });

/** A stretch of a chain with every column as the text that was hashed. */
export const stretch = (tx: Tx, chain: string, after: bigint, take: number) => tx.$queryRaw<
  Array<{ position: bigint; previousHash: string; hash: string; columns: Array<string | null> }>
>`
  SELECT "position", "previousHash", "hash", ARRAY["chain", "position"::text, "id"::text,
    to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), "action", "outcome", "actorId"::text, "actorName",
    "facilityId"::text, "role", "patientId"::text, "objectType", "objectId", "reason", "address", "requestId", "detail"::text] AS "columns"
  FROM "AuditEntry" WHERE "chain" = ${chain} AND "position" > ${after} ORDER BY "position" LIMIT ${take}`;

/** Whoever is about to write down the same look waits until this transaction ends. */
export const lockLook = (tx: Tx, look: string) => takeTurn(tx, look);

/**
 * Whether the same fact stands in the trail already, no older than so many milliseconds. What time it is is asked once:
 * as a condition of each entry PostgreSQL would look at the whole trail.
 */
export async function hasLooked(tx: Tx, fact: AuditFact, withinMs: number): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "AuditEntry"
    WHERE "actorId" = ${fact.actorId ?? null}::uuid AND "at" > (SELECT clock_timestamp() - ${withinMs}::int * interval '1 millisecond')
      AND "action" = ${fact.action} AND "outcome" = 'success'
      AND "facilityId" IS NOT DISTINCT FROM ${fact.facilityId ?? null}::uuid
      AND "patientId" IS NOT DISTINCT FROM ${fact.patientId ?? null}::uuid
      AND "objectId" IS NOT DISTINCT FROM ${fact.objectId ?? null}
      AND "detail"::text = ${JSON.stringify(fact.detail ?? {})} LIMIT 1`;
  return rows.length > 0;
}
