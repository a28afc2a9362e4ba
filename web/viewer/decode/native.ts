import { ViewerProblem } from '../problem.ts';
import { requireDrawable } from './limits.ts';
import type { DecodeWarning, GreyValues, PixelFormat } from './picture-types.ts';

/** Native frames before sign and bit positions are applied; 32 and 64 bits exist here alone. */
export interface NativeSamples {
  readonly values: GreyValues;
  readonly warnings: readonly DecodeWarning[];
}

/** Bytes one native frame of this format takes (PS3.5 section 8); one-bit frames are packed. */
export function nativeLength(format: PixelFormat): number {
  const samples = format.rows * format.columns * format.samplesPerPixel;
  if (format.bitsAllocated === 1) return Math.ceil(samples / 8);
  return samples * (format.bitsAllocated / 8);
}

/** In 4:2:2 two pixels share their chrominance, so that a pixel takes two samples instead of three. */
export function isPackedChroma(bytes: Uint8Array, format: PixelFormat): boolean {
  const is422 = /^YBR_(FULL|PARTIAL)_422$/.test(format.photometricInterpretation);
  // Some devices write 4:2:2 in the header and three full samples in the data: the length tells.
  return is422 && bytes.length < nativeLength(format);
}

/**
 * Reads an uncompressed frame as typed values in the byte order of the machine.
 * @throws ViewerProblem truncated when bytes are missing, unsupported-pixels for an unknown BitsAllocated.
 */
export function readNative(bytes: Uint8Array, format: PixelFormat, isBigEndian: boolean): NativeSamples {
  requireDrawable(format.columns, format.rows);
  const whole = nativeLength(format);
  const expected = isPackedChroma(bytes, format) ? format.rows * format.columns * 2 : whole;
  if (bytes.length < expected) throw new ViewerProblem('truncated', { expected, found: bytes.length });
  const warnings: DecodeWarning[] = [];
  // One padding byte makes the length even (PS3.5 section 7.1.1); more than that is worth a word.
  if (bytes.length > expected + 1) {
    warnings.push({ code: 'bytes-left-over', details: { extra: bytes.length - expected } });
  }
  return { values: typed(bytes.slice(0, expected), format, isBigEndian), warnings };
}

function typed(bytes: Uint8Array<ArrayBuffer>, format: PixelFormat, isBigEndian: boolean): GreyValues {
  const { bitsAllocated, isFloat, isSigned } = format;
  if (bitsAllocated === 1) return unpackBits(bytes, format.rows * format.columns * format.samplesPerPixel);
  if (bitsAllocated === 8) return bytes;
  if (isBigEndian) swapBytes(bytes, bitsAllocated / 8);
  if (bitsAllocated === 16) return new Uint16Array(bytes.buffer);
  if (bitsAllocated === 32 && isFloat) return new Float32Array(bytes.buffer);
  if (bitsAllocated === 64 && isFloat) return new Float64Array(bytes.buffer);
  if (bitsAllocated === 32) return isSigned ? new Int32Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  throw new ViewerProblem('unsupported-pixels', { what: `BitsAllocated ${bitsAllocated}` });
}

/** One-bit pixels, the first in the least significant bit of the first byte (PS3.5 section 8.1.1). */
export function unpackBits(bytes: Uint8Array, count: number): Uint8Array {
  const bits = new Uint8Array(count);
  for (let i = 0; i < count; i++) bits[i] = ((bytes[i >> 3] as number) >> (i & 7)) & 1;
  return bits;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  if (size === 2) {
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      const high = bytes[i] as number;
      bytes[i] = bytes[i + 1] as number;
      bytes[i + 1] = high;
    }
    return;
  }
  for (let start = 0; start + size <= bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}
