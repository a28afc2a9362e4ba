import { cursorOver, runInMemory } from './cursor.ts';
import { vrOf } from './dictionary.ts';
import { encodingOfFirstElement, UNDEFINED_LENGTH } from './element.ts';
import { encodeValue } from './encode-values.ts';
import { requireTransferSyntax } from './header.ts';
import { invalid, Warnings } from './invalid.ts';
import type { DicomAttribute, DicomJson } from './model.ts';
import { tags } from './tags.ts';
import { hasLongHeader, isCharsetText, isKnownVr } from './vr.ts';
import { readElements, startWalk } from './walk.ts';

const UTF_8 = 'ISO_IR 192';
const MAX_DEPTH = 32;

export interface EncodeOptions {
  /** How sequences end: `defined` (the default) suits every receiver, `undefined` is what some expect. */
  sequenceLength?: 'defined' | 'undefined';
}

interface Writing {
  readonly isExplicit: boolean;
  readonly charset: readonly string[];
  readonly isDelimited: boolean;
  readonly out: Buffer[];
}

function writeHeader(writing: Writing, tag: number, vr: string, length: number): void {
  const isLong = writing.isExplicit && hasLongHeader(vr) && tag >>> 16 !== 0xfffe;
  const header = Buffer.alloc(isLong ? 12 : 8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  if (!writing.isExplicit || tag >>> 16 === 0xfffe) {
    header.writeUInt32LE(length, 4);
  } else {
    header.write(vr, 4, 'latin1');
    if (isLong) header.writeUInt32LE(length, 8);
    else header.writeUInt16LE(length, 6);
  }
  writing.out.push(header);
}

function writeElement(writing: Writing, tag: number, attribute: DicomAttribute, depth: number): void {
  if (!isKnownVr(attribute.vr)) throw invalid({ tag, expected: 'a value representation', found: attribute.vr });
  if (attribute.vr === 'SQ') {
    writeSequence(writing, tag, attribute, depth);
    return;
  }
  const value = encodeValue(tag, attribute, writing.charset);
  // A value too long for the 16 bits of its representation is written as UN (PS3.5 6.2.2).
  const vr = writing.isExplicit && value.length > 0xfffe && !hasLongHeader(attribute.vr) ? 'UN' : attribute.vr;
  writeHeader(writing, tag, vr, value.length);
  writing.out.push(value);
}

function writeSequence(writing: Writing, tag: number, attribute: DicomAttribute, depth: number): void {
  if (depth >= MAX_DEPTH) throw invalid({ tag, expected: `at most ${MAX_DEPTH} levels`, found: 'deeper' });
  const items = (attribute.Value ?? []).map((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw invalid({ tag, expected: 'items that are datasets', found: typeof item });
    }
    const inner: Writing = { ...writing, out: [] };
    writeElements(inner, item as DicomJson, depth + 1);
    return Buffer.concat(inner.out);
  });
  const { isDelimited, out } = writing;
  const itemBytes = items.reduce((sum, item) => sum + item.length + 8, 0);
  writeHeader(writing, tag, 'SQ', isDelimited ? UNDEFINED_LENGTH : itemBytes);
  for (const item of items) {
    writeHeader(writing, 0xfffee000, 'UN', isDelimited ? UNDEFINED_LENGTH : item.length);
    out.push(item);
    if (isDelimited) writeHeader(writing, 0xfffee00d, 'UN', 0);
  }
  if (isDelimited) writeHeader(writing, 0xfffee0dd, 'UN', 0);
}

function writeElements(writing: Writing, json: DicomJson, depth: number): void {
  for (const key of Object.keys(json).sort()) {
    if (!/^[0-9A-F]{8}$/.test(key))
      throw invalid({ expected: 'tags of eight upper-case hexadecimal digits', found: key });
    const tag = Number.parseInt(key, 16);
    const attribute = json[key];
    // Group lengths are retired, and items are written in the character set of the whole.
    if (!attribute || (tag & 0xffff) === 0 || (depth > 0 && key === tags.SpecificCharacterSet)) continue;
    writeElement(writing, tag, { ...attribute, vr: attribute.vr || vrOf(tag) }, depth);
  }
}

function hasText(json: DicomJson): boolean {
  return Object.values(json).some(({ vr, Value: values }) => {
    if (vr === 'SQ')
      return (values ?? []).some((item) => typeof item === 'object' && hasText((item ?? {}) as DicomJson));
    return isCharsetText(vr) && (values ?? []).length > 0;
  });
}

function charsetFor(json: DicomJson, charset: string | readonly string[] | undefined): string[] | undefined {
  if (charset !== undefined) return [charset].flat();
  const declared = (json[tags.SpecificCharacterSet]?.Value ?? []).map((value) =>
    typeof value === 'string' ? value : '',
  );
  if (declared.length > 0) return declared;
  return hasText(json) ? [UTF_8] : undefined;
}

/**
 * A dataset in little endian, elements sorted, values padded. Text is always written with its (0008,0005): `charset`,
 * else what the dataset itself declares, else UTF-8.
 * @param transferSyntaxUid implicit or explicit VR little endian; an encapsulated syntax writes explicit VR
 * @throws HubError dicom-invalid naming the tag, when a value does not fit its representation or the character set
 */
export function encodeDataset(
  json: DicomJson,
  transferSyntaxUid: string,
  charset?: string | readonly string[],
  options: EncodeOptions = {},
): Buffer {
  const syntax = requireTransferSyntax(transferSyntaxUid);
  if (syntax.isBigEndian || syntax.isDeflated) {
    throw invalid({ tag: 0x00020010, expected: 'a little-endian transfer syntax', found: syntax.uid });
  }
  const terms = charsetFor(json, charset);
  const writing: Writing = {
    isExplicit: syntax.isExplicit,
    charset: terms ?? [UTF_8],
    isDelimited: options.sequenceLength === 'undefined',
    out: [],
  };
  const declared = terms ? { ...json, [tags.SpecificCharacterSet]: { vr: 'CS', Value: terms } } : json;
  writeElements(writing, declared, 0);
  return Buffer.concat(writing.out);
}

export interface DecodeOptions {
  /** Levels of sequences; 32 unless told. */
  maxDepth?: number;
  /** Elements and items at all levels; 10,000 unless told. */
  maxElements?: number;
  charsetOverride?: string | readonly string[];
}

/**
 * A dataset in memory as DICOM JSON, binary values inline: for C-FIND identifiers and responses, storage commitment
 * and whatever else is small. Stored instances are read with `describeInstance`.
 * @throws HubError dicom-invalid naming tag and offset, when the bytes are damaged or beyond the limits
 */
export function decodeDataset(bytes: Buffer, transferSyntaxUid: string, options: DecodeOptions = {}): DicomJson {
  const syntax = requireTransferSyntax(transferSyntaxUid);
  if (syntax.isDeflated) {
    throw invalid({ tag: 0x00020010, expected: 'a transfer syntax that is not deflated', found: syntax.uid });
  }
  const override = options.charsetOverride === undefined ? undefined : [options.charsetOverride].flat();
  const limits = {
    cursor: cursorOver(bytes),
    maxDepth: options.maxDepth ?? MAX_DEPTH,
    maxElements: options.maxElements ?? 10_000,
    inlineBytes: Infinity,
    inlineTextBytes: Infinity,
    warnings: new Warnings(),
  };
  const walk = startWalk(limits, override);
  const encoding = encodingOfFirstElement(bytes, 0, syntax);
  return runInMemory(readElements(walk, { encoding, depth: 0, path: '', charsets: override ?? [] }, bytes.length));
}
