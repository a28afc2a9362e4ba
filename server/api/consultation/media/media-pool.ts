import type { Config } from '@lianzhen/platform/config.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import { createWorker } from 'mediasoup';
import type { WebRtcServer, Worker } from 'mediasoup/types';

interface Seat {
  worker: Worker;
  server: WebRtcServer;
}

/**
 * The media workers of this node, each with its WebRtcServer; the first has the announced port, the others the ports
 * after it. One until rooms are built: only its port is promised to firewalls. A worker that dies is replaced; its rooms are told by mediasoup's own close events.
 */
export class MediaPool {
  readonly #seats = new Map<number, Seat>();
  #closed = false;
  private readonly config: Config;
  private readonly log: Log;

  constructor(config: Config, log: Log) {
    this.config = config;
    this.log = log;
  }

  async open(size = 1): Promise<void> {
    await Promise.all(Array.from({ length: size }, (_, index) => this.#start(index)));
  }

  get isUp(): boolean {
    return this.#seats.size > 0 && !this.#closed;
  }

  close(): void {
    this.#closed = true;
    for (const { worker } of this.#seats.values()) worker.close();
    this.#seats.clear();
  }

  async #start(index: number): Promise<void> {
    const worker = await createWorker({
      workerBin: this.config.MEDIASOUP_WORKER_BIN,
      logLevel: 'warn',
    });
    const port = this.config.HUB_RTC_PORT === 0 ? 0 : this.config.HUB_RTC_PORT + index;
    const announcedAddress = this.config.HUB_RTC_ANNOUNCED_ADDRESS;
    const listenInfos = (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip: '0.0.0.0',
      announcedAddress,
      port,
    }));
    const server = await worker.createWebRtcServer({ listenInfos });
    if (this.#closed) {
      worker.close();
      return;
    }
    this.#seats.set(index, { worker, server });
    worker.once('died', () => {
      this.#seats.delete(index);
      this.log.error({ workerId: String(index), pid: worker.pid }, 'media worker died');
      if (!this.#closed) void this.#restart(index);
    });
  }

  async #restart(index: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 500));
    try {
      await this.#start(index);
    } catch (err) {
      this.log.error({ err, workerId: String(index) }, 'media worker does not start');
      if (!this.#closed) void this.#restart(index);
    }
  }
}
