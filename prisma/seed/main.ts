import { connectDb } from '../client.ts';
import { fillingStore, takeTurn } from '../take-turn.ts';
import { fillCatalogues } from './catalogues.ts';
import { fillDutyRosters, fillExperts, fillHl7Senders, fillPeople, fillRegion } from './fill-region.ts';

/**
 * Fills an empty store with the demo region: `node prisma/seed/main.ts`. A store that has facilities is left as it is,
 * but for what a new release brings: more in the catalogues, and senders, experts and duty rosters of the demo.
 */
export async function seed(databaseUrl: string, withDemo: boolean): Promise<boolean> {
  const db = connectDb(databaseUrl, 2);
  try {
    return await db.transaction(async (tx) => {
      await takeTurn(tx, fillingStore);
      await fillCatalogues(tx);
      if (!withDemo) return false;
      const isEmpty = (await tx.facility.count()) === 0;
      if (isEmpty) await fillPeople(tx, await fillRegion(tx));
      await fillHl7Senders(tx);
      await fillExperts(tx);
      await fillDutyRosters(tx, new Date());
      return isEmpty;
    });
  } finally {
    await db.close();
  }
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set');
  await seed(url, process.env.HUB_DEMO === '1');
}
