import type { DecodeWarning, GreyValues, Padding, PixelFormat } from './picture-types.ts';

export interface StoredBits {
  readonly values: GreyValues;
  readonly warnings: readonly DecodeWarning[];
}

/**
 * Takes the stored bits out of the allocated ones and gives them their sign (PS3.5 section 8.1.1).
 * @param isEncapsulated a compressed stream carries nothing but the sample, so higher bits in it are a wrong header;
 * in native data they may be an overlay and are cut off.
 */
export function toStoredValues(raw: GreyValues, format: PixelFormat, isEncapsulated: boolean): StoredBits {
  const { bitsAllocated, highBit, isSigned, isFloat } = format;
  if (isFloat || bitsAllocated > 16 || bitsAllocated === 1) return { values: raw, warnings: [] };
  const lowBit = isEncapsulated ? 0 : Math.max(0, highBit + 1 - format.bitsStored);
  let bits = format.bitsStored;
  const warnings: DecodeWarning[] = [];
  if (isEncapsulated && !isSigned) {
    const width = 32 - Math.clz32(greatest(raw));
    if (width > bits) {
      warnings.push({ code: 'bits-differ', details: { said: bits, found: width } });
      bits = Math.min(16, width);
    }
  }
  return { values: isSigned ? signed(raw, bits, lowBit) : unsigned(raw, bits, lowBit), warnings };
}

function greatest(values: GreyValues): number {
  let top = 0;
  for (let i = 0; i < values.length; i++) top = Math.max(top, values[i] as number);
  return top;
}

function signed(raw: GreyValues, bits: number, lowBit: number): Int8Array | Int16Array {
  const values = bits > 8 ? new Int16Array(raw.length) : new Int8Array(raw.length);
  const up = 32 - bits - lowBit;
  const down = 32 - bits;
  for (let i = 0; i < raw.length; i++) values[i] = ((raw[i] as number) << up) >> down;
  return values;
}

function unsigned(raw: GreyValues, bits: number, lowBit: number): Uint8Array | Uint16Array {
  const values = bits > 8 ? new Uint16Array(raw.length) : new Uint8Array(raw.length);
  const mask = 2 ** bits - 1;
  for (let i = 0; i < raw.length; i++) values[i] = ((raw[i] as number) >> lowBit) & mask;
  return values;
}

/** Least and greatest value outside the padding; a picture of nothing but padding, or of no number, is 0 .. 1. */
export function range(values: GreyValues, padding?: Padding): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (padding && value >= padding.from && value <= padding.to) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return Number.isFinite(min) && Number.isFinite(max) ? { min, max } : { min: 0, max: 1 };
}
