import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { latestCorrection } from './store.ts';

/** Nobody signs for these orders until the transaction ends. In the order of their ids, as everybody locks cases. */
export const lockCasesOf = (tx: Tx, orderIds: string[]) => tx.$queryRaw`
  SELECT 1 FROM "Case" WHERE "orderId" = ANY(${orderIds}::uuid[]) ORDER BY "id" FOR UPDATE`;

/** What was signed for these orders, the oldest version of each report first. */
export const signedOf = (tx: Tx, orderIds: string[]) =>
  tx.reportVersion.findMany({
    where: { report: { case: { orderId: { in: orderIds } } } },
    orderBy: [{ reportId: 'asc' }, { number: 'asc' }],
    select: {
      id: true,
      content: true,
      replacedBy: { select: { id: true } },
      corrections: latestCorrection,
      deliveries: { select: { facilityId: true, part: true } },
      report: { select: { id: true, revision: true, case: { select: { orderId: true } } } },
    },
  });
export type Signed = Awaited<ReturnType<typeof signedOf>>[number];

export const insert = (tx: Tx, data: Prisma.IdentityCorrectionUncheckedCreateInput) =>
  tx.identityCorrection.create({ data });
export const outdateDeliveries = (tx: Tx, versionId: string) =>
  tx.delivery.updateMany({
    where: { versionId, isOutdated: false },
    data: { isOutdated: true, revision: { increment: 1 } },
  });
