import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Bundle, type Entry } from './blob-bundle.ts';
import type { DurableFolders } from './blob-folders.ts';
import { DurableFile } from './durable-file.ts';

/** Where an entry lies: its bundle, its first byte and its length. */
interface BundlePlace {
  name: string;
  offset: number;
  size: number;
}

const folderName = 'bundle';
const idleMs = 10_000;
const mostOpen = 64;

/** `bundle/20261122/<id>:<offset>:<size>` */
export const bundlePlace = ({ name, offset, size }: BundlePlace): string => `${name}:${offset}:${size}`;

/** @returns undefined for a place that is a file of its own */
export function parseBundlePlace(place: string): BundlePlace | undefined {
  const [, name = '', offset, size] = /^(bundle\/\d{8}\/[\w-]+):(\d{1,15}):(\d{1,15})$/.exec(place) ?? [];
  return name === '' ? undefined : { name, offset: Number(offset), size: Number(size) };
}

/**
 * The bundles this process appends to: one for each group, never shared with another process, begun anew after a
 * restart. An entry whose sender was never answered stays in it, and nothing refers to it.
 */
export class Bundles {
  /** In the order of their last use. */
  readonly #open = new Map<string, Promise<Bundle>>();
  readonly #timer: NodeJS.Timeout;
  private readonly base: string;
  private readonly folders: DurableFolders;

  constructor(base: string, folders: DurableFolders) {
    this.base = base;
    this.folders = folders;
    this.#timer = setInterval(() => void this.#closeIdle(), idleMs / 2);
    this.#timer.unref();
  }

  /** @returns where the entry lies, once it is durable */
  async append(group: string, entry: Entry): Promise<BundlePlace> {
    for (;;) {
      const opening = this.#open.get(group) ?? this.#begin();
      this.#open.delete(group);
      this.#open.set(group, opening);
      if (this.#open.size > mostOpen) this.#closeOldest();
      const bundle = await opening.catch((cause) => {
        this.#leave(group, opening);
        throw cause;
      });
      const appending = bundle.append(entry);
      if (appending) return { name: bundle.name, offset: await appending, size: entry.size };
      // Full, broken, or closed just now: the next one takes it.
      this.#leave(group, opening);
    }
  }

  /** The place of an entry to which nothing refers may be used again. */
  async giveBack({ name, offset, size }: BundlePlace): Promise<void> {
    for (const opening of this.#open.values()) {
      const bundle = await opening.catch(() => undefined);
      if (bundle?.name === name) bundle.giveBack(offset, size);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#open].map(([group, opening]) => this.#leave(group, opening)));
  }

  async #begin(): Promise<Bundle> {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const folder = join(this.base, folderName, day);
    const name = `${folderName}/${day}/${randomUUID()}`;
    await mkdir(folder, { recursive: true });
    const path = join(this.base, name);
    const file = await DurableFile.create(path);
    await this.folders.keep(folder);
    return new Bundle(file, path, name);
  }

  async #closeIdle(): Promise<void> {
    for (const [group, opening] of this.#open) {
      const bundle = await opening.catch(() => undefined);
      if (!bundle || bundle.idleMs > idleMs) await this.#leave(group, opening);
    }
  }

  #closeOldest(): void {
    const [oldest] = this.#open;
    if (oldest) void this.#leave(...oldest);
  }

  /** What it holds is durable already: that it cannot be closed in order takes nothing from anybody. */
  async #leave(group: string, opening: Promise<Bundle>): Promise<void> {
    if (this.#open.get(group) === opening) this.#open.delete(group);
    await opening.then((bundle) => bundle.close()).catch(() => undefined);
  }
}
