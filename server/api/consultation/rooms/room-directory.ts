import type { Redis } from 'ioredis';
import { pinnedNode } from '../media-nodes.ts';
import { readKeptRoom } from './kept-room.ts';
import { Room } from './room.ts';
import type { RoomDeps } from './room-deps.ts';
import * as store from './store.ts';

/** How often links are looked at whose people are not heard of. */
const lookEveryMs = 2000;

export interface RoomDirectory {
  /** The open room of a consultation; whoever comes first opens it. */
  open(consultationId: string): Promise<Room>;
  readonly count: number;
  readonly people: number;
  /** Everybody is asked to come again, to this node or another. */
  close(): Promise<void>;
}

/** The rooms of this node. One that another node holds by now is closed here. */
export function openRooms(deps: RoomDeps, redis: Redis): RoomDirectory {
  const rooms = new Map<string, Promise<Room>>();
  const opened = new Map<string, Room>();
  const { db, clock, log, config, times } = deps;

  function forget(room: Room): void {
    rooms.delete(room.id);
    opened.delete(room.id);
  }
  async function load(consultationId: string): Promise<Room> {
    const room = new Room(deps, await readKeptRoom(deps, consultationId), forget);
    opened.set(consultationId, room);
    return room;
  }
  async function open(consultationId: string): Promise<Room> {
    for (;;) {
      let opening = rooms.get(consultationId);
      if (!opening) {
        opening = load(consultationId);
        rooms.set(consultationId, opening);
        opening.catch(() => rooms.delete(consultationId));
      }
      const room = await opening;
      if (!room.isClosed) return room;
      // What it still writes comes before what the next one reads.
      await room.close('left');
    }
  }

  /**
   * Whoever was disabled, has logged out everywhere, or has no part in it any more does not go on talking. All rooms in two
   * questions.
   */
  async function dismiss(asked: readonly Room[]): Promise<void> {
    const seated = asked.flatMap((room) => room.people.map((peer) => ({ room, peer })));
    if (seated.length === 0) return;
    const accountIds = new Set(seated.flatMap(({ peer }) => peer.claims.accountId ?? []));
    const gone = new Set<string | null>(await store.loggedOutOf(db, [...accountIds], clock.now()));
    const strangers = await store.withoutPart(
      db,
      seated.map(({ peer }) => peer.claims),
    );
    const outside = new Set(strangers.map(({ consultationId, seatId }) => `${consultationId} ${seatId}`));
    for (const { room, peer } of seated) {
      if (gone.has(peer.claims.accountId)) room.leave(peer, 'expired', { reason: 'expired', text: '' });
      else if (outside.has(`${room.id} ${peer.claims.seatId}`))
        room.leave(peer, 'removed', { reason: 'removed', text: '' });
    }
  }

  /** Whoever opens a room after this process has died knows by this when that was. */
  async function keepAlive(): Promise<void> {
    const ids = [...opened.keys()];
    if (ids.length === 0) return;
    for (const { consultationId, lastSeq } of await store.signOfLife(db, ids, clock.now()))
      opened.get(consultationId)?.log.catchUp(lastSeq);
    for (const id of await store.calledOffOf(db, ids)) await opened.get(id)?.end();
    await dismiss(ids.flatMap((id) => opened.get(id) ?? []));
    for (const id of ids) {
      const node = await pinnedNode(redis, id);
      if (node !== null && node !== config.HUB_MEDIA_NODE) void opened.get(id)?.close('moving');
    }
  }
  const timer = setInterval(() => {
    // What could not be said now is said with the next one.
    keepAlive().catch((err: unknown) => log.warn({ err }, 'rooms could not say that they live'));
  }, times.aliveMs);
  const looking = setInterval(() => {
    for (const room of opened.values())
      for (const peer of room.people) if (peer.looked(performance.now())) room.tellChanged(peer);
  }, lookEveryMs);

  return {
    open,
    get count() {
      return opened.size;
    },
    get people() {
      return [...opened.values()].reduce((sum, room) => sum + room.people.length, 0);
    },
    close: async () => {
      clearInterval(timer);
      clearInterval(looking);
      await Promise.all([...opened.values()].map((room) => room.close('moving')));
    },
  };
}
