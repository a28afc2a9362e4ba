import type { Fragments } from './fragments.ts';
import type { Warnings } from './invalid.ts';
import { type DicomJson, number, text } from './model.ts';
import type { TransferSyntax } from './sop-classes.ts';
import { tags } from './tags.ts';
import type { PixelRange } from './walk.ts';

/** Byte ranges of one frame, in order: `[offset, length]`. Several where a frame was cut into fragments. */
export type FrameRanges = Array<[offset: number, length: number]>;

/** The Extended Offset Table (PS3.3 C.7.6.3.1.8), for objects whose offsets exceed 32 bits. */
export interface ExtendedTable {
  offsets: number[];
  lengths: number[];
}

/** What decides the size of a native frame (PS3.3 C.7.6.3). */
export interface PixelDescription {
  numberOfFrames: number;
  rows?: number;
  columns?: number;
  samplesPerPixel?: number;
  bitsAllocated?: number;
  bitsStored?: number;
  highBit?: number;
  /** 0 unsigned, 1 signed */
  pixelRepresentation?: number;
  photometricInterpretation?: string;
  planarConfiguration?: number;
}

export function describePixels(json: DicomJson, hasPixels: boolean, warnings: Warnings): PixelDescription {
  const declared = number(json, tags.NumberOfFrames);
  const isCount = isPositiveInteger(declared);
  if (!isCount && json[tags.NumberOfFrames]?.Value) warnings.add('value-unreadable', 0x00280008);
  return {
    numberOfFrames: hasPixels ? (isCount ? declared : 1) : 0,
    rows: number(json, tags.Rows),
    columns: number(json, tags.Columns),
    samplesPerPixel: number(json, tags.SamplesPerPixel),
    bitsAllocated: number(json, tags.BitsAllocated),
    bitsStored: number(json, tags.BitsStored),
    highBit: number(json, tags.HighBit),
    pixelRepresentation: number(json, tags.PixelRepresentation),
    photometricInterpretation: text(json, tags.PhotometricInterpretation),
    planarConfiguration: number(json, tags.PlanarConfiguration),
  };
}

function isPositiveInteger(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0;
}

/**
 * Bits of one native frame. YBR_FULL_422 and its kin carry two samples for each pixel, YBR_PARTIAL_420 one and a half
 * (PS3.3 C.7.6.3.1.2); devices that write that name over unsampled pixels are known by the length of the pixel data.
 */
function frameBits(pixels: PixelDescription, length: number): number | undefined {
  const { rows, columns, bitsAllocated, samplesPerPixel = 1, numberOfFrames } = pixels;
  if (!isPositiveInteger(rows) || !isPositiveInteger(columns)) return undefined;
  if (!isPositiveInteger(bitsAllocated) || bitsAllocated > 64 || !isPositiveInteger(samplesPerPixel)) return undefined;
  const whole = rows * columns * bitsAllocated;
  const full = whole * samplesPerPixel;
  if (samplesPerPixel !== 3 || Math.ceil((full * numberOfFrames) / 8) <= length) return full;
  const photometric = pixels.photometricInterpretation ?? '';
  if (/_422$/.test(photometric)) return whole * 2;
  return /_420$/.test(photometric) ? whole * 1.5 : full;
}

function nativeFrames(pixels: PixelDescription, range: PixelRange, warnings: Warnings): FrameRanges[] {
  const bits = frameBits(pixels, range.length);
  if (bits === undefined) {
    warnings.add('pixel-description-incomplete', 0x7fe00010);
    return [];
  }
  const promised = Math.ceil((bits * pixels.numberOfFrames) / 8);
  const excess = range.length - promised;
  if (excess < 0 || excess > 1) {
    warnings.add('pixel-length-mismatch', 0x7fe00010, { expected: String(promised), found: String(range.length) });
  }
  if (pixels.numberOfFrames > 1 && bits % 8 !== 0) {
    // Single-bit frames whose size is no multiple of eight share bytes: no range holds one of them alone.
    warnings.add('frames-not-byte-aligned', 0x7fe00010);
    return [];
  }
  const bytes = Math.ceil(bits / 8);
  const complete = Math.min(pixels.numberOfFrames, Math.floor(range.length / bytes));
  return Array.from({ length: complete }, (_, index) => [[range.offset + index * bytes, bytes]]);
}

/** Cuts the fragments before each index of `starts`. */
function group(fragments: Fragments, starts: readonly number[]): FrameRanges[] {
  return starts.map((start, frame) => {
    const end = starts[frame + 1] ?? fragments.offsets.length;
    const ranges: FrameRanges = [];
    for (let index = start; index < end; index += 1) {
      ranges.push([fragments.offsets[index] ?? 0, fragments.lengths[index] ?? 0]);
    }
    return ranges;
  });
}

/** The fragments that table offsets point at, or undefined when one points elsewhere or the order is wrong. */
function startsOfTable(fragments: Fragments, table: readonly number[]): number[] | undefined {
  const starts: number[] = [];
  let index = 0;
  for (const entry of table) {
    const wanted = fragments.origin + entry + 8;
    while (index < fragments.offsets.length && (fragments.offsets[index] ?? 0) < wanted) index += 1;
    if (fragments.offsets[index] !== wanted || starts.at(-1) === index) return undefined;
    starts.push(index);
  }
  return starts[0] === 0 ? starts : undefined;
}

function framesOfTables(
  fragments: Fragments,
  extended: ExtendedTable | undefined,
  count: number,
  warnings: Warnings,
): FrameRanges[] | undefined {
  const isExtended = extended !== undefined && extended.offsets.length > 0;
  const table = isExtended ? extended.offsets : fragments.offsetTable;
  if (table.length === 0) return undefined;
  const starts = table.length === count ? startsOfTable(fragments, table) : undefined;
  if (!starts) {
    warnings.add('offset-table-wrong', isExtended ? 0x7fe00001 : 0x7fe00010);
    return undefined;
  }
  const frames = group(fragments, starts);
  if (!isExtended) return frames;
  return frames.map((ranges, frame) => {
    const [offset, length] = ranges[0] ?? [0, 0];
    const exact = extended.lengths[frame] ?? length;
    // The extended table tells the length without padding, and allows one fragment per frame only.
    return ranges.length === 1 && exact > 0 && exact <= length ? [[offset, exact]] : ranges;
  });
}

function encapsulatedFrames(
  fragments: Fragments,
  extended: ExtendedTable | undefined,
  count: number,
  warnings: Warnings,
): FrameRanges[] {
  const total = fragments.offsets.length;
  if (total === 0) {
    warnings.add('frame-count-mismatch', 0x00280008, { expected: String(count), found: '0' });
    return [];
  }
  const byTable = framesOfTables(fragments, extended, count, warnings);
  if (byTable) return byTable;
  if (count === 1) return group(fragments, [0]);
  const every = fragments.offsets.map((_, index) => index);
  if (total === count) return group(fragments, every);
  const marked = every.filter((index) => fragments.isStart[index]);
  if (total > count && marked.length === count && marked[0] === 0) return group(fragments, marked);
  warnings.add('frame-count-mismatch', 0x00280008, { expected: String(count), found: String(marked.length || total) });
  // Fewer fragments than frames: those that are there are whole frames. Otherwise nobody can tell where one begins.
  return total < count ? group(fragments, every) : [];
}

/**
 * Where each frame is. Frames that are cut off or that cannot be told apart are left out, with a warning; a video is
 * one entry with all its fragments, since its frames cannot be had singly (PS3.5 8.2.5).
 */
export function locateFrames(
  pixels: PixelDescription,
  range: PixelRange | undefined,
  syntax: TransferSyntax,
  extended: ExtendedTable | undefined,
  warnings: Warnings,
): FrameRanges[] {
  if (!range) return [];
  if (!range.fragments) return nativeFrames(pixels, range, warnings);
  if (syntax.codec === 'video') return group(range.fragments, range.fragments.offsets.length > 0 ? [0] : []);
  return encapsulatedFrames(range.fragments, extended, pixels.numberOfFrames, warnings);
}
