import { crc32, inflateSync } from 'node:zlib';
import { ecgInvalid } from '../../ecg-invalid.ts';

/** Samples of 8 bits, pixel after pixel, without transparency: what is transparent is white, as paper is. */
export interface PngPixels {
  readonly rows: number;
  readonly columns: number;
  readonly components: 1 | 3;
  readonly data: Buffer;
}

const MAX_SIDE = 65_535;
const MAX_PIXELS = 50_000_000;
/** Samples of a pixel by colour type: grey, colour, palette, grey and alpha, colour and alpha (ISO/IEC 15948, 11.2.2). */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Header {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly type: number;
}
interface Chunks {
  readonly header: Header;
  readonly palette: Buffer;
  readonly packed: Buffer;
}

function fail(where: string, expected: string, found: string | number, offset?: number): never {
  throw ecgInvalid({ format: 'picture', where: `PNG ${where}`, expected, found: String(found), offset });
}

function readHeader(data: Buffer): Header {
  if (data.length !== 13) fail('IHDR', '13 bytes', data.length);
  const [columns, rows, depth, type] = [
    data.readUInt32BE(0),
    data.readUInt32BE(4),
    data.readUInt8(8),
    data.readUInt8(9),
  ];
  if (rows < 1 || columns < 1 || rows > MAX_SIDE || columns > MAX_SIDE || rows * columns > MAX_PIXELS) {
    fail('IHDR', `sides up to ${MAX_SIDE} and ${MAX_PIXELS} pixels`, `${columns} x ${rows}`);
  }
  const depths = type === 3 ? [1, 2, 4, 8] : type === 0 ? [1, 2, 4, 8, 16] : [8, 16];
  if (samplesOf[type] === undefined || !depths.includes(depth))
    fail('IHDR', 'a colour type and depth', `${type}, ${depth}`);
  if (data.readUInt8(12) !== 0) fail('IHDR', 'a picture that is not interlaced', 'an interlaced one');
  return { rows, columns, depth, type };
}

function readChunks(bytes: Buffer): Chunks {
  let header: Header | undefined;
  let palette = Buffer.alloc(0);
  const packed: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) fail('chunk', 'a length within the file', length, at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, end);
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) fail(name, 'its checksum', 'another', end);
    if (name === 'IHDR') header = readHeader(data);
    if (name === 'PLTE') palette = Buffer.from(data);
    if (name === 'IDAT') packed.push(data);
    if (name === 'IEND') break;
    at = end + 4;
  }
  if (!header || packed.length === 0) fail('chunks', 'IHDR and IDAT', 'none');
  return { header, palette, packed: Buffer.concat(packed) };
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Takes the filter of each line back, in place (ISO/IEC 15948, 9.2). */
function unfilter(raw: Buffer, stride: number, rows: number, back: number): void {
  const above = (row: number, at: number) => (row === 0 ? 0 : (raw[(row - 1) * (stride + 1) + 1 + at] as number));
  for (let row = 0; row < rows; row += 1) {
    const start = row * (stride + 1) + 1;
    const kind = raw[start - 1] as number;
    if (kind > 4) fail('IDAT', 'a filter of 0 to 4', kind);
    for (let at = 0; kind > 0 && at < stride; at += 1) {
      const left = at < back ? 0 : (raw[start + at - back] as number);
      const up = above(row, at);
      const corner = at < back ? 0 : above(row, at - back);
      const guess = kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      raw[start + at] = ((raw[start + at] as number) + guess) & 0xff;
    }
  }
}

/** One sample of a line, as 8 bits; a palette index stays an index. */
function sampleAt(raw: Buffer, start: number, index: number, depth: number, isIndex: boolean): number {
  if (depth >= 8) return raw[start + index * (depth / 8)] as number;
  const bit = index * depth;
  const value = ((raw[start + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  return isIndex ? value : Math.round((value * 255) / ((1 << depth) - 1));
}

/**
 * The pixels of a PNG, 16-bit samples cut to their upper byte.
 * @throws HubError ecg-invalid naming the chunk, when it is damaged, interlaced, or larger than 50 million pixels
 */
export function readPngPixels(bytes: Buffer): PngPixels {
  const { header, palette, packed } = readChunks(bytes);
  const { rows, columns, depth, type } = header;
  const samples = samplesOf[type] as number;
  const stride = Math.ceil((columns * samples * depth) / 8);
  const raw = inflated(packed, rows * (stride + 1));
  unfilter(raw, stride, rows, Math.max(1, (samples * depth) / 8));
  const components = type === 0 || type === 4 ? 1 : 3;
  const data = Buffer.alloc(rows * columns * components);
  for (let row = 0, out = 0; row < rows; row += 1) {
    const start = row * (stride + 1) + 1;
    for (let column = 0; column < columns; column += 1) {
      const at = (sample: number) => sampleAt(raw, start, column * samples + sample, depth, type === 3);
      const alpha = type === 4 ? at(1) : type === 6 ? at(3) : 255;
      for (let part = 0; part < components; part += 1, out += 1) {
        const value = type === 3 ? (palette[at(0) * 3 + part] ?? 0) : at(part);
        data[out] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
      }
    }
  }
  return { rows, columns, components, data };
}

function inflated(packed: Buffer, length: number): Buffer {
  try {
    const raw = inflateSync(packed, { maxOutputLength: length });
    if (raw.length === length) return raw;
  } catch (cause) {
    throw ecgInvalid(
      { format: 'picture', where: 'PNG IDAT', expected: `${length} bytes`, found: 'damaged or more' },
      cause,
    );
  }
  return fail('IDAT', `${length} bytes`, 'fewer');
}
