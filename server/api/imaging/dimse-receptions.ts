import type { Db } from '@lianzhen/db/client.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import type { Received } from './arrival.ts';
import { auditReception, newReception, type Reception } from './audit-reception.ts';
import { auditOfPeer, type DimsePeer } from './dimse-peer.ts';

const quietMs = 5000;
const longestMs = 60_000;

interface Running {
  peer: DimsePeer;
  reception: Reception;
  since: number;
  last: number;
}

/** Counts what each machine sends and writes one audit fact for each run of it: once it is quiet, or every minute. */
export class DimseReceptions {
  readonly #running = new Map<string, Running>();
  readonly #timer: NodeJS.Timeout;
  private readonly db: Db;
  private readonly log: Log;

  constructor(db: Db, log: Log) {
    this.db = db;
    this.log = log;
    this.#timer = setInterval(() => void this.#write(false), quietMs);
  }

  /** @param received undefined for an instance that was refused */
  note(peer: DimsePeer, received: Received | undefined): void {
    const now = performance.now();
    const { id } = peer.device;
    const running = this.#running.get(id) ?? { peer, reception: newReception(), since: now, last: now };
    this.#running.set(id, running);
    running.last = now;
    const { reception } = running;
    if (received?.outcome === 'stored') reception.stored += 1;
    else if (received?.outcome === 'duplicate') reception.duplicate += 1;
    else reception.refused += 1;
    if (received) reception.studies.add(received.studyInstanceUid);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#write(true);
  }

  async #write(isLast: boolean): Promise<void> {
    const now = performance.now();
    for (const [id, { peer, reception, since, last }] of this.#running) {
      if (!isLast && now - last < quietMs && now - since < longestMs) continue;
      this.#running.delete(id);
      const fact = { ...auditOfPeer(peer), action: 'imaging.instancesReceived' };
      await auditReception(this.db, fact, reception).catch((err) => {
        // Each instance's row says where it came from; the summary of the run is what is lost.
        this.log.error({ err, deviceId: id }, 'a reception could not be audited');
      });
    }
  }
}
