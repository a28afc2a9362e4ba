import { JoinClaims, type RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import type { PlacedMark } from '@lianzhen/contracts/shared-view.ts';
import { isRecorded } from '../recording/record-room.ts';
import type { RoomDeps } from './room-deps.ts';
import * as store from './store.ts';

/** A room as the database knows it. */
export interface KeptRoom {
  row: store.RoomRow;
  seats: store.SeatRow[];
  recent: RoomEntry[];
  isRecorded: boolean;
  marks: (PlacedMark & { seatId: string })[];
  /** Whose seats are still kept; `wasHere` when the process before this one died. */
  away: { row: store.SeatRow; claims: JoinClaims; wasHere: boolean }[];
}

const mostRecent = 200;

/**
 * Opens a room again after the process that held it has died, or for the first time. Who was there then was there until
 * the last sign of life; his seat is kept as if his network had gone at that moment.
 */
export async function readKeptRoom({ db, clock, times, config }: RoomDeps, consultationId: string): Promise<KeptRoom> {
  const now = clock.now();
  const row = await store.openRoom(db, consultationId, now);
  const departed = await store.departAll(db, consultationId, row.aliveAt);
  const seats = await store.seatsOf(db, consultationId);
  const here = new Set(departed.map(({ seatId }) => seatId));
  const isKept = now.getTime() - row.aliveAt.getTime() <= times.awayMs && row.endedAt === null;
  const kept = seats.filter(({ admittedAt, removedAt, leftAt }) => admittedAt && !removedAt && !leftAt);
  // Nobody is left who could open a locked door or lead: a new session begins, and its clock with it.
  const begun = { isLocked: false, leadId: null, openedAt: now };
  const fresh = isKept ? row : await store.changeRoom(db, consultationId, begun);
  if (!isKept) await store.leaveSeats(db, consultationId, row.aliveAt);
  await store.signOfLife(db, [consultationId], now);
  const away = kept.map((seat) => ({
    row: seat,
    claims: claimsOf(seat, config.HUB_MEDIA_NODE),
    wasHere: here.has(seat.seatId),
  }));
  return {
    row: fresh,
    seats,
    recent: await store.entriesAfter(db, consultationId, Math.max(0, row.lastSeq - mostRecent), mostRecent),
    marks: await store.marksOf(db, consultationId),
    isRecorded: isKept && (await isRecorded({ db }, consultationId)),
    away: isKept ? away : [],
  };
}

const claimsOf = ({ consultationId, accountId, seatId, role, name, facilityName }: store.SeatRow, nodeId: string) =>
  JoinClaims.parse({ consultationId, nodeId, accountId, seatId, role, name, facilityName });
