import type { Tx } from '@lianzhen/db/client.ts';

export const positions = (tx: Tx, streams: string[]) => tx.eventStream.findMany({ where: { name: { in: streams } } });

interface Kept {
  stream: string;
  position: bigint;
  topic: string;
  objectId: string;
  revision: number;
}
/** What came after a number in each stream, and of streams without a number what came after a moment; each stream in its order. */
export const eventsAfter = (
  tx: Tx,
  heard: ReadonlyMap<string, number>,
  others: readonly string[],
  since: Date,
  limit: number,
) => tx.$queryRaw<Kept[]>`
  SELECT e."stream", e."position", e."topic", e."objectId", e."revision" FROM (
    SELECT s.* FROM unnest(${[...heard.keys()]}::text[], ${[...heard.values()]}::bigint[]) AS h("name", "after")
      JOIN "StreamEvent" s ON s."stream" = h."name" AND s."position" > h."after"
    UNION ALL
    SELECT s.* FROM "StreamEvent" s WHERE s."stream" = ANY(${[...others]}::text[]) AND s."at" > ${since}
  ) AS e ORDER BY e."at", e."stream", e."position" LIMIT ${limit}`;
