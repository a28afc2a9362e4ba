import type { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { formFor } from './adapters/adapter.ts';
import { abandon, usualTimeoutMs } from './pace.ts';

/** Serializes everybody who takes or closes a delivery of this destination. */
export const lockDestination = (tx: Tx, id: string) =>
  tx.$queryRaw`SELECT 1 FROM "Destination" WHERE "id" = ${id}::uuid FOR UPDATE`;

export const destinationOf = (tx: Tx, deliveryId: string) =>
  tx.delivery.findUnique({ where: { id: deliveryId }, select: { destinationId: true } });

export const read = (tx: Tx, id: string) =>
  tx.delivery.findUniqueOrThrow({
    where: { id },
    include: { destination: true, version: { include: { documents: true, corrections: true } } },
  });
export type DeliveryWithVersion = Awaited<ReturnType<typeof read>>;

const ofReport = (delivery: DeliveryWithVersion) => ({
  destinationId: delivery.destinationId,
  version: { reportId: delivery.version.reportId },
});

/** What took the place of a delivery: a later version, or the same one under the right patient. */
export type Later = { version: number } | { correction: number };

export async function laterOf(tx: Tx, delivery: DeliveryWithVersion): Promise<Later | null> {
  const later = await tx.reportVersion.findFirst({
    where: {
      reportId: delivery.version.reportId,
      number: { gt: delivery.version.number },
      deliveries: { some: { destinationId: delivery.destinationId } },
    },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  if (later) return { version: later.number };
  return delivery.isOutdated ? { correction: delivery.correction + 1 } : null;
}

/** Deliveries of earlier versions, or of this one under a wrong patient, to the same destination, about which nothing is decided yet. */
export const earlierOpen = (tx: Tx, delivery: DeliveryWithVersion) =>
  tx.delivery.findMany({
    where: {
      ...ofReport(delivery),
      state: { in: ['waiting', 'sent'] },
      OR: [
        { version: { number: { lt: delivery.version.number } } },
        { versionId: delivery.versionId, correction: { lt: delivery.correction } },
      ],
    },
    select: { id: true, state: true, sentAt: true },
  });

export const inFlight = (tx: Tx, destinationId: string, exceptId: string, since: Date) =>
  tx.delivery.count({ where: { destinationId, state: 'sent', sentAt: { gt: since }, id: { not: exceptId } } });

/** @returns the number of the new attempt. An attempt that was left open by a dead worker is closed. */
export async function openAttempt(tx: Tx, deliveryId: string, now: Date, interrupted: string): Promise<number> {
  await endOpenAttempts(tx, deliveryId, now, interrupted);
  const last = await lastAttempt(tx, deliveryId);
  const number = last + 1;
  await tx.deliveryAttempt.create({ data: { deliveryId, number, startedAt: now } });
  await tx.delivery.update({
    where: { id: deliveryId },
    data: {
      state: 'sent',
      sentAt: now,
      attemptCount: { increment: 1 },
      nextAttemptAt: null,
      revision: { increment: 1 },
    },
  });
  return number;
}

export const endOpenAttempts = (tx: Tx, deliveryId: string, now: Date, answer: string) =>
  tx.deliveryAttempt.updateMany({
    where: { deliveryId, endedAt: null },
    data: { endedAt: now, outcome: 'failed', answer },
  });

export async function lastAttempt(tx: Tx, deliveryId: string): Promise<number> {
  const last = await tx.deliveryAttempt.aggregate({ where: { deliveryId }, _max: { number: true } });
  return last._max.number ?? 0;
}

export const endAttempt = (
  tx: Tx,
  deliveryId: string,
  number: number,
  end: { endedAt: Date; outcome: string; answer: string },
) => tx.deliveryAttempt.update({ where: { deliveryId_number: { deliveryId, number } }, data: end });

export const setState = (
  tx: Tx,
  id: string,
  change: { state: string; answer: string; nextAttemptAt?: Date | null; acceptedAt?: Date },
) =>
  tx.delivery.update({
    where: { id },
    data: { nextAttemptAt: null, ...change, revision: { increment: 1 } },
  });

export const setHealth = (tx: Tx, destinationId: string, failures: number, pausedUntil: Date | null) =>
  tx.destination.update({ where: { id: destinationId }, data: { failures, pausedUntil } });

/** Brings forward what had to wait only because the destination did not answer. */
export const bringForward = (tx: Tx, destinationId: string, now: Date) =>
  tx.delivery.updateMany({
    where: { destinationId, state: 'waiting', nextAttemptAt: { gt: now } },
    data: { nextAttemptAt: now },
  });

/** What may go to a destination now, oldest first. */
export const dueTo = (tx: Tx, destinationId: string, kind: DestinationKind, now: Date, limit: number) =>
  tx.delivery.findMany({
    where: {
      destinationId,
      state: 'waiting',
      OR: [{ nextAttemptAt: null }, { nextAttemptAt: { lte: now } }],
      version: { documents: { some: { form: formFor[kind] } } },
    },
    orderBy: { createdAt: 'asc' },
    take: limit,
    select: { id: true },
  });

/** The facilities with a part in an order or, where the id is one's, in a consultation. */
export const partiesOf = async (tx: Tx, id: string): Promise<string[]> => {
  const select = { facilityId: true } as const;
  const ofOrder = await tx.orderParty.findMany({ where: { orderId: id }, select });
  const ofConsultation = await tx.consultationParty.findMany({ where: { consultationId: id, until: null }, select });
  const parties = [...ofOrder, ...ofConsultation];
  return parties.map(({ facilityId }) => facilityId);
};

/**
 * Deliveries that a lost or late job would have sent: due, or out for too long; a few of each destination, so that one
 * with many does not keep the others waiting.
 */
export const overdue = (tx: Tx, now: Date, each: number, limit: number) =>
  tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (
      SELECT d."id", row_number() OVER (PARTITION BY d."destinationId" ORDER BY d."createdAt") AS place
      FROM "Delivery" d JOIN "Destination" t ON t."id" = d."destinationId"
      WHERE t."enabled" AND (t."pausedUntil" IS NULL OR t."pausedUntil" <= ${now})
        AND ((d."state" = 'waiting' AND (d."nextAttemptAt" IS NULL OR d."nextAttemptAt" <= ${now}))
          OR (d."state" = 'sent' AND d."sentAt" < ${now}::timestamptz - interval '1 ms' * (
            ${abandon.plusMs}::int + ${abandon.times}::int * coalesce((t."config"->>'timeoutMs')::int, ${usualTimeoutMs}::int))))
        AND (d."isOutdated" OR EXISTS (
          SELECT 1 FROM "Document" f WHERE f."versionId" = d."versionId" AND f."correction" = d."correction"))
    ) AS found WHERE place <= ${each} LIMIT ${limit}`;

/** Versions that wait to be delivered and have no document yet, although there was time to make it. */
export const unrendered = (tx: Tx, signedBefore: Date, limit: number) =>
  tx.$queryRaw<{ versionId: string }[]>`
    SELECT DISTINCT d."versionId" FROM "Delivery" d
    WHERE d."state" = 'waiting' AND d."createdAt" < ${signedBefore} AND NOT d."isOutdated"
      AND NOT EXISTS (SELECT 1 FROM "Document" f WHERE f."versionId" = d."versionId" AND f."correction" = d."correction")
    LIMIT ${limit}`;

/** The object that holds the trace of an electrocardiogram's report. */
export const traceObject = (tx: Tx, sopInstanceUid: string) =>
  tx.instance.findUnique({ where: { sopInstanceUid }, select: { sopClassUid: true, seriesInstanceUid: true } });
