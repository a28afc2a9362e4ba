import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { entryHeaderBytes } from './blob-bundle.ts';
import { Bundles, bundlePlace, parseBundlePlace } from './blob-bundles.ts';
import { isFull, readFrom, readRange } from './blob-bytes.ts';
import { writeFileBlob } from './blob-file.ts';
import { DurableFolders } from './blob-folders.ts';
import { gather } from './blob-gather.ts';
import type { BlobStore } from './blobs.ts';
import { OpenFiles } from './open-files.ts';
import { giveRoom, takeRoom } from './rooms.ts';

interface Range {
  path: string;
  offset: number;
  length: number | undefined;
}

/**
 * Blobs in a folder. Small ones that come together share a bundle and its syncs; large ones, and any that come alone, are
 * files named by their SHA-256.
 */
export async function openDirectoryBlobs(root: string): Promise<BlobStore> {
  const base = resolve(root);
  const incoming = join(base, 'incoming');
  await mkdir(incoming, { recursive: true });
  await removeAbandoned(incoming);
  const folders = new DurableFolders(base);
  const bundles = new Bundles(base, folders);
  const openBundles = new OpenFiles();
  const pathOf = (name: string): string => {
    const path = resolve(base, name);
    if (!path.startsWith(base + sep)) throw new HubError('not-found', { place: 'outside the store' });
    return path;
  };
  const rangeOf = (place: string, offset: number, length: number | undefined): Range => {
    const bundled = parseBundlePlace(place);
    if (!bundled) return { path: pathOf(place), offset, length };
    const left = Math.max(bundled.size - offset, 0);
    return { path: pathOf(bundled.name), offset: bundled.offset + offset, length: Math.min(length ?? left, left) };
  };
  const writeBundled = async (room: Uint8Array, group: string, source: AsyncIterable<Uint8Array>, maxBytes: number) => {
    try {
      const start = await gather(source, room.subarray(entryHeaderBytes), maxBytes);
      if (!start.isWhole) return await writeFileBlob(folders, incoming, start.rest, maxBytes);
      const { sha256, size } = start;
      return { place: bundlePlace(await bundles.append(group, { room, sha256, size })), sha256, size };
    } finally {
      giveRoom(room);
    }
  };
  return {
    async write(source, { maxBytes, group }) {
      try {
        // What is bundled is held in memory until it is synced; while there is no room, it becomes a file.
        const room = group === undefined ? undefined : takeRoom();
        return await (group !== undefined && room
          ? writeBundled(room, group, source, maxBytes)
          : writeFileBlob(folders, incoming, source, maxBytes));
      } catch (cause) {
        throw isFull(cause) ? new HubError('storage-full', {}, { cause }) : cause;
      }
    },
    async read(place, offset = 0, length) {
      const range = rangeOf(place, offset, length);
      if (!parseBundlePlace(place)) return readRange(range.path, range.offset, range.length);
      return openBundles.with(range.path, (file) => readFrom(file, range.offset, range.length));
    },
    stream(place, offset = 0, length) {
      const range = rangeOf(place, offset, length);
      if (range.length === 0) return Readable.from([]);
      const end = range.length === undefined ? undefined : range.offset + range.length - 1;
      return createReadStream(range.path, { start: range.offset, end, highWaterMark: 262_144 });
    },
    async size(place) {
      const bundled = parseBundlePlace(place);
      const { size } = await stat(pathOf(bundled?.name ?? place));
      if (bundled && size < bundled.offset + bundled.size) throw new Error('the bundle is shorter than its entry');
      return bundled?.size ?? size;
    },
    async discard(place) {
      const bundled = parseBundlePlace(place);
      if (bundled) await bundles.giveBack(bundled);
    },
    async remove(place) {
      if (!parseBundlePlace(place)) await unlink(pathOf(place));
    },
    async close() {
      openBundles.close();
      await bundles.close();
    },
  };
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
