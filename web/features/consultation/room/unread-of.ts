import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';

/** Words of others after a number; facts, as that somebody came, are not waited for by anybody. */
export const unreadOf = (
  entries: readonly Pick<RoomEntry, 'seq' | 'seatId' | 'what'>[],
  seenSeq: number,
  ownSeatId: string | undefined,
): number =>
  entries.filter(({ seq, seatId, what }) => seq > seenSeq && what.kind === 'chat' && seatId !== ownSeatId).length;
