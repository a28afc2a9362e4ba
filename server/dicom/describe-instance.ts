import { type ByteSource, bufferSource } from './byte-source.ts';
import { cursorOver, runOver } from './cursor.ts';
import { inflateDataset, MAX_INFLATED_BYTES } from './deflate.ts';
import { encodingOfFirstElement } from './element.ts';
import { fileMeta } from './file-meta.ts';
import { describePixels, type ExtendedTable, type FrameRanges, locateFrames, type PixelDescription } from './frames.ts';
import { type CharsetGuess, guessCharset } from './guess-charset.ts';
import { MAX_HEADER_BYTES, requireTransferSyntax } from './header.ts';
import { type DicomWarning, invalid, Warnings } from './invalid.ts';
import { type FileMeta, readMeta } from './meta.ts';
import type { DicomJson } from './model.ts';
import { explicitLittleEndian, type TransferSyntax } from './sop-classes.ts';
import { tags } from './tags.ts';
import { readUid } from './uid.ts';
import { type BulkRange, readElements, startWalk, type Walk } from './walk.ts';

/** All that indexing needs of an instance. Offsets are in the stored file, or in its rendition where there is one. */
export interface InstanceDescription extends PixelDescription {
  transferSyntaxUid: string;
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  /** The dataset without the meta group, as DICOM JSON in UTF-8; values left in the file have a BulkDataURI `bulk/<path>`. */
  attributes: DicomJson;
  /** By path, as `54000100/0/54001010`: the values left in the file. */
  bulk: Record<string, BulkRange>;
  frames: FrameRanges[];
  /** One entry in `frames` holds the whole stream. */
  isVideo: boolean;
  /** `explicit-little-endian`: frames and bulk are offsets in the file that `renderExplicitLittleEndian` makes. */
  rendition: 'original' | 'explicit-little-endian';
  charset: {
    /** Values of (0008,0005) in the file. */
    declared: string[];
    /** What the text was read with. */
    used: string[];
    /** What the bytes look like instead, for a person to preview. */
    suggestion?: CharsetGuess;
  };
  warnings: DicomWarning[];
}

export interface DescribeOptions {
  /** The character set of a device whose (0008,0005) is known to be wrong. */
  charsetOverride?: string | readonly string[];
}

/** The attributes of most images are in the first of these; a source may keep more at hand. */
const CHUNK = 8 * 1024;
const MAX_DEPTH = 32;
const MAX_ELEMENTS = 500_000;
const INLINE_BYTES = 4096;
const INLINE_TEXT_BYTES = 64 * 1024;
/** Above this a proposal stands in where nothing was declared at all. */
const SURE = 0.8;

/**
 * Reads all attributes of a Part 10 file but the bulk, and finds its frames, without loading its pixels.
 * Deflated objects are the exception: they are inflated in memory, up to 512 MiB.
 * @throws HubError dicom-invalid naming tag and offset, when the file is damaged in its metadata or beyond the limits:
 * 32 levels, 500,000 elements, 1,000,000 fragments
 */
export async function describeInstance(
  source: ByteSource,
  options: DescribeOptions = {},
): Promise<InstanceDescription> {
  const { meta, syntax, warnings } = await openPart10(source);
  if (syntax.isDeflated) {
    const rendition = await inflateToPart10(source, meta);
    const description = await describeDataset(bufferSource(rendition.file), rendition, syntax, warnings, options);
    return { ...description, rendition: 'explicit-little-endian' };
  }
  const description = await describeDataset(source, meta, syntax, warnings, options);
  if (!syntax.isBigEndian) return description;
  // Swapping bytes moves nothing: only the meta group before the dataset changes its length.
  const by = renditionMeta(description).length - meta.datasetOffset;
  return shift({ ...description, rendition: 'explicit-little-endian' }, by);
}

/** The preamble and meta group of the explicit little-endian rendition of an instance. */
export function renditionMeta(uids: { sopClassUid: string; sopInstanceUid: string }): Buffer {
  return fileMeta({ ...uids, transferSyntaxUid: explicitLittleEndian });
}

export interface OpenedFile {
  meta: FileMeta;
  syntax: TransferSyntax;
  warnings: Warnings;
}

export async function openPart10(source: ByteSource): Promise<OpenedFile> {
  for (let length = CHUNK; ; length = MAX_HEADER_BYTES) {
    const start = await source.read(0, Math.min(length, source.size));
    const warnings = new Warnings();
    const meta = readMeta(start, warnings);
    if (meta) return { meta, syntax: requireTransferSyntax(meta.transferSyntaxUid), warnings };
    if (length >= Math.min(source.size, MAX_HEADER_BYTES)) {
      throw invalid({ expected: 'file meta information', found: `the end after ${start.length} bytes` });
    }
  }
}

/** A deflated file as explicit little endian, in memory. */
export async function inflateToPart10(
  source: ByteSource,
  meta: FileMeta,
): Promise<{ file: Buffer; datasetOffset: number }> {
  const length = source.size - meta.datasetOffset;
  if (length > MAX_INFLATED_BYTES) {
    throw invalid({ expected: `at most ${MAX_INFLATED_BYTES} deflated bytes`, found: `${length} bytes` });
  }
  const dataset = await inflateDataset(await source.read(meta.datasetOffset, length));
  const { sopClassUid = '', sopInstanceUid = '' } = meta;
  const head = renditionMeta({ sopClassUid, sopInstanceUid });
  return { file: Buffer.concat([head, dataset]), datasetOffset: head.length };
}

function shift(description: InstanceDescription, by: number): InstanceDescription {
  for (const ranges of description.frames) for (const range of ranges) range[0] += by;
  for (const range of Object.values(description.bulk)) range.offset += by;
  return description;
}

function newWalk(source: ByteSource, at: number, warnings: Warnings, override?: readonly string[]): Walk {
  const cursor = { ...cursorOver(Buffer.alloc(0), at), size: source.size, chunk: CHUNK };
  const inline = { inlineBytes: INLINE_BYTES, inlineTextBytes: INLINE_TEXT_BYTES };
  return startWalk({ cursor, maxDepth: MAX_DEPTH, maxElements: MAX_ELEMENTS, ...inline, warnings }, override);
}

async function describeDataset(
  source: ByteSource,
  { datasetOffset }: { datasetOffset: number },
  syntax: TransferSyntax,
  warnings: Warnings,
  { charsetOverride }: DescribeOptions,
): Promise<InstanceDescription> {
  const override = charsetOverride === undefined ? undefined : [charsetOverride].flat();
  const room = Math.min(16, source.size - datasetOffset);
  const encoding = encodingOfFirstElement(await source.read(datasetOffset, room), 0, syntax);
  if (encoding.isExplicit !== syntax.isExplicit) warnings.add('vr-encoding-mismatch');
  const read = async (charsets: readonly string[] | undefined) => {
    const walk = newWalk(source, datasetOffset, warnings, charsets);
    const scope = { encoding, depth: 0, path: '', charsets: charsets ?? [] };
    const attributes = await runOver(readElements(walk, scope, source.size), source);
    return { walk, attributes };
  };
  let { walk, attributes } = await read(override);
  const declared = walk.declaredCharsets;
  const suggestion = override ? undefined : guessCharset(Buffer.concat(joined(walk.foreignText)), declared);
  let used = override ?? declared;
  if (suggestion) {
    const isGuessed = declared.every((value) => value === '') && suggestion.confidence >= SURE;
    const said = { found: declared.join('\\'), expected: suggestion.charset };
    warnings.add(isGuessed ? 'charset-guessed' : 'charset-suspect', 0x00080005, said);
    // Nothing was declared, so nothing is contradicted by reading what the bytes plainly are.
    if (isGuessed) {
      used = [suggestion.charset];
      ({ walk, attributes } = await read(used));
    }
  }
  return finish(source, walk, attributes, syntax, { declared, used, ...(suggestion ? { suggestion } : {}) });
}

function joined(values: readonly Buffer[]): Buffer[] {
  return values.flatMap((value) => [value, Buffer.of(0x5c)]);
}

async function finish(
  source: ByteSource,
  walk: Walk,
  attributes: DicomJson,
  syntax: TransferSyntax,
  charset: InstanceDescription['charset'],
): Promise<InstanceDescription> {
  const { warnings, bulk, pixels: range } = walk;
  const pixels = describePixels(attributes, range !== undefined, warnings);
  const extended = range?.fragments && (await readExtendedTable(source, walk, attributes));
  const frames = locateFrames(pixels, range, syntax, extended, warnings);
  // This JSON is Unicode whatever the file was, and PS3.18 F.2 wants it to say so.
  attributes[tags.SpecificCharacterSet] = { vr: 'CS', Value: ['ISO_IR 192'] };
  return {
    transferSyntaxUid: syntax.uid,
    sopClassUid: requireUid(attributes, tags.SOPClassUID, warnings),
    sopInstanceUid: requireUid(attributes, tags.SOPInstanceUID, warnings),
    studyInstanceUid: requireUid(attributes, tags.StudyInstanceUID, warnings),
    seriesInstanceUid: requireUid(attributes, tags.SeriesInstanceUID, warnings),
    attributes,
    ...pixels,
    bulk,
    frames,
    isVideo: syntax.codec === 'video',
    rendition: 'original',
    charset,
    warnings: warnings.list,
  };
}

function requireUid(attributes: DicomJson, key: string, warnings: Warnings): string {
  const value = attributes[key]?.Value?.[0];
  return readUid(Buffer.from(typeof value === 'string' ? value : '', 'latin1'), Number.parseInt(key, 16), warnings);
}

async function readExtendedTable(
  source: ByteSource,
  walk: Walk,
  attributes: DicomJson,
): Promise<ExtendedTable | undefined> {
  const read = async (key: string): Promise<number[]> => {
    const range = walk.bulk[key];
    const inline = attributes[key]?.InlineBinary;
    if (!range) return table64(Buffer.from(inline ?? '', 'base64'));
    return range.length > 8_000_000 ? [] : table64(await source.read(range.offset, range.length));
  };
  const offsets = await read(tags.ExtendedOffsetTable);
  return offsets.length === 0 ? undefined : { offsets, lengths: await read(tags.ExtendedOffsetTableLengths) };
}

function table64(bytes: Buffer): number[] {
  const table: number[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) table.push(Number(bytes.readBigUInt64LE(at)));
  return table;
}
