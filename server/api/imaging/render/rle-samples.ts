import type { PictureFormat } from './picture-format.ts';
import { damaged, requireDrawable, type Samples, unsupported } from './samples.ts';

const headerBytes = 64;

/**
 * RLE (PS3.5 annex G): sixteen little endian words, the count of segments and their offsets, then one PackBits segment for
 * each byte of a pixel, the most significant first, sample after sample.
 */
export function rleSamples(bytes: Uint8Array, format: PictureFormat): Samples {
  const { rows, columns, samplesPerPixel: components, bitsAllocated } = format;
  requireDrawable(rows, columns);
  if (bitsAllocated !== 8 && bitsAllocated !== 16)
    unsupported(`RLE with BitsAllocated (0028,0100) of ${bitsAllocated}`);
  const depth = bitsAllocated / 8;
  const offsets = offsetsOf(bytes, components * depth);
  const pixels = rows * columns;
  const values = depth === 1 ? new Uint8Array(pixels * components) : new Uint16Array(pixels * components);
  for (const [segment, offset] of offsets.entries()) {
    const plane = unpack(bytes.subarray(offset, offsets[segment + 1] ?? bytes.length), pixels);
    const from = Math.floor(segment / depth) * pixels;
    const shift = depth === 2 && segment % 2 === 0 ? 8 : 0;
    for (let i = 0; i < pixels; i++) values[from + i] = (values[from + i] as number) | ((plane[i] as number) << shift);
  }
  return { rows, columns, components, values, isPlanar: components > 1, isRgb: false };
}

function offsetsOf(bytes: Uint8Array, expected: number): number[] {
  if (bytes.length < headerBytes) damaged('RLE: the header is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const count = view.getUint32(0, true);
  if (count !== expected) damaged(`RLE: ${count} segments, expected ${expected}`);
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i, true));
  const isRising = offsets.every((offset, i) => offset >= (offsets[i - 1] ?? headerBytes) && offset < bytes.length);
  return isRising ? offsets : damaged('RLE: offsets that lead nowhere');
}

/** PackBits; a segment that ends early has no picture. */
function unpack(source: Uint8Array, length: number): Uint8Array {
  const plane = new Uint8Array(length);
  let [from, to] = [0, 0];
  while (to < length && from < source.length) {
    const control = ((source[from++] as number) << 24) >> 24;
    if (control === -128) continue;
    const run = Math.min(control >= 0 ? control + 1 : 1 - control, length - to);
    if (control >= 0) {
      plane.set(source.subarray(from, from + run), to);
      from += control + 1;
    } else plane.fill(source[from++] ?? 0, to, to + run);
    to += run;
  }
  return to === length && from <= source.length ? plane : damaged('RLE: a segment ends early');
}
