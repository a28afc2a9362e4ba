import { DimseFailure } from './failures.ts';
import { statusCode } from './status.ts';

/** Pieces come as the peer cut them, a few KB each; a reader is not woken for less than this, unless it is the last. */
const slabBytes = 65_536;
/** Memory that is used again and again: fresh memory for every image keeps the garbage collector busy. */
const freeSlabs: Buffer[] = [];
const mostFreeSlabs = 64;

const takeSlab = (): Buffer => freeSlabs.pop() ?? Buffer.allocUnsafeSlow(slabBytes);

function giveSlab(slab: Buffer): void {
  if (freeSlabs.length < mostFreeSlabs) freeSlabs.push(slab);
}

/** The first `length` bytes of a slab. */
interface Filled {
  slab: Buffer;
  length: number;
}

/**
 * The data set of one message on its way to its reader: what goes in is copied and comes out in order, in larger pieces.
 * It holds at most `bufferedBytes` and one piece more; `push` then returns a promise, and whoever feeds it stops reading
 * its socket. Made for one reader, whose piece is used again as soon as he asks for the next. A reader that stops, or
 * never starts, makes the rest be dropped instead of kept.
 */
export class DatasetBody implements AsyncIterable<Buffer> {
  readonly #bufferedBytes: number;
  readonly #mostBytes: number;
  #queue: Filled[] = [];
  #filling: Filled | undefined;
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
    this.#copy(piece);
    if (this.#queuedBytes < this.#bufferedBytes) return;
    this.#handOver();
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
        const next = this.#queue.shift();
        if (next) {
          this.#queuedBytes -= next.length;
          if (this.#queuedBytes < this.#bufferedBytes) this.#releaseWriter();
          try {
            yield next.slab.subarray(0, next.length);
          } finally {
            giveSlab(next.slab);
          }
        } else if (this.#state === 'complete' || this.#isDiscarding) return;
        else await this.#arrival();
      }
    } finally {
      this.#drop();
    }
  }

  #copy(piece: Buffer): void {
    this.#queuedBytes += piece.length;
    for (let at = 0; at < piece.length; ) {
      this.#filling ??= { slab: takeSlab(), length: 0 };
      const copied = piece.copy(this.#filling.slab, this.#filling.length, at);
      this.#filling.length += copied;
      at += copied;
      if (this.#filling.length === slabBytes) this.#handOver();
    }
  }

  /** What was gathered goes to the reader. */
  #handOver(): void {
    if (this.#filling) this.#queue.push(this.#filling);
    this.#filling = undefined;
    this.#wakeReader?.();
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeReader = resolve;
    });
  }

  #drop(): void {
    this.#isDiscarding = true;
    if (this.#filling) this.#queue.push(this.#filling);
    for (const { slab } of this.#queue) giveSlab(slab);
    this.#filling = undefined;
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
    this.#handOver();
    this.#settled.resolve();
  }
}

/** A whole body in one buffer, for the small ones. A body longer than its limit throws its DimseFailure. */
export async function gather(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
