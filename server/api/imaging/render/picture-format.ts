import { type DicomJson, number, numbers, sequence, text } from '@lianzhen/dicom/model.ts';

/** How the samples of one frame lie and what they mean; plain data, so that it goes to another thread. */
export interface PictureFormat {
  rows: number;
  columns: number;
  samplesPerPixel: number;
  photometric: string;
  isPlanar: boolean;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  isSigned: boolean;
  slope: number;
  intercept: number;
  /** The file's own window; null where it has none. */
  window: Window | null;
  /** Stored values that measure nothing, both included. */
  padding: [number, number] | null;
  palette: Palette | null;
}
/** PS3.3 C.11.2.1.2 and C.11.2.1.3. */
export interface Window {
  center: number;
  width: number;
  shape: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
}
/** Three tables of eight bits and the stored value of their first entry (PS3.3 C.7.9). */
export interface Palette {
  first: number;
  tables: [Uint8Array, Uint8Array, Uint8Array];
}
export type ReadBulk = (tag: string) => Promise<Buffer | undefined>;

const shared = '52009229';
const perFrame = '52009230';

/**
 * What it takes to draw a frame.
 * @param frame from 1
 * @param readBulk the value of an attribute that is kept apart from the others
 */
export async function pictureFormat(json: DicomJson, frame: number, readBulk: ReadBulk): Promise<PictureFormat> {
  const bitsAllocated = number(json, '00280100') ?? 16;
  const bitsStored = number(json, '00280101') ?? bitsAllocated;
  const isSigned = number(json, '00280103') === 1;
  const rescale = macro(json, frame, '00289145');
  return {
    rows: number(json, '00280010') ?? 0,
    columns: number(json, '00280011') ?? 0,
    samplesPerPixel: number(json, '00280002') ?? 1,
    photometric: text(json, '00280004') ?? 'MONOCHROME2',
    isPlanar: number(json, '00280006') === 1,
    bitsAllocated,
    bitsStored,
    highBit: number(json, '00280102') ?? bitsStored - 1,
    isSigned,
    slope: number(rescale, '00281053') || 1,
    intercept: number(rescale, '00281052') ?? 0,
    window: windowOf(macro(json, frame, '00289132')),
    padding: paddingOf(json, isSigned),
    palette: await paletteOf(json, isSigned, readBulk),
  };
}

/** In an enhanced image the frame's own group counts, then the shared one, then the data set (PS3.3 C.7.6.16). */
function macro(json: DicomJson, frame: number, group: string): DicomJson {
  const groups = [sequence(json, perFrame)[frame - 1], sequence(json, shared)[0]];
  for (const one of groups) {
    const item = one && sequence(one, group)[0];
    if (item) return item;
  }
  return json;
}

function windowOf(json: DicomJson): Window | null {
  const [center, width] = [number(json, '00281050'), number(json, '00281051')];
  if (center === undefined || width === undefined || width <= 0) return null;
  const named = text(json, '00281056');
  return { center, width, shape: named === 'SIGMOID' || named === 'LINEAR_EXACT' ? named : 'LINEAR' };
}

/** A writer that takes these for unsigned turns -2000 into 63536. */
const asStored = (value: number, isSigned: boolean): number =>
  isSigned && value > 32_767 && value < 65_536 ? value - 65_536 : value;

function paddingOf(json: DicomJson, isSigned: boolean): [number, number] | null {
  const value = number(json, '00280120');
  if (value === undefined) return null;
  const ends = [value, number(json, '00280121') ?? value].map((end) => asStored(end, isSigned));
  return [Math.min(...ends), Math.max(...ends)];
}

async function paletteOf(json: DicomJson, isSigned: boolean, readBulk: ReadBulk): Promise<Palette | null> {
  if (text(json, '00280004') !== 'PALETTE COLOR') return null;
  const [count, first, bits] = numbers(json, '00281101');
  if (count === undefined || first === undefined || bits === undefined) return null;
  // Zero stands for 65536, which does not fit into the sixteen bits of the descriptor.
  const entries = count === 0 ? 65_536 : count;
  const tables = await Promise.all(
    ['00281201', '00281202', '00281203'].map(async (tag) =>
      eightBits(await binary(json, tag, readBulk), entries, bits),
    ),
  );
  const [red, green, blue] = tables;
  return red && green && blue ? { first: asStored(first, isSigned), tables: [red, green, blue] } : null;
}

async function binary(json: DicomJson, tag: string, readBulk: ReadBulk): Promise<Buffer | undefined> {
  const inline = json[tag]?.InlineBinary;
  return inline === undefined ? readBulk(tag) : Buffer.from(inline, 'base64');
}

function eightBits(data: Buffer | undefined, entries: number, bits: number): Uint8Array | null {
  if (!data || data.length < entries) return null;
  // Some writers pack eight-bit entries one to a byte, others one to a word.
  if (data.length < 2 * entries) return Uint8Array.from(data.subarray(0, entries));
  const shift = Math.max(0, bits - 8);
  return Uint8Array.from({ length: entries }, (_, i) => Math.min(255, data.readUInt16LE(2 * i) >> shift));
}
