import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A log that never grows past `keep + 1` files of about `maxBytes`: `http.log`, then `http.log.1` and so on, oldest last.
 * Writing is synchronous, so that what a process said just before it died is on the disk.
 */
export class LogFile {
  #fd: number;
  #bytes: number;
  #isClosed = false;
  readonly #file: string;
  readonly #maxBytes: number;
  readonly #keep: number;

  constructor(file: string, { maxBytes = 10 * 1024 ** 2, keep = 2 } = {}) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
    this.#fd = openSync(file, 'a', 0o600);
    this.#bytes = fstatSync(this.#fd).size;
  }

  write(chunk: Uint8Array): void {
    // A process that outlived its log by a moment has nowhere to say it.
    if (this.#isClosed) return;
    if (this.#bytes > 0 && this.#bytes + chunk.length > this.#maxBytes) this.#rotate();
    try {
      this.#bytes += writeSync(this.#fd, chunk);
    } catch (error) {
      // A full disk must not stop the processes whose log this is.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#fd);
  }

  #rotate(): void {
    closeSync(this.#fd);
    rmSync(`${this.#file}.${this.#keep}`, { force: true });
    for (let age = this.#keep - 1; age >= 0; age--) {
      const from = age === 0 ? this.#file : `${this.#file}.${age}`;
      try {
        renameSync(from, `${this.#file}.${age + 1}`);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    this.#fd = openSync(this.#file, 'a', 0o600);
    this.#bytes = 0;
  }
}
