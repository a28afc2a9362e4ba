import type { Tx } from '@lianzhen/db/client.ts';

/** Marks put and taken away, in their order. */
export const markEntries = (tx: Tx, consultationId: string) =>
  tx.roomEntry.findMany({
    where: { consultationId, kind: { in: ['marked', 'unmarked'] } },
    orderBy: { seq: 'asc' },
    select: { seq: true, at: true, peerId: true, seatId: true, name: true, what: true },
  });

export const studyUids = async (tx: Tx, consultationId: string): Promise<string[]> => {
  const rows = await tx.consultationStudy.findMany({
    where: { consultationId },
    orderBy: { studyId: 'asc' },
    select: { study: { select: { studyInstanceUid: true } } },
  });
  return rows.map(({ study }) => study.studyInstanceUid);
};

export const markedImages = (tx: Tx, studyInstanceUid: string, sopInstanceUids: string[]) =>
  tx.instance.findMany({
    where: { studyInstanceUid, sopInstanceUid: { in: sopInstanceUids }, indexedAt: { not: null } },
    select: {
      ...{ sopInstanceUid: true, seriesInstanceUid: true, frameCount: true, number: true },
      series: { select: { number: true } },
    },
  });
export type MarkedImage = Awaited<ReturnType<typeof markedImages>>[number];

/** What was made in these series, oldest first. */
export const savedObjects = (tx: Tx, studyInstanceUid: string, seriesInstanceUids: string[]) =>
  tx.instance.findMany({
    where: { studyInstanceUid, seriesInstanceUid: { in: seriesInstanceUids } },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    select: {
      ...{ studyInstanceUid: true, seriesInstanceUid: true, sopInstanceUid: true, sopClassUid: true },
      ...{ number: true, indexedAt: true, indexError: true, attributes: true },
    },
  });
export type SavedObject = Awaited<ReturnType<typeof savedObjects>>[number];
