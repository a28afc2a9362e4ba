import { unlink } from 'node:fs/promises';
import type { DurableFile } from './durable-file.ts';
import { atBlock } from './rooms.ts';

/**
 * Before each entry: `LZB1`, its length as 64 bits, its SHA-256. The next one follows at the next block of 4096 bytes,
 * behind zeros (in older bundles also at once). A bundle can be taken apart without the database.
 */
export const entryHeaderBytes = 48;
const mostBytes = 2_000_000_000;
/** How much is written and synced at a time at most. */
const mostPerWrite = 4_194_304;
const magic = Buffer.from('LZB1\0\0\0\0', 'latin1');

export interface Entry {
  /** From its beginning: space for the header, the bytes, space to the end of their last block. */
  room: Uint8Array;
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

interface Waiting extends Entry {
  resolve: (offset: number) => void;
  reject: (cause: unknown) => void;
}

/**
 * One append-only file. Whatever is appended while a sync runs is written and synced together next, so that many senders
 * share one wait for the disk. Every offset that was given out is durable.
 */
export class Bundle {
  /** Behind the last entry; the next write begins at the block that follows. */
  #end = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** After a failed write nothing is known about the end of the file. */
  #isBroken = false;
  #lastUse = performance.now();
  readonly path: string;
  readonly name: string;
  private readonly file: DurableFile;

  /** @param name as it stands in the places of its entries */
  constructor(file: DurableFile, path: string, name: string) {
    this.file = file;
    this.path = path;
    this.name = name;
  }

  /** How long nobody has appended; 0 while something is being written. */
  get idleMs(): number {
    return this.#writing ? 0 : performance.now() - this.#lastUse;
  }

  /** @returns the offset of the entry's first byte, once it is durable; undefined where nothing more goes in here */
  append(entry: Entry): Promise<number> | undefined {
    if (this.#isBroken || this.#closing || this.#end >= mostBytes) return undefined;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...entry, resolve, reject });
      this.#writing ??= this.#writeAll().finally(() => {
        this.#writing = undefined;
        this.#lastUse = performance.now();
      });
    });
  }

  /** Forgets the last entry, to which nothing refers: the next one takes its place. Any other entry stays. */
  giveBack(offset: number, size: number): void {
    if (!this.#writing && !this.#isBroken && offset + size === this.#end) this.#end = offset - entryHeaderBytes;
  }

  /** Waits for what is being written. A bundle in which nothing is left goes. */
  close(): Promise<void> {
    this.#closing ??= this.#closeFile();
    return this.#closing;
  }

  async #closeFile(): Promise<void> {
    await this.#writing;
    try {
      if (!this.#isBroken) await this.file.truncate(this.#end);
    } finally {
      await this.file.close();
    }
    if (this.#end === 0 && !this.#isBroken) await unlink(this.path);
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, howManyFit(this.#waiting));
      try {
        await this.#write(batch);
      } catch (cause) {
        this.#isBroken = true;
        for (const { reject } of [...batch, ...this.#waiting]) reject(cause);
        this.#waiting = [];
      }
    }
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    await this.file.write(batch.map(sealed), atBlock(this.#end));
    for (const { size, resolve } of batch) {
      const offset = atBlock(this.#end) + entryHeaderBytes;
      this.#end = offset + size;
      resolve(offset);
    }
  }
}

/** How many of the first go into one write; at least one does. */
function howManyFit(entries: readonly Entry[]): number {
  let bytes = 0;
  const first = entries.findIndex(({ size }) => {
    bytes += atBlock(entryHeaderBytes + size);
    return bytes > mostPerWrite;
  });
  return first === -1 ? entries.length : Math.max(first, 1);
}

/** An entry as it stands in the file: header, bytes, zeros to the end of the block. */
function sealed({ room, size, sha256 }: Entry): Uint8Array {
  const header = Buffer.from(room.buffer, room.byteOffset, entryHeaderBytes);
  magic.copy(header);
  header.writeBigUInt64LE(BigInt(size), 8);
  header.write(sha256, 16, 'hex');
  const end = entryHeaderBytes + size;
  room.fill(0, end, atBlock(end));
  return room.subarray(0, atBlock(end));
}
