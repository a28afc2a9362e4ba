import type { Tx } from '@lianzhen/db/client.ts';

export const readSession = (tx: Tx, id: string) =>
  tx.consultation.findUnique({
    where: { id },
    select: {
      id: true,
      number: true,
      chairId: true,
      studies: { select: { study: { select: { studyInstanceUid: true, facilityId: true } } } },
    },
  });

/** Who hears of a consultation, and which revision of it there is. */
export const hearersOf = (tx: Tx, id: string) =>
  tx.consultation.findUniqueOrThrow({
    where: { id },
    select: { revision: true, parties: { where: { until: null }, select: { facilityId: true } } },
  });

/** What was said in the room about pictures, in its order. */
export const pictureEntries = (tx: Tx, consultationId: string) =>
  tx.roomEntry.findMany({
    where: { consultationId, kind: { in: ['marked', 'unmarked', 'looked'] } },
    orderBy: { seq: 'asc' },
    select: { seq: true, at: true, peerId: true, seatId: true, name: true, what: true },
  });

export const seatsOf = (tx: Tx, consultationId: string) =>
  tx.roomSeat.findMany({
    where: { consultationId },
    select: { seatId: true, accountId: true, name: true, colour: true },
  });

export const lastView = async (tx: Tx, consultationId: string): Promise<unknown> =>
  (await tx.room.findUnique({ where: { consultationId }, select: { view: true } }))?.view;

/** Instances of a study that marks and looks refer to, as far as they are indexed. */
export const referencedInstances = (tx: Tx, studyInstanceUid: string, sopInstanceUids: string[]) =>
  tx.instance.findMany({
    where: { studyInstanceUid, sopInstanceUid: { in: sopInstanceUids }, indexedAt: { not: null } },
    select: { sopInstanceUid: true, sopClassUid: true, seriesInstanceUid: true, frameCount: true, attributes: true },
  });
