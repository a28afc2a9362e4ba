import { type ElementHeader, emptyHeader, PIXEL_DATA, parseElementHeader, UNDEFINED_LENGTH } from './element.ts';
import { invalid } from './invalid.ts';
import { skipUndefined } from './skip.ts';
import { swapWords } from './values.ts';
import { wordBytes } from './vr.ts';

/**
 * Explicit-VR elements in the other byte order. Nothing changes its length, so offsets stay. Delimiters and items are
 * elements like the others here: what is inside a sequence is simply next, so nesting costs no stack.
 * @param bytes whole elements; the value of the pixel data may be missing behind its header
 * @returns a copy
 */
export function swapElements(bytes: Buffer, order: 'to-little-endian' | 'to-big-endian' = 'to-little-endian'): Buffer {
  const encoding = { isExplicit: true, isBigEndian: order === 'to-little-endian' };
  const out = Buffer.from(bytes);
  const header = emptyHeader();
  let at = 0;
  while (bytes.length - at >= 8) {
    if (!parseElementHeader(bytes, at, bytes.length, encoding, header)) {
      throw invalid({ expected: 'an element header', found: `${bytes.length - at} bytes`, offset: at });
    }
    swapHeader(out, at, header);
    at += header.headerBytes;
    const { tag, vr, length } = header;
    if (tag >>> 16 === 0xfffe) continue;
    if (length === UNDEFINED_LENGTH) {
      // UN of undefined length is little endian inside already.
      if (vr === 'UN') at = copyUnknown(bytes, at, tag, out);
      continue;
    }
    if (vr === 'SQ' || (tag === PIXEL_DATA && at === bytes.length)) continue;
    if (length > bytes.length - at) {
      throw invalid({ tag, expected: `${length} bytes of value`, found: `${bytes.length - at} bytes`, offset: at });
    }
    const width = wordBytes(vr);
    if (width > 1) swapWords(bytes.subarray(at, at + length), width).copy(out, at);
    at += length;
  }
  return out;
}

function copyUnknown(bytes: Buffer, at: number, tag: number, out: Buffer): number {
  const end = skipUndefined(bytes, at, tag, { isExplicit: false, isBigEndian: false });
  if (end < 0) throw invalid({ tag, expected: 'the end of the sequence', found: 'the end of the data', offset: at });
  bytes.copy(out, at, at, end);
  return end;
}

function swapHeader(out: Buffer, at: number, { tag, headerBytes, oddity }: ElementHeader): void {
  out.subarray(at, at + 4).swap16();
  if (headerBytes === 12) out.subarray(at + 8, at + 12).swap32();
  else if (tag >>> 16 === 0xfffe || oddity === 'vr-missing') out.subarray(at + 4, at + 8).swap32();
  else out.subarray(at + 6, at + 8).swap16();
}
