import { ViewerProblem } from '../problem.ts';
import { requireDrawable } from './limits.ts';
import type { PixelFormat, Samples } from './picture-types.ts';

const headerBytes = 64;

/**
 * Undoes RLE compression (PS3.5 annex G). A frame is a header of sixteen little endian words (count of segments, their
 * offsets) and one PackBits segment per byte of a composite pixel: all most significant bytes of the first sample, then
 * the next byte, then the next sample. The result is therefore planar.
 */
export function decodeRle(bytes: Uint8Array, format: PixelFormat): Samples {
  const { columns, rows, samplesPerPixel, bitsAllocated } = format;
  requireDrawable(columns, rows);
  const bytesPerSample = bitsAllocated / 8;
  if (bytesPerSample !== 1 && bytesPerSample !== 2) {
    throw new ViewerProblem('unsupported-pixels', { what: `RLE, BitsAllocated ${bitsAllocated}` });
  }
  const offsets = readOffsets(bytes, samplesPerPixel * bytesPerSample);
  const pixels = columns * rows;
  const plane = new Uint8Array(pixels);
  const values =
    bytesPerSample === 1 ? new Uint8Array(pixels * samplesPerPixel) : new Uint16Array(pixels * samplesPerPixel);
  for (let segment = 0; segment < offsets.length; segment++) {
    unpack(bytes.subarray(offsets[segment], offsets[segment + 1] ?? bytes.length), plane, segment);
    const sample = Math.floor(segment / bytesPerSample);
    const isHighByte = bytesPerSample === 2 && segment % 2 === 0;
    const target = values.subarray(sample * pixels, (sample + 1) * pixels);
    if (isHighByte) for (let i = 0; i < pixels; i++) target[i] = (plane[i] as number) << 8;
    else for (let i = 0; i < pixels; i++) target[i] = (target[i] as number) | (plane[i] as number);
  }
  return { columns, rows, components: samplesPerPixel, values, isPlanar: samplesPerPixel > 1, isRgb: false };
}

function readOffsets(bytes: Uint8Array, expected: number): number[] {
  if (bytes.length < headerBytes) throw new ViewerProblem('truncated', { expected: headerBytes, found: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const count = view.getUint32(0, true);
  if (count !== expected)
    throw new ViewerProblem('damaged-stream', { reason: `RLE: ${count} segments, expected ${expected}` });
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i, true));
  let previous = headerBytes;
  for (const offset of offsets) {
    if (offset < previous || offset >= bytes.length)
      throw new ViewerProblem('damaged-stream', { reason: `RLE: offset ${offset}` });
    previous = offset;
  }
  return offsets;
}

function unpack(source: Uint8Array, target: Uint8Array, segment: number): void {
  let from = 0;
  let to = 0;
  while (to < target.length && from < source.length) {
    const control = ((source[from++] as number) << 24) >> 24;
    if (control >= 0) {
      const end = Math.min(from + control + 1, source.length);
      const run = source.subarray(from, Math.min(end, from + target.length - to));
      target.set(run, to);
      to += run.length;
      from = end;
    } else if (control !== -128) {
      if (from >= source.length) break;
      const end = Math.min(to + 1 - control, target.length);
      target.fill(source[from++] as number, to, end);
      to = end;
    }
  }
  // A segment that ends early would leave the previous plane's bytes in the picture.
  if (to < target.length)
    throw new ViewerProblem('truncated', { expected: target.length, found: to, segment: segment + 1 });
}
