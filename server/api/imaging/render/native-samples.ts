import type { PictureFormat } from './picture-format.ts';
import { damaged, requireDrawable, type Samples, unsupported } from './samples.ts';

/** An uncompressed frame in little endian (PS3.5 section 8): one bit, eight or sixteen bits a sample. */
export function nativeSamples(bytes: Uint8Array, format: PictureFormat): Samples {
  const { rows, columns, samplesPerPixel: components, bitsAllocated } = format;
  requireDrawable(rows, columns);
  if (![1, 8, 16].includes(bitsAllocated)) unsupported(`BitsAllocated (0028,0100) of ${bitsAllocated}`);
  const count = rows * columns * components;
  const whole = Math.ceil((count * bitsAllocated) / 8);
  const isPacked = components === 3 && /^YBR_(FULL|PARTIAL)_422$/.test(format.photometric) && bytes.length < whole;
  const needed = isPacked ? rows * columns * 2 : whole;
  if (bytes.length < needed) damaged(`the frame has ${bytes.length} bytes of ${needed}`);
  const base = { rows, columns, components, isRgb: false };
  if (isPacked) return { ...base, values: unpackChroma(bytes, rows * columns), isPlanar: false };
  return { ...base, values: typed(bytes, bitsAllocated, count), isPlanar: components > 1 && format.isPlanar };
}

function typed(bytes: Uint8Array, bitsAllocated: number, count: number): Uint8Array | Uint16Array {
  if (bitsAllocated === 8) return bytes.subarray(0, count);
  // One-bit pixels: the first is the least significant bit of the first byte (PS3.5 section 8.1.1).
  if (bitsAllocated === 1)
    return Uint8Array.from({ length: count }, (_, i) => ((bytes[i >> 3] as number) >> (i & 7)) & 1);
  // A copy begins at an even address, which a view of words needs.
  return new Uint16Array(bytes.slice(0, 2 * count).buffer);
}

/** Two pixels share their chrominance in 4:2:2: Y Y Cb Cr. */
function unpackChroma(bytes: Uint8Array, pixels: number): Uint8Array {
  const samples = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    samples[3 * i] = bytes[pair + (i & 1)] as number;
    samples[3 * i + 1] = bytes[pair + 2] as number;
    samples[3 * i + 2] = bytes[pair + 3] as number;
  }
  return samples;
}
