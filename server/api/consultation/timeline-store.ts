import type { Tx } from '@lianzhen/db/client.ts';

/** Who had which seat, and when he was there. */
export const attendance = async (tx: Tx, consultationId: string) => {
  const seats = await tx.roomSeat.findMany({ where: { consultationId }, take: 500 });
  const intervals = await tx.roomAttendance.findMany({
    where: { consultationId },
    orderBy: { from: 'asc' },
    take: 5000,
  });
  const bySeat = new Map(seats.map((seat) => [seat.seatId, seat]));
  return intervals.flatMap(({ seatId, from, until }) => {
    const seat = bySeat.get(seatId);
    return seat ? [{ seatId, from, until, name: seat.name, facilityName: seat.facilityName, role: seat.role }] : [];
  });
};
export type Attended = Awaited<ReturnType<typeof attendance>>[number];
