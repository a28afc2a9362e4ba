import { JpegProblem } from './problem.ts';

/** Codes up to this length are found by one look; nearly all codes of real streams are. */
export const lookBits = 9;

/** A Huffman table of ITU-T T.81 annex C, arranged for decoding (annex F.2.2.3). */
export interface HuffmanTable {
  /** For each possible next nine bits: code length * 256 + value, or 0 when the code is longer. */
  readonly look: Uint16Array;
  /** Greatest code of each length 1..16, or -1 where there is none. */
  readonly maxCode: Int32Array;
  /** What to add to a code of each length to get its index in `values`. */
  readonly valueOffset: Int32Array;
  readonly values: Uint8Array;
}

/**
 * Builds a table from the sixteen counts and the values of a DHT segment.
 * @throws JpegProblem damaged-stream when the counts describe more codes than fit in their length.
 */
export function buildHuffman(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const look = new Uint16Array(1 << lookBits);
  const maxCode = new Int32Array(18).fill(-1);
  const valueOffset = new Int32Array(18);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] as number;
    valueOffset[length] = index - code;
    for (let i = 0; i < count; i++, code++, index++) {
      if (length <= lookBits) {
        const first = code << (lookBits - length);
        look.fill((length << 8) | (values[index] as number), first, first + (1 << (lookBits - length)));
      }
    }
    if (count > 0) maxCode[length] = code - 1;
    if (code > 1 << length) throw new JpegProblem('damaged-stream', { reason: 'DHT: more codes than bits' });
    code <<= 1;
  }
  return { look, maxCode, valueOffset, values };
}
