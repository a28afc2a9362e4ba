import type { Tx } from '@lianzhen/db/client.ts';

export const destinations = (tx: Tx, facilityIds: string[]) =>
  tx.destination.findMany({
    where: { facilityId: { in: facilityIds } },
    orderBy: { id: 'asc' },
    select: { id: true, facilityId: true, kind: true, enabled: true },
  });
export const lockFacility = (tx: Tx, id: string) =>
  tx.$queryRaw`SELECT 1 FROM "Facility" WHERE "id" = ${id}::uuid FOR UPDATE`;
export const openInbox = (tx: Tx, facilityId: string) =>
  tx.destination.create({ data: { facilityId, kind: 'inbox', name: '平台收件箱' }, select: { id: true } });

export const reopen = (tx: Tx, id: string) =>
  tx.destination.update({ where: { id }, data: { enabled: true, revision: { increment: 1 } }, select: { id: true } });

/** One row for a version, a destination and a correction, whoever asks again. */
export const plan = (
  tx: Tx,
  rows: Array<{ versionId: string; facilityId: string; destinationId: string; part: string; correction: number }>,
) => tx.delivery.createMany({ data: rows, skipDuplicates: true });
