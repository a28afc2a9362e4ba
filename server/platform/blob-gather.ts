import { createHash } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';

/** A source that ended while it was small, or what was read of it and the rest. */
type Gathered =
  | { isWhole: true; sha256: string; size: number }
  | { isWhole: false; rest: AsyncGenerator<Uint8Array, void, undefined> };

/**
 * Reads a source into memory as long as it fits.
 * @param room where its bytes go; what does not fit is handed back, to be streamed
 * @throws HubError `too-large`, or what the source threw
 */
export async function gather(source: AsyncIterable<Uint8Array>, room: Uint8Array, maxBytes: number): Promise<Gathered> {
  const iterator = source[Symbol.asyncIterator]();
  // Piece by piece, while the sender is busy with the next one: he waits for all that is left to do at the end.
  const hash = createHash('sha256');
  let size = 0;
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) return { isWhole: true, sha256: hash.digest('hex'), size };
    if (size + value.length > maxBytes) {
      await iterator.return?.();
      throw new HubError('too-large', { limit: maxBytes });
    }
    if (size + value.length > room.length) {
      return { isWhole: false, rest: resumed([room.subarray(0, size), value], iterator) };
    }
    room.set(value, size);
    hash.update(value);
    size += value.length;
  }
}

async function* resumed(read: Uint8Array[], iterator: AsyncIterator<Uint8Array>) {
  try {
    yield* read;
    for (let piece = await iterator.next(); !piece.done; piece = await iterator.next()) yield piece.value;
  } finally {
    await iterator.return?.();
  }
}
