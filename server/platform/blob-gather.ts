import { createHash } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';

/** A source that ended while it was small, or what was read of it and the rest. */
type Gathered =
  | { isWhole: true; pieces: Uint8Array[]; sha256: string; size: number }
  | { isWhole: false; rest: AsyncIterable<Uint8Array> };

/**
 * Reads a source into memory as long as it is small.
 * @param mostBytes from here on it is handed back, to be streamed
 * @throws HubError `too-large`, or what the source threw
 */
export async function gather(
  source: AsyncIterable<Uint8Array>,
  mostBytes: number,
  maxBytes: number,
): Promise<Gathered> {
  const iterator = source[Symbol.asyncIterator]();
  const hash = createHash('sha256');
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) return { isWhole: true, pieces, sha256: hash.digest('hex'), size };
    pieces.push(value);
    size += value.length;
    if (size > maxBytes) {
      await iterator.return?.();
      throw new HubError('too-large', { limit: maxBytes });
    }
    if (size > mostBytes) return { isWhole: false, rest: resumed(pieces, iterator) };
    hash.update(value);
  }
}

async function* resumed(pieces: Uint8Array[], iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
    // What was gathered is on its way now and need not be held any longer.
    pieces.length = 0;
    for (let piece = await iterator.next(); !piece.done; piece = await iterator.next()) yield piece.value;
  } finally {
    await iterator.return?.();
  }
}
