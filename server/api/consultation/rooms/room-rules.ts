import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Notice, RoomEntry, SeatRole } from '@lianzhen/contracts/room-signals.ts';
import type { Peer } from './peer.ts';

/**
 * An entry as somebody may see it. The number is told to all, so that nobody misses one; what was drawn and measured on an
 * image is told to those who may see the image.
 */
export function entryFor(peer: Pick<Peer, 'may'>, entry: RoomEntry): RoomEntry {
  if (entry.what.kind !== 'marked' || peer.may('view')) return entry;
  const { mark } = entry.what;
  return {
    ...entry,
    what: { kind: 'marked', mark: { ...mark, points: [{ x: 0, y: 0 }], text: '', values: [] } },
  };
}

const leadOrder: readonly SeatRole[] = ['chair', 'expert', 'requester'];

/** Who leads when the one who led is gone: of those who are here, the first by role and then by coming. */
export function nextLead(peers: readonly Peer[]): Peer | undefined {
  const here = peers.filter((peer) => peer.isHere && peer.may('lead'));
  return here.toSorted((a, b) => leadOrder.indexOf(a.claims.role) - leadOrder.indexOf(b.claims.role))[0];
}

const sides = { asked: ['chair', 'expert'], asking: ['requester', 'patient', 'guest'] } as const satisfies Record<
  string,
  SeatRole[]
>;

/** A session has begun when somebody of either side is there. */
export const sidesHaveMet = (peers: readonly Peer[]): boolean =>
  Object.values(sides).every((side: readonly SeatRole[]) => peers.some(({ claims }) => side.includes(claims.role)));

/** Who waits to be let in, as those are told who may do so. */
export const lobbyOf = (waiting: readonly Peer[]): Notice<'lobby'> =>
  waiting.map(({ id, claims, since }) => ({
    peerId: id,
    name: claims.name,
    role: claims.role,
    since: since.toISOString(),
  }));

/** @throws `not-found` */
export function found(peer: Peer | undefined): Peer {
  if (!peer) throw new HubError('not-found', { field: 'peerId' });
  return peer;
}

/** The case decides what a session means to it: what it refuses takes nothing from the room. */
export function unlessRefused(cause: unknown): void {
  if (!(cause instanceof HubError)) throw cause;
}
