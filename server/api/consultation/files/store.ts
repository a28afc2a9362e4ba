import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { takeTurn } from '@lianzhen/db/take-turn.ts';

export type FileFound = Prisma.RoomFileGetPayload<object>;

export const find = (tx: Tx, consultationId: string, id: string): Promise<FileFound | null> =>
  tx.roomFile.findUnique({ where: { consultationId_id: { consultationId, id } } });
export const read = (tx: Tx, consultationId: string, id: string): Promise<FileFound> =>
  tx.roomFile.findUniqueOrThrow({ where: { consultationId_id: { consultationId, id } } });
export const insert = (tx: Tx, data: FileFound) => tx.roomFile.create({ data });

export const aliveAt = async (tx: Tx, consultationId: string): Promise<Date | null> =>
  (await tx.room.findUnique({ where: { consultationId }, select: { aliveAt: true } }))?.aliveAt ?? null;

/** One file of a room at a time is counted: two that come at once cannot both be the last that is allowed. */
export const lockFiles = (tx: Tx, consultationId: string) => takeTurn(tx, `room files ${consultationId}`);

/** What is kept of a room already, and of it how many files of one seat. */
export async function counts(tx: Tx, consultationId: string, seatId: string) {
  const whole = await tx.roomFile.aggregate({ where: { consultationId }, _count: true, _sum: { size: true } });
  const ofSeat = await tx.roomFile.count({ where: { consultationId, seatId } });
  return { ofRoom: whole._count, bytes: whole._sum.size ?? 0, ofSeat };
}
