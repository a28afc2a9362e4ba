import { useEffect, useState } from 'react';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { unreadOf } from './unread-of.ts';

/** How many words of others have come since the chat was last in sight. */
export function useUnread(room: RoomClient, isInSight: boolean): number {
  const entries = useRoom(room, (state) => state.entries);
  const seatId = useRoom(room, (state) => state.you?.seatId);
  const [seenSeq, setSeenSeq] = useState(0);
  const last = entries.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (isInSight) setSeenSeq(last);
  }, [isInSight, last]);
  return isInSight ? 0 : unreadOf(entries, seenSeq, seatId);
}
