import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { changesOf } from '../../../viewer/mark.ts';
import { agreedMarks, type MarkCodec } from './room-marks.ts';
import type { SharedRoom } from './shared-room.ts';

export interface RoomMarks<T> {
  readonly mine: readonly T[];
  readonly others: readonly { readonly mark: T; readonly author: string; readonly colour: string }[];
  readonly canMark: boolean;
  /** What the viewer has made of one's own marks. */
  readonly change: (marks: readonly T[]) => void;
  readonly removeOther: ((id: string) => void) | undefined;
}

const unknownColour = '#d4d8dc';

/**
 * Marks of everyone in one viewer. One's own are drawn at once and told to the room; what the room refuses goes again.
 * @param codec has to be the same object as long as the viewer shows the same thing
 * @param onRefused is told that a mark did not reach the others.
 */
export function useMarks<T extends { readonly id: string }>(
  room: SharedRoom,
  codec: MarkCodec<T>,
  onRefused: () => void,
): RoomMarks<T> {
  const everything = useSyncExternalStore(room.subscribe, () => room.getSnapshot().marks);
  const all = useMemo(() => everything.filter(codec.isShown), [everything, codec]);
  const you = useSyncExternalStore(room.subscribe, () => room.getSnapshot().you);
  const peers = useSyncExternalStore(room.subscribe, () => room.getSnapshot().peers);
  const yourId = you?.peerId;
  const inRoom = useMemo(() => all.filter(({ peerId }) => peerId === yourId), [all, yourId]);
  const [mine, setMine] = useState<readonly T[]>(() => inRoom.map(codec.read));
  const here = useRef(mine);
  const underWay = useRef(new Map<string, number>()).current;
  const refused = useRef(onRefused);
  refused.current = onRefused;

  const agree = useCallback(() => {
    const { marks, you: now } = room.getSnapshot();
    const own = marks.filter((mark) => mark.peerId === now?.peerId && codec.isShown(mark));
    here.current = agreedMarks(here.current, own, new Set(underWay.keys()), codec.read);
    setMine(here.current);
  }, [room, codec, underWay]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the room tells is the reason to compare.
  useEffect(agree, [agree, inRoom]);

  const change = useCallback(
    (marks: readonly T[]) => {
      const { placed, removed } = changesOf(here.current, marks);
      here.current = marks;
      const follow = (id: string, call: Promise<unknown>) => {
        underWay.set(id, (underWay.get(id) ?? 0) + 1);
        const done = () => {
          const left = (underWay.get(id) ?? 1) - 1;
          if (left > 0) underWay.set(id, left);
          else underWay.delete(id);
          agree();
        };
        call.then(done, () => {
          refused.current();
          done();
        });
      };
      for (const mark of placed) follow(mark.id, room.mark(codec.write(mark)));
      for (const id of removed) follow(id, room.unmark(id));
      setMine(marks);
    },
    [room, codec, underWay, agree],
  );

  const others = useMemo(() => {
    const colours = new Map(peers.map((peer) => [peer.peerId, peer.colour]));
    return all
      .filter(({ peerId }) => peerId !== yourId)
      .map((mark) => ({
        mark: codec.read(mark),
        author: mark.author,
        colour: colours.get(mark.peerId) ?? unknownColour,
      }));
  }, [all, peers, yourId, codec]);

  const removeOther = useCallback(
    (id: string) => {
      room.unmark(id).catch(() => refused.current());
    },
    [room],
  );
  return {
    mine,
    others,
    canMark: you !== null && mayInRoom(you.role, 'mark'),
    change,
    removeOther: you?.role === 'chair' ? removeOther : undefined,
  };
}
