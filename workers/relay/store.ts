import type { Tx } from '@lianzhen/db/client.ts';

export interface OutboxRow {
  id: bigint;
  kind: string;
  name: string;
  payload: unknown;
  runAt: Date | null;
}

/** The oldest rows that somebody here takes. A job that only a newer release knows waits for that release. */
export async function takeRows(tx: Tx, known: string[], limit: number): Promise<OutboxRow[]> {
  const rows = await tx.$queryRaw<OutboxRow[]>`
    WITH taken AS (
      SELECT "id" FROM "Outbox" WHERE "kind" = 'event' OR "name" = ANY(${known})
      ORDER BY "id" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Outbox" o USING taken WHERE o."id" = taken."id"
    RETURNING o."id", o."kind", o."name", o."payload", o."runAt"`;
  // A deletion answers in no order of its own.
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One event for one audience, in the order in which they were promised. */
export interface Told {
  stream: string;
  topic: string;
  objectId: string;
  revision: number;
}
/** The number of each, in the order given. A stream's row is locked until the commit, so that numbers commit in order. */
export async function appendEvents(tx: Tx, told: readonly Told[]): Promise<number[]> {
  const rows = await tx.$queryRaw<Array<{ place: bigint; position: bigint }>>`
    WITH told AS (
      SELECT t.* FROM ROWS FROM (json_to_recordset(${JSON.stringify(told)}::json)
        AS ("stream" text, "topic" text, "objectId" text, "revision" int)) WITH ORDINALITY
        AS t("stream", "topic", "objectId", "revision", "place")
    ), counted AS (
      INSERT INTO "EventStream" ("name", "position")
      SELECT "stream", count(*) FROM told GROUP BY "stream" ORDER BY "stream"
      ON CONFLICT ("name") DO UPDATE SET "position" = "EventStream"."position" + EXCLUDED."position"
      RETURNING "name", "position"
    ), numbered AS (
      SELECT told.*, counted."position" - count(*) OVER (PARTITION BY "stream")
        + row_number() OVER (PARTITION BY "stream" ORDER BY "place") AS "position"
      FROM told JOIN counted ON counted."name" = told."stream"
    ), kept AS (
      INSERT INTO "StreamEvent" ("stream", "position", "topic", "objectId", "revision", "at")
      SELECT "stream", "position", "topic", "objectId", "revision", clock_timestamp() FROM numbered
    )
    SELECT "place", "position" FROM numbered ORDER BY "place"`;
  return rows.map(({ position }) => Number(position));
}

/** Several processes may do this at once: each takes what the others do not hold. */
export const forgetEvents = (tx: Tx, before: Date, limit: number) => tx.$executeRaw`
  DELETE FROM "StreamEvent" e USING (
    SELECT "stream", "position" FROM "StreamEvent" WHERE "at" < ${before} LIMIT ${limit} FOR UPDATE SKIP LOCKED) AS old
  WHERE e."stream" = old."stream" AND e."position" = old."position"`;
