import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { syncFolder } from './blob-sync-folder.ts';
import type { Blob } from './blobs.ts';

/** Small pieces are written together: every call costs more than its bytes. */
const writeBytes = 524_288;

/**
 * One blob as one file named by its SHA-256: written to a temporary name, synced, renamed, parent synced. The same bytes
 * twice are one file.
 */
export async function writeFileBlob(
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
    throw cause;
  }
}

async function copyAndHash(source: AsyncIterable<Uint8Array>, file: FileHandle, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    if (waiting.length > 0) await writeAll(file, waiting);
    waiting = [];
    waitingBytes = 0;
  };
  for await (const piece of source) {
    size += piece.length;
    if (size > maxBytes) throw new HubError('too-large', { limit: maxBytes });
    hash.update(piece);
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= writeBytes) await flush();
  }
  await flush();
  return { sha256: hash.digest('hex'), size };
}

/** A gathering write may end before the last piece, and takes no more than so many of them. */
export async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], position?: number): Promise<void> {
  const mostPieces = 512;
  let rest = pieces;
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest.slice(0, mostPieces), at);
    if (at !== undefined) at += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

function after(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  const first = pieces.findIndex((piece) => {
    if (piece.length > skip) return true;
    skip -= piece.length;
    return false;
  });
  const head = pieces[first];
  return head ? [head.subarray(skip), ...pieces.slice(first + 1)] : [];
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
