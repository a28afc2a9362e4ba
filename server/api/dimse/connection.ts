import type { Socket } from 'node:net';
import { ChunkSource } from '@lianzhen/platform/chunk-source.ts';
import { PeerDisconnected } from './failures.ts';
import type { PduEvent } from './pdu.ts';
import { PduReader, type PduReaderLimits } from './pdu-reader.ts';

export interface ConnectionLimits extends PduReaderLimits {
  bufferedBytes: number;
  stalledMs: number;
}

/** One TCP or TLS connection seen as PDUs in and PDUs out. Closing is idempotent; `closed` is told once, with the reason. */
export class Connection {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #limits: ConnectionLimits;
  readonly #source: ChunkSource;
  readonly #reader: PduReader;
  readonly #closed = Promise.withResolvers<Error>();
  #reason: Error | undefined;
  #isClosed = false;
  #isEnding = false;
  #isCorked = false;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(socket: Socket, limits: ConnectionLimits) {
    this.#socket = socket;
    this.#limits = limits;
    this.remoteAddress = socket.remoteAddress ?? 'unknown';
    this.#source = new ChunkSource(socket, limits.bufferedBytes);
    this.#reader = new PduReader(limits);
    socket.on('drain', () => this.#releaseWriters());
    socket.on('error', (cause) => {
      this.#reason ??= new PeerDisconnected(`connection failed: ${cause.message}`, { cause });
    });
    socket.on('end', () => {
      this.#reason ??= new PeerDisconnected('peer closed the connection');
    });
    socket.on('close', () => this.#onClosed());
  }

  /** Resolves with the reason when the connection is over. */
  get closed(): Promise<Error> {
    return this.#closed.promise;
  }
  /** True from our last PDU on: nothing is read or written any more. */
  get isOver(): boolean {
    return this.#isClosed || this.#isEnding;
  }

  /**
   * Hands every event to `onEvent`, in order, waiting where it returns a promise; meanwhile the peer is slowed down.
   * Returns when the peer has ended or `end` was called; throws what the decoder or `onEvent` throws.
   */
  async run(onArrival: () => void, onEvent: (event: PduEvent) => Promise<void> | undefined): Promise<void> {
    for (;;) {
      const { value: chunk } = await this.#source.next();
      if (!chunk) return;
      onArrival();
      for (const event of this.#reader.feed(chunk)) {
        const wait = onEvent(event);
        if (wait) await wait;
        if (this.isOver) return;
      }
    }
  }

  /**
   * Sends `parts`. Everything written in one turn leaves in one system call. The promise, if there is one, resolves when
   * the peer has taken enough to go on and rejects when it has taken nothing for `stalledMs` or is gone.
   */
  write(parts: Buffer[]): Promise<void> | undefined {
    if (this.isOver) return Promise.reject(this.#reason ?? new PeerDisconnected('connection is closed'));
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#isCorked = false;
        this.#socket.uncork();
      });
    }
    let isFull = false;
    for (const part of parts) isFull = !this.#socket.write(part) || isFull;
    return isFull ? this.#drain() : undefined;
  }

  /** Sends the last PDU and waits at most `lingerMs` for the peer to close; what it still sends is dropped. */
  end(lastPdu: Buffer, lingerMs: number, reason: Error): void {
    if (this.isOver) return;
    this.#isEnding = true;
    this.#reason ??= reason;
    this.#source.discard();
    this.#releaseWriters(reason);
    this.#socket.end(lastPdu);
    const timer = setTimeout(() => this.#socket.destroy(), lingerMs);
    this.#socket.once('close', () => clearTimeout(timer));
  }

  destroy(reason: Error): void {
    this.#reason ??= reason;
    this.#socket.destroy();
  }

  #drain(): Promise<void> {
    if (!this.#drained) {
      this.#drained = Promise.withResolvers<void>();
      const { stalledMs } = this.#limits;
      const timer = setTimeout(
        () => this.destroy(new PeerDisconnected(`peer took nothing for ${stalledMs} ms`)),
        stalledMs,
      );
      const stop = () => clearTimeout(timer);
      this.#drained.promise.then(stop, stop);
    }
    return this.#drained.promise;
  }

  #releaseWriters(failure?: Error): void {
    if (failure) this.#drained?.reject(failure);
    else this.#drained?.resolve();
    this.#drained = undefined;
  }

  #onClosed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const reason = this.#reason ?? new PeerDisconnected('connection closed');
    this.#releaseWriters(reason);
    this.#closed.resolve(reason);
  }
}
