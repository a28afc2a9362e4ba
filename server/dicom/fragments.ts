import { type Cursor, fill, has, type Reading, take } from './cursor.ts';
import { ITEM, SEQUENCE_END, UNDEFINED_LENGTH } from './element.ts';
import { invalid, type Warnings } from './invalid.ts';

/** The fragments of encapsulated pixel data (PS3.5 A.4). Offsets are of their bytes, from the start of the source. */
export interface Fragments {
  /** Values of the Basic Offset Table; empty when it has none. */
  offsetTable: number[];
  /** Offset of the first item behind the table: what table offsets count from. */
  origin: number;
  offsets: number[];
  lengths: number[];
  /** Whether the fragment begins with bytes that only the beginning of a frame has. */
  isStart: boolean[];
}

const MAX_FRAGMENTS = 1_000_000;
const SMALL_CHUNK = 64;
const LARGE_CHUNK = 64 * 1024;
/** Below this length reading on is cheaper than asking again. */
const SMALL_FRAGMENT = 16 * 1024;

/** JPEG and JPEG-LS begin with FFD8, JPEG 2000 with FF4F FF51 or its file box, JPEG XL with FF0A, RLE with its segment count and the offset 64. */
function beginsFrame(bytes: Buffer): boolean {
  if (bytes.length < 2) return false;
  const word = bytes.readUInt16BE(0);
  if (word === 0xffd8 || word === 0xff0a) return true;
  if (bytes.length < 8) return false;
  if (word === 0xff4f) return bytes.readUInt16BE(2) === 0xff51;
  if (bytes.readUInt32BE(0) === 0x0000000c) return true;
  const segments = bytes.readUInt32LE(0);
  return segments >= 1 && segments <= 15 && bytes.readUInt32LE(4) === 64;
}

function tableOf(bytes: Buffer): number[] {
  const table: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) table.push(bytes.readUInt32LE(at));
  return table;
}

/**
 * Reads item headers only, and the first bytes of each fragment. The cursor ends behind the sequence delimiter. Data
 * that end too early are told as a warning where there is someone to tell (the pixels of the object itself); the
 * fragments before are kept.
 */
export function* readFragments(
  cursor: Cursor,
  end: number,
  isBigEndian: boolean,
  warnings: Warnings | undefined,
): Reading<Fragments> {
  const fragments: Fragments = { offsetTable: [], origin: cursor.at, offsets: [], lengths: [], isStart: [] };
  const metadataChunk = cursor.chunk;
  for (let item = 0; ; item += 1) {
    if (end - cursor.at < 8) return endEarly(cursor, end, fragments, warnings);
    if (!has(cursor, 8)) yield* fill(cursor, 8);
    const local = cursor.at - cursor.base;
    const { tag, length } = itemHeader(cursor.buffer, local, isBigEndian);
    if (tag === SEQUENCE_END) {
      cursor.at += 8;
      break;
    }
    if (tag !== ITEM || length === UNDEFINED_LENGTH || item > MAX_FRAGMENTS) {
      const expected = `at most ${MAX_FRAGMENTS} fragments and their delimiter`;
      throw invalid({ tag: 0x7fe00010, expected, found: tag.toString(16), offset: cursor.at });
    }
    cursor.at += 8;
    if (length > end - cursor.at) return endEarly(cursor, end, fragments, warnings);
    if (item === 0) {
      fragments.offsetTable = yield* readTable(cursor, length);
      fragments.origin = cursor.at;
      continue;
    }
    yield* addFragment(cursor, length, fragments);
  }
  cursor.chunk = metadataChunk;
  return fragments;
}

function itemHeader(bytes: Buffer, at: number, isBigEndian: boolean): { tag: number; length: number } {
  if (isBigEndian) return { tag: bytes.readUInt32BE(at), length: bytes.readUInt32BE(at + 4) };
  return {
    tag: bytes.readUInt16LE(at) * 65536 + bytes.readUInt16LE(at + 2),
    length: bytes.readUInt32LE(at + 4),
  };
}

function* readTable(cursor: Cursor, length: number): Reading<number[]> {
  if (length > 4 * MAX_FRAGMENTS) {
    throw invalid({ tag: 0x7fe00010, expected: 'an offset table', found: `${length} bytes`, offset: cursor.at });
  }
  return tableOf(yield* take(cursor, length));
}

function* addFragment(cursor: Cursor, length: number, fragments: Fragments): Reading<void> {
  const offset = cursor.at;
  cursor.chunk = cursor.chunk === 0 ? 0 : length < SMALL_FRAGMENT ? LARGE_CHUNK : SMALL_CHUNK;
  const start = yield* take(cursor, Math.min(8, length));
  fragments.offsets.push(offset);
  fragments.lengths.push(length);
  fragments.isStart.push(beginsFrame(start));
  cursor.at = offset + length;
}

function endEarly(cursor: Cursor, end: number, fragments: Fragments, warnings: Warnings | undefined): Fragments {
  if (!warnings) {
    throw invalid({ expected: 'the end of the fragments', found: 'the end of the data', offset: cursor.at });
  }
  warnings.add('pixel-data-truncated', 0x7fe00010);
  cursor.at = end;
  return fragments;
}
