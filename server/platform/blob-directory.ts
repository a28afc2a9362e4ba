import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Blob, BlobStore } from './blobs.ts';

/**
 * Blobs as files named by their SHA-256: written to a temporary name, fsynced, renamed, parent fsynced.
 * The same bytes twice are one file.
 */
export async function openDirectoryBlobs(root: string): Promise<BlobStore> {
  const base = resolve(root);
  const incoming = join(base, 'incoming');
  await mkdir(incoming, { recursive: true });
  await removeAbandoned(incoming);
  const folders = new DurableFolders(base);
  const pathOf = (place: string): string => {
    const path = resolve(base, place);
    if (!path.startsWith(base + sep)) throw new HubError('not-found', { place: 'outside the store' });
    return path;
  };
  return {
    write: (source, { maxBytes }) => writeFileBlob(folders, incoming, source, maxBytes),
    read: async (place, offset = 0, length) => readRange(pathOf(place), offset, length),
    stream: (place, offset = 0, length) =>
      createReadStream(pathOf(place), { start: offset, end: length === undefined ? undefined : offset + length - 1 }),
    size: async (place) => (await stat(pathOf(place))).size,
    remove: async (place) => unlink(pathOf(place)),
    close: async () => undefined,
  };
}

async function writeFileBlob(
  folders: DurableFolders,
  incoming: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Blob> {
  const temporary = join(incoming, randomUUID());
  const file = await open(temporary, 'wx');
  try {
    const { sha256, size } = await copyAndHash(source, file, maxBytes);
    await file.datasync();
    await file.close();
    const place = `sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    await folders.moveInto(temporary, place);
    return { place, sha256, size };
  } catch (cause) {
    await file.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    if (isFull(cause)) throw new HubError('storage-full', {}, { cause });
    throw cause;
  }
}

export const isFull = (cause: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((cause as { code?: string }).code ?? '');

/** What a killed process left half-written was never acknowledged. Other processes write here too: only old files go. */
async function removeAbandoned(incoming: string): Promise<void> {
  const dayAgo = Date.now() - 86_400_000;
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const age = await stat(path).catch(() => undefined);
    if (age && age.mtimeMs < dayAgo) await rm(path, { force: true });
  }
}

async function copyAndHash(source: AsyncIterable<Uint8Array>, file: FileHandle, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    if (size > maxBytes) throw new HubError('too-large', { limit: maxBytes });
    hash.update(piece);
    await writeWhole(file, piece);
  }
  return { sha256: hash.digest('hex'), size };
}

/** A full disk takes the beginning of a piece and says so only in the count of bytes it wrote. */
export async function writeWhole(file: Pick<FileHandle, 'write'>, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await file.write(piece, at, piece.length - at)).bytesWritten;
}

/** The folders of a store whose own names are known to survive a power cut. */
class DurableFolders {
  readonly #base: string;
  readonly #known = new Set<string>();

  constructor(base: string) {
    this.#base = base;
  }

  /** After this the blob's name survives a power cut: the file was synced by the caller, its folder here. */
  async moveInto(temporary: string, place: string): Promise<void> {
    const target = join(this.#base, place);
    const folder = dirname(target);
    await mkdir(folder, { recursive: true });
    await rename(temporary, target);
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

async function readRange(path: string, offset: number, length = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.max(Math.min(length, size - offset), 0));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}
