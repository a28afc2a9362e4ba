import type { Log } from '@lianzhen/platform/log.ts';
import type { Producer } from '../media/media-shapes.ts';
import type { Recordings, RoomRecording } from '../recording/record-room.ts';
import type { Peer } from './peer.ts';

/** The recording of one room: off, or every stream of everybody. */
export interface RoomTape {
  readonly isOn: boolean;
  /** Asked for the same twice, does it once. @throws where it cannot be written down: then nothing is recorded either */
  set(isOn: boolean, by: Peer, consentNote: string): Promise<void>;
  /** The room was recorded when the process before this one died: so it is again. */
  goOn(): Promise<void>;
  add(from: Peer, producer: Producer): void;
  /** Leaves it open where the room comes back elsewhere. */
  close(comesBack: boolean): Promise<void>;
}

export function openTape(
  { recordings, log }: { recordings: Recordings; log: Log },
  consultationId: string,
  peers: ReadonlyMap<string, Peer>,
  said: (isOn: boolean, by: Peer) => void,
): RoomTape {
  let starting: Promise<RoomRecording> | undefined;
  let running: RoomRecording | undefined;

  function add(from: Peer, producer: Producer): void {
    const source = from.media?.producers().find((one) => one.producer === producer)?.source;
    if (!running || !from.media || source === undefined) return;
    const { seatId, name } = from.claims;
    running.add({ router: from.media.at.router, producer, source, seatId, name });
  }
  async function start(by: { name: string; consentNote: string }): Promise<void> {
    const began = recordings.begin(consultationId, by);
    starting = began;
    try {
      running = await began;
    } catch (cause) {
      starting = undefined;
      throw cause;
    }
    for (const peer of peers.values()) for (const { producer } of peer.media?.producers() ?? []) add(peer, producer);
  }
  async function end(how: 'stop' | 'pause'): Promise<void> {
    const ending = starting;
    starting = undefined;
    running = undefined;
    await (await ending)?.[how]();
  }

  return {
    get isOn() {
      return starting !== undefined;
    },
    set: async (isOn, by, consentNote) => {
      if (isOn === (starting !== undefined)) return;
      if (isOn) await start({ name: by.claims.name, consentNote });
      else await end('stop');
      said(isOn, by);
    },
    goOn: () => start({ name: '', consentNote: '' }),
    add,
    close: (comesBack) =>
      // What could not be written now is found, and made a file, by the sweeper.
      end(comesBack ? 'pause' : 'stop').catch((err: unknown) => {
        log.warn({ err }, 'the end of a recording could not be written');
      }),
  };
}
