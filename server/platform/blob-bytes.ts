import { type FileHandle, open } from 'node:fs/promises';

/** The kernel takes no more at a time. */
const mostPieces = 512;

/**
 * Writes pieces as one. A full disk takes the beginning and says so only in the count of bytes it wrote.
 * @param position where the first byte goes; without it, behind what was written before
 */
export async function writeWhole(
  file: Pick<FileHandle, 'writev'>,
  pieces: readonly Uint8Array[],
  position?: number,
): Promise<void> {
  let rest = pieces.filter((piece) => piece.length > 0);
  for (let at = position; rest.length > 0; ) {
    const { bytesWritten } = await file.writev(rest.slice(0, mostPieces), at);
    if (at !== undefined) at += bytesWritten;
    rest = behind(rest, bytesWritten);
  }
}

/** What is left of pieces after so many bytes. */
function behind(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  const first = pieces.findIndex((piece) => {
    if (piece.length > skip) return true;
    skip -= piece.length;
    return false;
  });
  const head = pieces[first];
  return head ? [head.subarray(skip), ...pieces.slice(first + 1)] : [];
}

export async function readRange(path: string, offset: number, length?: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await readFrom(file, offset, length);
  } finally {
    await file.close();
  }
}

/** Bytes from `offset`, at most `length` of them: fewer where the file ends. */
export async function readFrom(file: FileHandle, offset: number, length = Number.POSITIVE_INFINITY): Promise<Buffer> {
  // A length that is given is nearly always there: the size is asked for only where it is not.
  const wanted = Number.isFinite(length) && length <= 4_194_304 ? length : (await file.stat()).size - offset;
  const buffer = Buffer.allocUnsafe(Math.max(Math.min(length, wanted), 0));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

export const isFull = (cause: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((cause as { code?: string }).code ?? '');
