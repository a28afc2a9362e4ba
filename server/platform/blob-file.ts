import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { writeWhole } from './blob-bytes.ts';
import type { DurableFolders } from './blob-folders.ts';
import type { Blob } from './blobs.ts';
import { release } from './released.ts';

/** Small pieces are written together: every call costs more than its bytes. */
const writtenAtOnce = 524_288;

/**
 * One blob as one file named by its SHA-256: written to a temporary name, synced, renamed, parent synced. The same bytes
 * twice are one file.
 */
export async function writeFileBlob(
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
    throw cause;
  }
}

async function copyAndHash(source: AsyncIterable<Uint8Array>, file: FileHandle, maxBytes: number) {
  const hash = createHash('sha256');
  const waiting = Buffer.allocUnsafeSlow(writtenAtOnce);
  let waitingBytes = 0;
  let size = 0;
  const writeWaiting = async () => {
    await writeWhole(file, [waiting.subarray(0, waitingBytes)]);
    waitingBytes = 0;
  };
  for await (const piece of source) {
    size += piece.length;
    if (size > maxBytes) throw new HubError('too-large', { limit: maxBytes });
    hash.update(piece);
    if (waitingBytes + piece.length > writtenAtOnce) await writeWaiting();
    if (piece.length > writtenAtOnce) await writeWhole(file, [piece]);
    else {
      waiting.set(piece, waitingBytes);
      waitingBytes += piece.length;
    }
  }
  await writeWaiting();
  release(waiting);
  return { sha256: hash.digest('hex'), size };
}
