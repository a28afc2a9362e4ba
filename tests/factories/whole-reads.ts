import type { Db } from '@lianzhen/db/client.ts';

/** How often these tables were read from end to end. Counted for certain only where `db` has one connection. */
export async function wholeReads(db: Db, tables: readonly string[]): Promise<number> {
  await db.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const [row] = await db.$queryRaw<[{ scans: bigint }]>`
    SELECT sum("seq_scan") AS "scans" FROM pg_stat_user_tables WHERE "relname" = ANY(${[...tables]})`;
  return Number(row.scans);
}
