import type { BlobStore } from './blobs.ts';

/** Holds the header of nearly every image; the next window is for those that say more. */
const firstBytes = 16_384;
const windowBytes = 65_536;

/** The beginning of a stored file, as `storedSource` reads it. */
export const headOf = (blobs: Pick<BlobStore, 'read'>, place: string, size: number): Promise<Buffer> =>
  blobs.read(place, 0, Math.min(firstBytes, size));

/**
 * A stored file for reading here and there. Headers are read in many small steps close to each other: these are served
 * from a window, so that most instances cost one read.
 * @param head where it was read already
 */
export function storedSource(
  blobs: Pick<BlobStore, 'read'>,
  place: string,
  size: number,
  head: Buffer = Buffer.alloc(0),
): { readonly size: number; read(offset: number, length: number): Promise<Buffer> } {
  let window = { offset: 0, bytes: head };
  const fetch = async (offset: number, length: number): Promise<Buffer> => {
    const bytes = await blobs.read(place, offset, length);
    if (bytes.length < length) throw new Error(`the blob ends at ${offset + bytes.length} of ${size} bytes`);
    return bytes;
  };
  return {
    size,
    async read(offset, length) {
      const from = offset - window.offset;
      if (from >= 0 && from + length <= window.bytes.length) return window.bytes.subarray(from, from + length);
      if (length >= windowBytes) return fetch(offset, length);
      const wanted = offset === 0 ? Math.max(firstBytes, length) : windowBytes;
      window = { offset, bytes: await fetch(offset, Math.min(wanted, size - offset)) };
      return window.bytes.subarray(0, length);
    },
  };
}
