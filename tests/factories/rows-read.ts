import type { Db } from '@lianzhen/db/client.ts';

/**
 * How many rows PostgreSQL looked at for something: of tables read from end to end, and of indexes. Counted for certain
 * only where `db` has one connection.
 */
export async function rowsRead(db: Db, work: () => Promise<unknown>): Promise<number> {
  const before = await readSoFar(db);
  await work();
  return (await readSoFar(db)) - before;
}

async function readSoFar(db: Db): Promise<number> {
  await db.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const [row] = await db.$queryRaw<[{ rows: bigint }]>`
    SELECT (SELECT sum("seq_tup_read") FROM pg_stat_user_tables) + (SELECT sum("idx_tup_read") FROM pg_stat_user_indexes) AS "rows"`;
  return Number(row.rows);
}
