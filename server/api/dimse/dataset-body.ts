import { DimseFailure } from './failures.ts';
import { statusCode } from './status.ts';

/**
 * The data set of one message on its way to its reader: pieces go in as they arrive and come out in order. It holds at
 * most `bufferedBytes` and one piece more; `push` then returns a promise, and whoever feeds it stops reading its socket.
 * Made for one reader. A reader that stops, or never starts, makes the rest be dropped instead of kept.
 */
export class DatasetBody implements AsyncIterable<Buffer> {
  readonly #bufferedBytes: number;
  readonly #mostBytes: number;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #received = 0;
  #state: 'open' | 'complete' | 'failed' = 'open';
  #isDiscarding = false;
  #failure: Error | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;
  readonly #settled = Promise.withResolvers<void>();

  constructor(limits: { bufferedBytes: number; mostBytes: number }) {
    this.#bufferedBytes = limits.bufferedBytes;
    this.#mostBytes = limits.mostBytes;
  }

  get received(): number {
    return this.#received;
  }
  get isComplete(): boolean {
    return this.#state === 'complete';
  }
  /** Why the body cannot be read to its end: too long, or the peer is gone. */
  get failure(): Error | undefined {
    return this.#failure;
  }
  /** Resolves when nothing more will arrive, for whichever reason. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Takes the next piece; the promise, if there is one, resolves when more may come. */
  push(piece: Buffer): Promise<void> | undefined {
    if (this.#state !== 'open' || piece.length === 0) return;
    this.#received += piece.length;
    if (this.#received > this.#mostBytes && !this.#failure) {
      this.#failure = new DimseFailure(statusCode.outOfResources, `data set is longer than ${this.#mostBytes} bytes`);
      this.#drop();
    }
    if (this.#isDiscarding) return;
    this.#queue.push(piece);
    this.#queuedBytes += piece.length;
    this.#wakeReader?.();
    if (this.#queuedBytes < this.#bufferedBytes) return;
    return new Promise((resolve) => {
      this.#wakeWriter = resolve;
    });
  }

  /** The last piece has arrived. */
  complete(): void {
    this.#settle('complete');
  }

  /** No more will arrive; a reader gets `error`, at once, for what it holds is not worth keeping. */
  fail(error: Error): void {
    if (this.#state !== 'open') return;
    this.#failure ??= error;
    this.#drop();
    this.#settle('failed');
  }

  /** Nobody wants the rest: take it off the wire and forget it. */
  discard(): void {
    this.#drop();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (;;) {
        if (this.#failure) throw this.#failure;
        const piece = this.#queue.shift();
        if (piece) {
          this.#queuedBytes -= piece.length;
          if (this.#queuedBytes < this.#bufferedBytes) this.#releaseWriter();
          yield piece;
        } else if (this.#state === 'complete' || this.#isDiscarding) return;
        else await this.#arrival();
      }
    } finally {
      this.#drop();
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeReader = resolve;
    });
  }

  #drop(): void {
    this.#isDiscarding = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#releaseWriter();
    this.#wakeReader?.();
  }

  #releaseWriter(): void {
    this.#wakeWriter?.();
    this.#wakeWriter = undefined;
  }

  #settle(state: 'complete' | 'failed'): void {
    if (this.#state !== 'open') return;
    this.#state = state;
    this.#releaseWriter();
    this.#wakeReader?.();
    this.#settled.resolve();
  }
}

/** A whole body in one buffer, for the small ones. A body longer than its limit throws its DimseFailure. */
export async function gather(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}
