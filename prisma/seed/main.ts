import { connectDb, type Tx } from '../client.ts';
import { fillCatalogues } from './catalogues.ts';
import { fillPeople, fillRegion } from './fill-region.ts';

/**
 * Fills an empty store with the demo region: `node prisma/seed/main.ts`. A store that has facilities is left as it is,
 * but for the catalogues, which a new release may extend.
 */
export async function seed(databaseUrl: string, withDemo: boolean): Promise<boolean> {
  const db = connectDb(databaseUrl, 2);
  try {
    return await db.transaction(async (tx) => {
      await takeTurn(tx);
      await fillCatalogues(tx);
      if (!withDemo || (await tx.facility.count()) > 0) return false;
      const byCode = await fillRegion(tx);
      await fillPeople(tx, byCode);
      return true;
    });
  } finally {
    await db.close();
  }
}

/** Two hubs that start at once on one database fill it once. */
const takeTurn = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(20261122)`;

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set');
  await seed(url, process.env.HUB_DEMO === '1');
}
