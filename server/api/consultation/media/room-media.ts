import type { Log } from '@lianzhen/platform/log.ts';
import type { RtpCapabilities } from 'mediasoup/types';
import type { MediaPool } from './media-pool.ts';
import type { PeerMedia, PeerMediaWords, Reach, RoomRouter, Speakers } from './media-shapes.ts';
import { codecs, type MediaWorker } from './media-worker.ts';
import { openPeerMedia } from './peer-media.ts';

export interface RoomMedia {
  capabilities(): Promise<RtpCapabilities>;
  /** A place for one person's streams; `words.lost` is said when the worker below it dies. */
  enter(words: PeerMediaWords): Promise<PeerMedia>;
  close(): void;
}

/**
 * The media of one room. It begins on the worker with the least to do and goes on to others as it outgrows that one; what
 * is produced on one router is piped to another when somebody there wants it.
 */
export function openRoomMedia(pool: MediaPool, log: Log, onSpeakers: (speakers: Speakers) => void): RoomMedia {
  const routers = new Map<MediaWorker, Promise<RoomRouter>>();
  const piped = new Map<string, Promise<unknown>>();
  let isClosed = false;

  /** Both who come at once get the same router. */
  function routerOn(on: MediaWorker): Promise<RoomRouter> {
    const known = routers.get(on);
    if (known) return known;
    const opening = openRouter(on, onSpeakers, () => routers.delete(on));
    routers.set(on, opening);
    opening.catch(() => routers.delete(on));
    return opening;
  }

  async function chooseRouter(): Promise<RoomRouter> {
    const least = await pool.place();
    const hasRoom = [...routers.keys()].filter((on) => on.consumers < pool.consumersPerWorker);
    const [own] = hasRoom.toSorted((a, b) => a.consumers - b.consumers);
    const chosen = await routerOn(own ?? least);
    if (isClosed) chosen.router.close();
    return chosen;
  }

  const reach: Reach = async (from, to, producer) => {
    if (from.router === to.router) return;
    const key = `${producer.id} ${to.router.id}`;
    const known = piped.get(key) ?? from.router.pipeToRouter({ producerId: producer.id, router: to.router });
    piped.set(key, known);
    const forget = () => piped.delete(key);
    known.catch(forget);
    producer.observer.once('close', forget);
    to.router.observer.once('close', forget);
    await known;
  };

  return {
    capabilities: async () => (await chooseRouter()).router.rtpCapabilities,
    enter: async (words) => openPeerMedia(await chooseRouter(), reach, log, words),
    close: () => {
      isClosed = true;
      // One that is still being opened closes itself when it is there; one that could not be opened is not there.
      for (const opening of routers.values())
        opening.then(
          ({ router }) => router.close(),
          () => undefined,
        );
      routers.clear();
    },
  };
}

async function openRouter(
  on: MediaWorker,
  onSpeakers: (speakers: Speakers) => void,
  onGone: () => void,
): Promise<RoomRouter> {
  const router = await on.worker.createRouter({ mediaCodecs: codecs });
  router.observer.once('close', onGone);
  const levels = await router.createAudioLevelObserver({ maxEntries: 3, threshold: -70, interval: 800 });
  levels.on('volumes', (volumes) => {
    onSpeakers(volumes.map(({ producer, volume }) => ({ producerId: producer.id, level: volume })));
  });
  levels.on('silence', () => onSpeakers([]));
  return { on, router, levels };
}
