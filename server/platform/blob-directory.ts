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
  const pathOf = (place: string): string => {
    const path = resolve(base, place);
    if (!path.startsWith(base + sep)) throw new HubError('not-found', { place: 'outside the store' });
    return path;
  };
  return {
    write: (source, { maxBytes }) => writeFileBlob(base, incoming, source, maxBytes),
    read: (place, offset = 0, length) => readRange(pathOf(place), offset, length),
    stream: (place, offset = 0, length) =>
      createReadStream(pathOf(place), { start: offset, end: length === undefined ? undefined : offset + length - 1 }),
    size: async (place) => (await stat(pathOf(place))).size,
    remove: async (place) => unlink(pathOf(place)),
    close: async () => undefined,
  };
}

async function writeFileBlob(
  base: string,
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
    await makeDurable(temporary, join(base, place), base);
    return { place, sha256, size };
  } catch (cause) {
    await file.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    if ((cause as { code?: string }).code === 'ENOSPC') throw new HubError('storage-full', {}, { cause });
    throw cause;
  }
}

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
    await file.writev([piece]);
  }
  return { sha256: hash.digest('hex'), size };
}

/** After this the name survives a power cut: the file was synced by the caller, its folder here. */
async function makeDurable(temporary: string, target: string, base: string): Promise<void> {
  const folder = dirname(target);
  const made = await mkdir(folder, { recursive: true });
  await rename(temporary, target);
  await syncFolder(folder);
  if (made === undefined) return;
  // A new folder's own name lies in its parents.
  for (let parent = dirname(folder); parent.startsWith(base); parent = dirname(parent)) await syncFolder(parent);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readRange(path: string, offset: number, length?: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const wanted = length ?? (await file.stat()).size - offset;
    const buffer = Buffer.allocUnsafe(Math.max(wanted, 0));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
