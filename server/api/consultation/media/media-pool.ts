import { setTimeout as wait } from 'node:timers/promises';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import { type MediaWorker, startMediaWorker } from './media-worker.ts';

/** A dead worker is back before its people are: they try at once. */
const restartMs = 200;
const placeWithinMs = 4000;

/**
 * The media workers of this node, one for each core, each with its WebRtcServer; the first has the announced port, the
 * others the ports after it. A worker that dies is replaced, and takes with it the media of its own rooms only.
 */
export class MediaPool {
  readonly #workers = new Map<number, MediaWorker>();
  readonly #waiting = new Set<() => void>();
  #closed = false;
  private readonly config: Config;
  private readonly log: Log;

  constructor(config: Config, log: Log) {
    this.config = config;
    this.log = log;
  }

  /** The first worker must start: without its port nobody hears anything. The others come when their ports are free. */
  async open(size = this.config.HUB_MEDIA_WORKERS): Promise<void> {
    await this.#start(0);
    await Promise.all(Array.from({ length: size - 1 }, (_, index) => this.#keepStarting(index + 1)));
  }

  get isUp(): boolean {
    return this.#workers.size > 0 && !this.#closed;
  }

  /** Those that live now. */
  get workers(): readonly MediaWorker[] {
    return [...this.#workers.values()];
  }

  /** Consumers that a worker may have before a room goes on to another one. */
  get consumersPerWorker(): number {
    return this.config.HUB_MEDIA_CONSUMERS;
  }

  /**
   * The worker with the least to send. While none lives it is waited for: one that died is back soon.
   * @throws `unavailable` where none is in time
   */
  async place(): Promise<MediaWorker> {
    const until = Date.now() + placeWithinMs;
    for (;;) {
      const [least] = this.workers.toSorted((a, b) => a.consumers + a.producers - (b.consumers + b.producers));
      if (least) return least;
      const left = until - Date.now();
      if (this.#closed || left <= 0) throw new HubError('unavailable', { part: 'media' });
      await this.#nextStart(left);
    }
  }

  close(): void {
    this.#closed = true;
    for (const { worker } of this.#workers.values()) worker.close();
    this.#workers.clear();
    this.#wake();
  }

  #nextStart(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }

  async #start(index: number): Promise<void> {
    const started = await startMediaWorker(this.config, index);
    const { worker } = started;
    if (this.#closed) {
      worker.close();
      return;
    }
    this.#workers.set(index, started);
    worker.once('died', () => {
      this.#workers.delete(index);
      this.log.error({ workerId: String(index), pid: worker.pid }, 'media worker died');
      void this.#keepStarting(index, restartMs);
    });
    this.#wake();
  }

  async #keepStarting(index: number, afterMs = 0): Promise<void> {
    await wait(afterMs);
    if (this.#closed) return;
    try {
      await this.#start(index);
    } catch (err) {
      this.log.error({ err, workerId: String(index) }, 'media worker does not start');
      // Its port may be held for a moment. Nobody waits for this one: the others do its work meanwhile.
      void this.#keepStarting(index, 1000);
    }
  }
}
