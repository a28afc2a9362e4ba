import type { Tx } from '@lianzhen/db/client.ts';

const kinds = ['lead', 'opened', 'looked', 'marked', 'unmarked', 'opinion'];

export const pictureEntries = (tx: Tx, consultationId: string, take: number) =>
  tx.roomEntry.findMany({
    where: { consultationId, kind: { in: kinds } },
    orderBy: { seq: 'asc' },
    take,
    select: { seq: true, at: true, peerId: true, seatId: true, name: true, what: true },
  });

export const seatNames = async (tx: Tx, consultationId: string): Promise<Map<string, string>> => {
  const seats = await tx.roomSeat.findMany({ where: { consultationId }, select: { seatId: true, name: true } });
  return new Map(seats.map(({ seatId, name }) => [seatId, name]));
};

export const studyUids = async (tx: Tx, consultationId: string): Promise<string[]> => {
  const rows = await tx.consultationStudy.findMany({
    where: { consultationId },
    select: { study: { select: { studyInstanceUid: true } } },
  });
  return rows.map(({ study }) => study.studyInstanceUid);
};

/** How people find these instances: number of the series and of the image. Only in these studies. */
export const numbersOf = (tx: Tx, studies: string[], sopInstanceUids: string[]) =>
  tx.instance.findMany({
    where: { studyInstanceUid: { in: studies }, sopInstanceUid: { in: sopInstanceUids } },
    select: {
      sopInstanceUid: true,
      sopClassUid: true,
      number: true,
      series: { select: { number: true, description: true } },
    },
  });
export type NumberedInstance = Awaited<ReturnType<typeof numbersOf>>[number];

export const savedIn = (tx: Tx, seriesInstanceUids: string[]) =>
  tx.instance.findMany({
    where: { seriesInstanceUid: { in: seriesInstanceUids } },
    orderBy: { receivedAt: 'asc' },
    select: { studyInstanceUid: true, seriesInstanceUid: true, sopInstanceUid: true, receivedAt: true },
  });
