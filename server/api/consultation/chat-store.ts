import type { ChatLine } from '@lianzhen/contracts/consultation.ts';
import { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import type { Tx } from '@lianzhen/db/client.ts';

/** What was written in a room, at the most `limit` lines from the first, each with the facility of the seat it came from. */
export async function chatOf(tx: Tx, consultationId: string, limit: number): Promise<ChatLine[]> {
  const rows = await tx.roomEntry.findMany({
    where: { consultationId, kind: 'chat' },
    orderBy: { seq: 'asc' },
    take: limit,
  });
  if (rows.length === 0) return [];
  const seats = await tx.roomSeat.findMany({
    where: { consultationId },
    select: { seatId: true, facilityName: true },
    take: 500,
  });
  const facilities = new Map(seats.map(({ seatId, facilityName }) => [seatId, facilityName]));
  return rows.flatMap((row) => {
    const { seq, at, seatId, name, what } = RoomEntry.parse({ ...row, at: row.at.toISOString() });
    if (what.kind !== 'chat') return [];
    const facilityName = (seatId !== null && facilities.get(seatId)) || '';
    return [{ seq, at, byName: name, facilityName, text: what.text, file: what.file ?? null }];
  });
}
