import { HubError } from '@lianzhen/contracts/errors.ts';
import { finestBin, type LeadPyramid, levelFactor, type Pyramid, type PyramidLevel } from './pyramid.ts';

// Little-endian: "LZP1", number of leads (u32), number of levels (u32), number of samples (f64), bins of each level (u32);
// then level by level, lead by lead, all minima and all maxima (i32). A level of a lead is one range of bytes.

const magic = 0x31_50_5a_4c;
const fixedBytes = 20;
const mostLeads = 64;
const mostLevels = 16;

export interface PyramidHeader {
  readonly leadCount: number;
  readonly sampleCount: number;
  /** Bins of each level, the finest first. */
  readonly bins: readonly number[];
  readonly byteLength: number;
}

/** Enough bytes from the beginning of a pyramid to read any header. */
export const headerBytes = fixedBytes + 4 * mostLevels;

const startOf = (bins: readonly number[], level: number, leadCount: number) =>
  fixedBytes + 4 * bins.length + bins.slice(0, level).reduce((sum, count) => sum + 8 * count * leadCount, 0);

/** The pyramid as one array of bytes, which is kept beside the trace. */
export function encodePyramid({ sampleCount, leads }: Pyramid): Uint8Array {
  const bins = (leads[0] ?? []).map((level) => level.min.length);
  const bytes = new Uint8Array(startOf(bins, bins.length, leads.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, leads.length, true);
  view.setUint32(8, bins.length, true);
  view.setFloat64(12, sampleCount, true);
  for (const [level, count] of bins.entries()) view.setUint32(fixedBytes + 4 * level, count, true);
  let at = startOf(bins, 0, leads.length);
  for (const level of bins.keys()) {
    for (const lead of leads) {
      for (const values of [lead[level]?.min, lead[level]?.max]) {
        for (const value of values ?? []) {
          view.setInt32(at, value, true);
          at += 4;
        }
      }
    }
  }
  return bytes;
}

const broken = (where: string, found: number) =>
  new HubError('ecg-invalid', { format: 'pyramid', where, expected: 'a pyramid', found: String(found) });

/** Reads the beginning of a pyramid. Throws `ecg-invalid` for anything that `encodePyramid` has not written. */
export function readPyramidHeader(bytes: Uint8Array): PyramidHeader {
  if (bytes.length < fixedBytes) throw broken('length', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw broken('magic', view.getUint32(0, true));
  const leadCount = view.getUint32(4, true);
  const levelCount = view.getUint32(8, true);
  if (leadCount > mostLeads) throw broken('leads', leadCount);
  if (levelCount > mostLevels || bytes.length < fixedBytes + 4 * levelCount) throw broken('levels', levelCount);
  const bins = Array.from({ length: levelCount }, (_, level) => view.getUint32(fixedBytes + 4 * level, true));
  const sampleCount = view.getFloat64(12, true);
  const isFitting =
    Number.isSafeInteger(sampleCount) &&
    bins.every((count, level) => count === Math.ceil(sampleCount / (finestBin * levelFactor ** level)));
  if (!isFitting) throw broken('bins', bins[0] ?? 0);
  return { leadCount, sampleCount, bins, byteLength: startOf(bins, levelCount, leadCount) };
}

/** Where bins `from` to `to` of a lead lie: one range of bytes for the minima and one for the maxima. */
export function binRanges({ leadCount, bins }: PyramidHeader, level: number, lead: number, from: number, to: number) {
  const count = bins[level] ?? 0;
  const start = startOf(bins, level, leadCount) + 8 * count * lead;
  const [first, last] = [Math.max(0, Math.min(count, from)), Math.max(0, Math.min(count, to))];
  const length = 4 * Math.max(0, last - first);
  return { min: { offset: start + 4 * first, length }, max: { offset: start + 4 * (count + first), length } };
}

/** Whole numbers from little-endian bytes of any alignment. */
export function intsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.byteLength >> 2 }, (_, i) => view.getInt32(4 * i, true));
}

/** The whole pyramid. Throws `ecg-invalid` for bytes that are cut or not a pyramid. */
export function decodePyramid(bytes: Uint8Array): Pyramid {
  const header = readPyramidHeader(bytes);
  if (bytes.length !== header.byteLength) throw broken('length', bytes.length);
  const levelOf = (level: number, lead: number): PyramidLevel => {
    const { min, max } = binRanges(header, level, lead, 0, header.bins[level] ?? 0);
    const ints = ({ offset, length }: { offset: number; length: number }) =>
      intsOf(bytes.subarray(offset, offset + length));
    return { samplesPerBin: finestBin * levelFactor ** level, min: ints(min), max: ints(max) };
  };
  const leads = Array.from(
    { length: header.leadCount },
    (_, lead): LeadPyramid => header.bins.map((_count, level) => levelOf(level, lead)),
  );
  return { sampleCount: header.sampleCount, leads };
}
