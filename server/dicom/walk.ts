import { type Cursor, fill, has, type Reading } from './cursor.ts';
import { isSignedWithPixels, tagText, vrOf } from './dictionary.ts';
import {
  type ElementHeader,
  type Encoding,
  emptyHeader,
  IMPLICIT_LITTLE,
  ITEM,
  ITEM_END,
  PIXEL_DATA,
  parseElementHeader,
  SEQUENCE_END,
  UNDEFINED_LENGTH,
} from './element.ts';
import { type Fragments, readFragments } from './fragments.ts';
import { invalid, type Warnings } from './invalid.ts';
import type { DicomAttribute, DicomJson } from './model.ts';
import { unknownCharsets } from './text.ts';
import { decodeValue } from './values.ts';
import { isCharsetText, isSingleText } from './vr.ts';

/** A value left where it is: offset and length in bytes from the first byte of the source. */
export interface BulkRange {
  vr: string;
  offset: number;
  length: number;
}

/** Where the pixels are; `fragments` when they are encapsulated. */
export interface PixelRange extends BulkRange {
  fragments?: Fragments;
}

/** One reading of one dataset: its limits, and what is found besides the attributes. */
export interface Walk {
  readonly cursor: Cursor;
  readonly maxDepth: number;
  readonly maxElements: number;
  /** Longer values stay where they are and are told in `bulk`: bytes for binary and numbers, and for text. */
  readonly inlineBytes: number;
  readonly inlineTextBytes: number;
  /** Takes the place of every (0008,0005). */
  readonly charsetOverride?: readonly string[];
  readonly warnings: Warnings;
  elements: number;
  /** (0028,0103) as soon as it is read: it decides between US and SS in implicit VR. */
  isSigned: boolean;
  readonly declaredCharsets: string[];
  /** Copies of text bytes beyond ASCII, bounded, for `guessCharset`. */
  readonly foreignText: Buffer[];
  readonly bulk: Record<string, BulkRange>;
  pixels?: PixelRange;
}

type Limits = Pick<Walk, 'cursor' | 'maxDepth' | 'maxElements' | 'inlineBytes' | 'inlineTextBytes' | 'warnings'>;

/** A reading that has found nothing yet. @param charsetOverride takes the place of every (0008,0005) */
export const startWalk = (limits: Limits, charsetOverride?: readonly string[]): Walk => ({
  ...limits,
  ...(charsetOverride ? { charsetOverride } : {}),
  elements: 0,
  isSigned: false,
  declaredCharsets: [],
  foreignText: [],
  bulk: {},
});

/** Where in the tree a dataset is, and what it inherits from there. */
export interface Scope {
  readonly encoding: Encoding;
  readonly depth: number;
  /** `54000100/0/` for the elements of the first item of that sequence. */
  readonly path: string;
  charsets: readonly string[];
}

const MAX_FOREIGN_VALUES = 64;

/** Reads elements up to `end`, or to the delimiter of the item that this dataset is. */
export function* readElements(walk: Walk, scope: Scope, end: number): Reading<DicomJson> {
  const json: DicomJson = {};
  const { cursor, warnings } = walk;
  const header = emptyHeader();
  let previous = -1;
  while (cursor.at < end) {
    const start = cursor.at;
    if (scope.depth === 0 && isTail(walk, end)) break;
    const room = headerRoom(cursor, end);
    if (!has(cursor, room)) yield* fill(cursor, room);
    nextHeader(walk, scope.encoding, end, header);
    const { tag } = header;
    if (tag === ITEM_END || tag === SEQUENCE_END) {
      if (scope.depth > 0) {
        // Without its own delimiter an item also ends where its sequence does.
        if (tag === SEQUENCE_END) cursor.at = start;
        return json;
      }
      warnings.add('stray-delimiter');
      continue;
    }
    if (tag === 0 && previous >= 0 && scope.depth === 0) {
      warnings.add('trailing-bytes');
      break;
    }
    if (tag <= previous) warnings.add('out-of-order', tag);
    previous = tag;
    const vr = effectiveVr(walk, scope, header);
    // Nearly every value is in the window already: a generator for each took a fifth of all reading.
    let attribute: DicomAttribute | undefined;
    if (vr === 'SQ' || header.length === UNDEFINED_LENGTH) attribute = yield* readNested(walk, scope, header, vr, end);
    else attribute = leftValue(walk, scope, header, vr, end);
    if (!attribute) {
      if (!has(cursor, header.length)) yield* fill(cursor, header.length, tag);
      attribute = takeValue(walk, scope, header, vr);
    }
    if ((tag & 0xffff) === 0) continue;
    const key = tagText(tag);
    if (json[key]) warnings.add('duplicate-element', tag);
    else json[key] = note(walk, scope, tag, attribute);
  }
  return json;
}

/** Fewer bytes than a header behind the last element are padding that some writers leave; in metadata they are damage. */
function isTail(walk: Walk, end: number): boolean {
  if (end - walk.cursor.at >= 8) return false;
  if (!walk.pixels) {
    throw invalid({ expected: 'an element', found: `${end - walk.cursor.at} bytes`, offset: walk.cursor.at });
  }
  walk.warnings.add('trailing-bytes');
  return true;
}

const headerRoom = (cursor: Cursor, end: number): number => Math.min(12, end - cursor.at);

/** The header of the next element, for which there is room in the window. */
function nextHeader(walk: Walk, encoding: Encoding, end: number, header: ElementHeader): void {
  const { cursor } = walk;
  walk.elements += 1;
  if (walk.elements > walk.maxElements) {
    throw invalid({ expected: `at most ${walk.maxElements} elements`, found: 'more', offset: cursor.at });
  }
  const local = cursor.at - cursor.base;
  if (!parseElementHeader(cursor.buffer, local, local + headerRoom(cursor, end), encoding, header)) {
    throw invalid({ expected: 'an element header', found: `${end - cursor.at} bytes`, offset: cursor.at });
  }
  if (header.oddity) walk.warnings.add(header.oddity, header.tag);
  cursor.at += header.headerBytes;
}

/** What later elements depend on: the character sets, and the sign of pixel values. */
function note(walk: Walk, scope: Scope, tag: number, attribute: DicomAttribute): DicomAttribute {
  if (tag === 0x00280103) walk.isSigned = attribute.Value?.[0] === 1;
  if (tag !== 0x00080005) return attribute;
  const values = (attribute.Value ?? []).map((value) => (typeof value === 'string' ? value : ''));
  for (const found of unknownCharsets(values)) walk.warnings.add('charset-unknown', tag, { found });
  if (scope.depth === 0) walk.declaredCharsets.push(...values);
  scope.charsets = walk.charsetOverride ?? values;
  return attribute;
}

/** The representation that a value is read by: what implicit VR leaves open is settled here. */
function effectiveVr(walk: Walk, scope: Scope, { tag, vr, length }: ElementHeader): string {
  if (length === UNDEFINED_LENGTH) return vr;
  if (vr === 'US' && walk.isSigned && !scope.encoding.isExplicit && isSignedWithPixels(tag)) return 'SS';
  // A forwarder that did not know a standard element wrote UN; its bytes are still those of that element (PS3.5 6.2.2).
  if (vr === 'UN' && scope.encoding.isExplicit && !scope.encoding.isBigEndian) return vrOf(tag);
  return vr;
}

/** A sequence, or a value that ends where its delimiter is. */
function* readNested(
  walk: Walk,
  scope: Scope,
  header: ElementHeader,
  vr: string,
  end: number,
): Reading<DicomAttribute> {
  const { tag, length } = header;
  if (length === UNDEFINED_LENGTH) return yield* readUndefined(walk, scope, tag, vr, end);
  mustEnd(walk, header, end);
  // What a forwarder wrote as UN is always implicit VR inside.
  const encoding = header.vr === 'UN' ? IMPLICIT_LITTLE : scope.encoding;
  return yield* readSequence(walk, { ...scope, encoding }, tag, walk.cursor.at + length);
}

function mustEnd({ cursor }: Walk, { tag, length }: ElementHeader, end: number): void {
  if (length <= end - cursor.at) return;
  const found = `${end - cursor.at} bytes`;
  throw invalid({ tag, expected: `${length} bytes of value`, found, offset: cursor.at });
}

/** Pixels, and what is too long for the attributes, stay where they are; undefined for a value that is to be read. */
function leftValue(
  walk: Walk,
  scope: Scope,
  header: ElementHeader,
  vr: string,
  end: number,
): DicomAttribute | undefined {
  const { tag, length } = header;
  const offset = walk.cursor.at;
  if (scope.depth === 0 && (tag === PIXEL_DATA || tag === 0x7fe00008 || tag === 0x7fe00009)) {
    const there = Math.min(length, end - offset);
    if (there < length) walk.warnings.add('pixel-data-truncated', tag);
    walk.pixels ??= { vr, offset, length: there };
    return leave(walk, scope, tag, { vr, offset, length: there });
  }
  mustEnd(walk, header, end);
  const limit = isCharsetText(vr) || isSingleText(vr) ? walk.inlineTextBytes : walk.inlineBytes;
  return length > limit ? leave(walk, scope, tag, { vr, offset, length }) : undefined;
}

/** A value that lies in the window as a whole. */
function takeValue(walk: Walk, scope: Scope, { length }: ElementHeader, vr: string): DicomAttribute {
  const { cursor } = walk;
  const local = cursor.at - cursor.base;
  const bytes = cursor.buffer.subarray(local, local + length);
  cursor.at += length;
  if (isCharsetText(vr)) keepForeign(walk, bytes);
  return decodeValue(vr, bytes, scope.encoding.isBigEndian, scope.charsets);
}

function keepForeign(walk: Walk, bytes: Buffer): void {
  if (walk.foreignText.length >= MAX_FOREIGN_VALUES || bytes.length > 1024) return;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) >= 0x80) return void walk.foreignText.push(Buffer.from(bytes));
  }
}

function leave(walk: Walk, scope: Scope, tag: number, range: BulkRange): DicomAttribute {
  const path = `${scope.path}${tagText(tag)}`;
  walk.bulk[path] = range;
  walk.cursor.at = range.offset + range.length;
  return { vr: range.vr, BulkDataURI: `bulk/${path}` };
}

function* readUndefined(walk: Walk, scope: Scope, tag: number, vr: string, end: number): Reading<DicomAttribute> {
  const { cursor } = walk;
  if (tag === PIXEL_DATA || vr === 'OB' || vr === 'OW') {
    const offset = cursor.at;
    const isPixels = tag === PIXEL_DATA && scope.depth === 0;
    const fragments = yield* readFragments(
      cursor,
      end,
      scope.encoding.isBigEndian,
      isPixels ? walk.warnings : undefined,
    );
    const range = { vr, offset, length: cursor.at - offset };
    if (isPixels) walk.pixels ??= { ...range, fragments };
    return leave(walk, scope, tag, range);
  }
  if (vr !== 'SQ' && vr !== 'UN') {
    throw invalid({ tag, expected: `a length for ${vr}`, found: 'an undefined length', offset: cursor.at });
  }
  // PS3.5 6.2.2: UN of undefined length is a sequence in implicit VR little endian, whatever surrounds it.
  const encoding = vr === 'UN' ? IMPLICIT_LITTLE : scope.encoding;
  return yield* readSequence(walk, { ...scope, encoding }, tag, end, true);
}

/** The items of a sequence up to `end`, or to its delimiter when the length is undefined. */
function* readSequence(
  walk: Walk,
  scope: Scope,
  tag: number,
  end: number,
  isDelimited = false,
): Reading<DicomAttribute> {
  const { cursor } = walk;
  const depth = scope.depth + 1;
  if (depth > walk.maxDepth) {
    throw invalid({ tag, expected: `at most ${walk.maxDepth} levels`, found: 'deeper', offset: cursor.at });
  }
  const items: DicomJson[] = [];
  const header = emptyHeader();
  for (;;) {
    if (cursor.at >= end) {
      if (!isDelimited) break;
      throw invalid({ tag, expected: 'the end of the sequence', found: 'the end of the data', offset: cursor.at });
    }
    const room = headerRoom(cursor, end);
    if (!has(cursor, room)) yield* fill(cursor, room);
    nextHeader(walk, scope.encoding, end, header);
    if (header.tag === SEQUENCE_END) break;
    if (header.tag !== ITEM) {
      throw invalid({ tag, expected: 'an item', found: tagText(header.tag), offset: cursor.at - 8 });
    }
    const itemEnd = header.length === UNDEFINED_LENGTH ? end : cursor.at + header.length;
    if (itemEnd > end) {
      throw invalid({ tag, expected: 'an item inside its sequence', found: 'a longer one', offset: cursor.at });
    }
    const path = `${scope.path}${tagText(tag)}/${items.length}/`;
    items.push(yield* readElements(walk, { ...scope, depth, path }, itemEnd));
  }
  return items.length === 0 ? { vr: 'SQ' } : { vr: 'SQ', Value: items };
}
