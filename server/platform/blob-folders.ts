import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folders of a store whose own names are known to survive a power cut. */
export class DurableFolders {
  readonly #base: string;
  readonly #known = new Set<string>();

  constructor(base: string) {
    this.#base = base;
  }

  /** After this the file's name survives a power cut: the file was synced by the caller, its folder here. */
  async moveInto(temporary: string, place: string): Promise<void> {
    const target = join(this.#base, place);
    const folder = dirname(target);
    await mkdir(folder, { recursive: true });
    await rename(temporary, target);
    await this.keep(folder);
  }

  /** Makes every name in a folder, and the folder's own, survive a power cut. */
  async keep(folder: string): Promise<void> {
    await syncFolder(folder);
    // Its own name lies in its parent. Whoever made it, another write or process, may not have synced that yet.
    const fresh: string[] = [];
    for (let child = folder; child !== this.#base && !this.#known.has(child); child = dirname(child)) {
      await syncFolder(dirname(child));
      fresh.push(child);
    }
    for (const child of fresh) this.#known.add(child);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
