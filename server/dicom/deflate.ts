import { promisify } from 'node:util';
import { constants, inflateRaw, inflateRawSync } from 'node:zlib';
import { invalid } from './invalid.ts';

const inflateAll = promisify(inflateRaw);

/** The largest dataset that a deflated object may hold: it has to be in memory once. */
export const MAX_INFLATED_BYTES = 512 * 1024 * 1024;

const MAX_START_BYTES = 8 * 1024 * 1024;
const FIRST_SLICE = 1024;

/**
 * Inflates only as much of a deflated dataset as `scan` needs. Slices double, and deflate expands at most a thousandfold,
 * so a bomb ends at `MAX_START_BYTES`.
 * @param scan returns undefined while it needs more
 */
export function inflateStart<T>(
  deflated: Buffer,
  isLast: boolean,
  scan: (plain: Buffer, isEnd: boolean) => T | undefined,
): T | undefined {
  for (let length = FIRST_SLICE; ; length *= 2) {
    const isAll = length >= deflated.length;
    // Without its end the stream is not complete: what has come out so far is what is wanted.
    const plain = inflate(deflated.subarray(0, length));
    const result = scan(plain, isAll && isLast);
    if (result !== undefined || isAll) return result;
  }
}

function inflate(slice: Buffer): Buffer {
  try {
    return inflateRawSync(slice, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_START_BYTES });
  } catch (cause) {
    throw invalid({ tag: 0x00020010, expected: 'a deflated dataset', found: 'bytes that do not inflate' }, cause);
  }
}

/** @throws HubError dicom-invalid when the bytes are not deflated or hold more than `MAX_INFLATED_BYTES` */
export async function inflateDataset(deflated: Buffer): Promise<Buffer> {
  try {
    return await inflateAll(deflated, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch (cause) {
    const expected = `a deflated dataset of at most ${MAX_INFLATED_BYTES} bytes`;
    throw invalid({ tag: 0x00020010, expected, found: 'damaged or larger' }, cause);
  }
}
