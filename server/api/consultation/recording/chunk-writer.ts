import { Readable } from 'node:stream';
import type { RecordSink } from '../media/room-recorder.ts';

/** A killed node loses what was not written yet. */
const everyMs = 2000;
/** Two seconds of a large room. More than `most` while the store does not answer is thrown away, the oldest first. */
const chunkBytes = 8 * 1024 * 1024;
const mostBytes = 64 * 1024 * 1024;

export interface ChunkWords {
  /** Makes one chunk durable; rejects when it could not. */
  keep(chunk: Buffer): Promise<void>;
  /** Which streams are open: written at the beginning of every chunk. */
  openTracks(): Uint8Array[];
  failed(cause: unknown): void;
}

/** Collects records and hands them on every two seconds, one chunk after the other. */
export class ChunkWriter implements RecordSink {
  #records: Uint8Array[] = [];
  #bytes = 0;
  #keeping: Promise<void> = Promise.resolve();
  #isBusy = false;
  #lost = 0;
  readonly #timer: NodeJS.Timeout;
  private readonly words: ChunkWords;

  constructor(words: ChunkWords) {
    this.words = words;
    this.#timer = setInterval(() => this.#next(), everyMs);
  }

  write(record: Uint8Array): void {
    this.#records.push(record);
    this.#bytes += record.length;
    while (this.#bytes > mostBytes) {
      this.#bytes -= this.#records.shift()?.length ?? 0;
      this.#lost += 1;
    }
    if (this.#bytes >= chunkBytes) this.#next();
  }

  /** How many records there was no room for. */
  get lost(): number {
    return this.#lost;
  }

  /** Writes what is left. @throws where it cannot be kept */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#keeping;
    if (this.#records.length > 0) await this.words.keep(this.#take());
  }

  #next(): void {
    if (this.#isBusy || this.#records.length === 0) return;
    this.#isBusy = true;
    const taken = this.#take();
    this.#keeping = this.words
      .keep(taken)
      .catch((cause: unknown) => {
        // Kept for the next time: a store that is away for seconds costs nothing.
        this.#records.unshift(taken);
        this.#bytes += taken.length;
        this.words.failed(cause);
      })
      .finally(() => {
        this.#isBusy = false;
      });
  }

  #take(): Buffer {
    const chunk = Buffer.concat([...this.words.openTracks(), ...this.#records]);
    this.#records = [];
    this.#bytes = 0;
    return chunk;
  }
}

export const asSource = (chunk: Buffer): AsyncIterable<Uint8Array> => Readable.from([chunk]);
