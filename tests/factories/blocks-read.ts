import type { Db } from '@lianzhen/db/client.ts';

/**
 * How many blocks of tables and indexes PostgreSQL looked at for something, from its cache or from disk. Counted for
 * certain only where `db` has one connection. What the trail costs is not among them: it is written, and the same always.
 */
export async function blocksRead(db: Db, work: () => Promise<unknown>): Promise<number> {
  const before = await blocks(db);
  await work();
  return (await blocks(db)) - before;
}

async function blocks(db: Db): Promise<number> {
  await db.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const [row] = await db.$queryRaw<[{ blocks: bigint }]>`
    SELECT sum("heap_blks_hit" + "heap_blks_read" + coalesce("idx_blks_hit" + "idx_blks_read", 0)) AS "blocks"
    FROM pg_statio_user_tables`;
  return Number(row.blocks);
}
