import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

export const readDevice = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.device.findFirstOrThrow({ where: { id, facilityId: { in: scope.facilityIds } } });

/** One received file of each of a device's latest studies. */
export async function latestFiles(tx: Tx, deviceId: string, most: number) {
  return tx.$queryRaw<Array<{ id: string; studyDate: string | null; blob: string }>>`
    SELECT s."id", s."studyDate", i."blob" FROM "Study" s CROSS JOIN LATERAL (
      SELECT "blob" FROM "Instance" WHERE "studyInstanceUid" = s."studyInstanceUid" AND "deviceId" = ${deviceId}::uuid
      ORDER BY "receivedAt" LIMIT 1) i
    WHERE s."deviceId" = ${deviceId}::uuid ORDER BY s."receivedAt" DESC LIMIT ${most}`;
}

/** @returns false where somebody changed the device meanwhile */
export async function writeCharset(tx: Tx, id: string, revision: number, charset: string | null): Promise<boolean> {
  const { count } = await tx.device.updateMany({
    where: { id, revision },
    data: { charsetOverride: charset, revision: { increment: 1 } },
  });
  return count === 1;
}

/** A caller by his AE title, with what the listener needs to know of him. */
export const deviceByAeTitle = (tx: Tx, aeTitle: string) =>
  tx.device.findUnique({
    where: { aeTitle },
    include: { facility: { select: { id: true, code: true, name: true, timeZone: true } } },
  });
export type CallingDevice = NonNullable<Awaited<ReturnType<typeof deviceByAeTitle>>>;

export const markSeen = (tx: Tx, id: string, now: Date) =>
  tx.device.update({ where: { id }, data: { lastSeenAt: now } });
