import { HubError } from '@lianzhen/contracts/errors.ts';
import type { PeerMedia, Producer, RtpCapabilities, Speakers } from '../media/media-shapes.ts';
import { openRoomMedia } from '../media/room-media.ts';
import type { Peer } from './peer.ts';
import type { RoomDeps } from './room-deps.ts';

/** Who sends what to whom in one room. */
export interface RoomStreams {
  capabilities(): Promise<RtpCapabilities>;
  /** Somebody's place among the streams. @throws `wrong-state` unless he is in */
  of(peer: Peer): Promise<PeerMedia>;
  /** Sends everyone's streams to one, and one's stream to everyone, as far as they can be played. */
  sendAllTo(peer: Peer): void;
  sendToAll(from: Peer, producer: Producer): void;
  close(): void;
}

/**
 * @param peers those who are in; read each time anew
 * @param lost says whose media died with the worker below
 * @param came says what somebody has begun to send
 */
export function openStreams(
  { pool, log }: Pick<RoomDeps, 'pool' | 'log'>,
  peers: ReadonlyMap<string, Peer>,
  lost: (peer: Peer) => void,
  came: (from: Peer, producer: Producer) => void,
): RoomStreams {
  const media = openRoomMedia(pool, log, tellSpeakers);
  const ownerOf = (is: (media: PeerMedia) => boolean) =>
    [...peers.values()].find((peer) => peer.media !== undefined && is(peer.media));

  function tellSpeakers(speakers: Speakers): void {
    const told = speakers.flatMap(({ producerId, level }) => {
      const owner = ownerOf((one) => one.producers().some(({ producer }) => producer.id === producerId));
      return owner ? [{ peerId: owner.id, level }] : [];
    });
    for (const peer of peers.values()) peer.tell('speakers', told, true);
  }

  function send(from: Peer, producer: Producer, to: Peer): void {
    if (from === to || !from.media || !to.media) return;
    // One stream that cannot be sent to one person takes nothing from anybody else.
    to.media.consume(from.media, producer).catch((err: unknown) => {
      log.warn({ err, kind: producer.kind }, 'a stream could not be sent to somebody');
    });
  }

  return {
    capabilities: () => media.capabilities(),
    of: async (peer) => {
      if (peers.get(peer.id) !== peer) throw new HubError('wrong-state', { state: 'lobby' });
      return peer.openMedia(() =>
        media.enter({
          newConsumer: (notice, of) => {
            const sender = ownerOf((one) => one === of);
            if (sender) peer.tell('newConsumer', { ...notice, peerId: sender.id });
          },
          consumerClosed: (notice) => peer.tell('consumerClosed', notice),
          consumerPaused: (notice) => peer.tell('consumerPaused', notice),
          lost: () => lost(peer),
        }),
      );
    },
    sendAllTo: (peer) => {
      for (const from of peers.values())
        for (const { producer } of from.media?.producers() ?? []) send(from, producer, peer);
    },
    sendToAll: (from, producer) => {
      for (const peer of peers.values()) send(from, producer, peer);
      came(from, producer);
    },
    close: () => media.close(),
  };
}
