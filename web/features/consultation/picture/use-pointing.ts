import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import type { Cursor } from '@lianzhen/contracts/shared-view.ts';
import { useEffect, useMemo, useRef } from 'react';
import { type Allowance, browserClock } from './allowance.ts';
import { CursorBook } from './cursor-book.ts';
import { CursorSender } from './cursor-sender.ts';
import type { SharedRoom } from './shared-room.ts';

export interface Pointing {
  readonly cursors: CursorBook;
  readonly point: (at: Cursor) => void;
}

/** Cursors both ways: where others point, and where this person does. */
export function usePointing(room: SharedRoom, allowance: Allowance): Pointing {
  const cursors = useMemo(() => new CursorBook(() => room.getSnapshot().peers, browserClock), [room]);
  const sender = useRef<CursorSender | null>(null);
  useEffect(() => {
    const isHeard = () => {
      const { you, peers } = room.getSnapshot();
      return you !== null && mayInRoom(you.role, 'mark') && peers.some(({ presence }) => presence === 'here');
    };
    const opened = new CursorSender({
      send: (cursor) => room.point(cursor),
      allowance,
      clock: browserClock,
      isHeard,
    });
    sender.current = opened;
    const stop = room.onCursor((told) => cursors.take(told));
    return () => {
      stop();
      opened.close();
      cursors.close();
      sender.current = null;
    };
  }, [room, allowance, cursors]);
  return useMemo(() => ({ cursors, point: (at: Cursor) => sender.current?.point(at) }), [cursors]);
}
