import type { Tx } from '@lianzhen/db/client.ts';

const most = 100;

export async function unindexedStudies(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<Array<{ uid: string }>>`
    SELECT DISTINCT "studyInstanceUid" AS "uid" FROM "Instance"
    WHERE "indexedAt" IS NULL AND "indexError" IS NULL AND "receivedAt" < ${before} LIMIT ${most}`;
  return rows.map(({ uid }) => uid).sort();
}

export async function unsettledStudies(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.study.findMany({
    where: { settleAfter: { lt: before } },
    orderBy: { id: 'asc' },
    take: most,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
