import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { latestCorrection, personOfContent } from './store.ts';

/** Nobody signs for these orders until the transaction ends. In the order of their ids, as everybody locks cases. */
export const lockCasesOf = (tx: Tx, orderIds: string[]) => tx.$queryRaw`
  SELECT 1 FROM "Case" WHERE "orderId" = ANY(${orderIds}::uuid[]) ORDER BY "id" FOR UPDATE`;

export const lockConsultations = (tx: Tx, ids: string[]) => tx.$queryRaw`
  SELECT 1 FROM "Consultation" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR UPDATE`;

/** What was signed for these orders and consultations, the oldest version of each report first. */
export const signedOf = (tx: Tx, orderIds: string[], consultationIds: string[]) =>
  tx.reportVersion.findMany({
    where: {
      report: { OR: [{ case: { orderId: { in: orderIds } } }, { consultationId: { in: consultationIds } }] },
    },
    orderBy: [{ reportId: 'asc' }, { number: 'asc' }],
    select: {
      id: true,
      content: true,
      replacedBy: { select: { id: true } },
      corrections: latestCorrection,
      deliveries: { select: { facilityId: true, part: true } },
      report: {
        select: { id: true, revision: true, case: { select: { orderId: true } }, consultationId: true },
      },
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

/** Whom the register now names for what a report was signed for. */
export const patientOfReport = async (tx: Tx, report: Signed['report']) =>
  report.case
    ? tx.order.findUniqueOrThrow({ where: { id: report.case.orderId }, select: { patient: personOfContent } })
    : tx.consultation.findUniqueOrThrow({
        where: { id: report.consultationId ?? '' },
        select: { patient: personOfContent },
      });
