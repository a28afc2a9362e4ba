import { useSyncExternalStore } from 'react';
import type { RoomState } from './room-state.ts';

/** Anything with a state that is replaced, never changed in place. */
export interface Watched<S> {
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => S;
}

/** One part of a watched state; the component is drawn again when that part is another object or value. */
export const usePart = <S, T>({ subscribe, getSnapshot }: Watched<S>, part: (state: S) => T): T =>
  useSyncExternalStore(subscribe, () => part(getSnapshot()));

/** One part of a room: `useRoom(room, (state) => state.peers)`. */
export const useRoom = <T>(room: Watched<RoomState>, part: (state: RoomState) => T): T => usePart(room, part);
