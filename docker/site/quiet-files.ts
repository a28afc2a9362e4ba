import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that lies in the folder and has stopped growing. */
export interface Waiting {
  path: string;
  name: string;
  size: number;
  mtimeMs: number;
}
interface Seen {
  size: number;
  mtimeMs: number;
  /** Since when it has looked like this. */
  since: number;
}

/** What programs write under until they are done. */
const unfinished = /^[.~]|\.(tmp|part|partial|crdownload)$/i;

/** Tells files that are being written from those that are complete: these have looked the same for a while. */
export class QuietFiles {
  readonly #seen = new Map<string, Seen>();
  readonly #folder: string;
  readonly #quietMs: number;

  constructor(folder: string, quietMs: number) {
    this.#folder = folder;
    this.#quietMs = quietMs;
  }

  /** @param now milliseconds of this machine's clock @returns complete files, the oldest first */
  async find(now: number): Promise<Waiting[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && !unfinished.test(entry.name)).map(({ name }) => name);
    for (const name of this.#seen.keys()) if (!names.includes(name)) this.#seen.delete(name);
    const quiet: Waiting[] = [];
    for (const name of names) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      // One that somebody has taken away meanwhile, or that nothing was written to yet.
      if (!found || found.size === 0) continue;
      const { size, mtimeMs } = found;
      const before = this.#seen.get(name);
      const isSame = before?.size === size && before.mtimeMs === mtimeMs;
      const since = isSame ? before.since : now;
      this.#seen.set(name, { size, mtimeMs, since });
      if (isSame && now - since >= this.#quietMs) quiet.push({ path, name, size, mtimeMs });
    }
    return quiet.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
  }
}
