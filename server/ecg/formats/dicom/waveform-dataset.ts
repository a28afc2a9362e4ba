import { inflateRawSync } from 'node:zlib';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type ByteSource, bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { cursorOver, runInMemory, runOver } from '@lianzhen/dicom/cursor.ts';
import { inflateDataset, MAX_INFLATED_BYTES } from '@lianzhen/dicom/deflate.ts';
import { openPart10 } from '@lianzhen/dicom/describe-instance.ts';
import { encodingOfFirstElement } from '@lianzhen/dicom/element.ts';
import { guessCharset } from '@lianzhen/dicom/guess-charset.ts';
import { requireTransferSyntax } from '@lianzhen/dicom/header.ts';
import { Warnings } from '@lianzhen/dicom/invalid.ts';
import { readMeta } from '@lianzhen/dicom/meta.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import type { TransferSyntax } from '@lianzhen/dicom/sop-classes.ts';
import { type BulkRange, readElements, startWalk, type Walk } from '@lianzhen/dicom/walk.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';

/** A waveform object without the bulk of its samples. Offsets in `bulk` are in `source`. */
export interface WaveformDataset {
  readonly json: DicomJson;
  readonly bulk: Readonly<Record<string, BulkRange>>;
  readonly isBigEndian: boolean;
  readonly source: ByteSource;
  /** The file names no character set for text that is beyond ASCII, or one that its bytes contradict. */
  readonly isTextDoubtful: boolean;
}

/** A dataset in memory: `bytes` is what the offsets count in. */
export interface DatasetInMemory extends WaveformDataset {
  readonly bytes: Buffer;
}

const CHUNK = 64 * 1024;
/** Far above what any header takes; a longer value is a waveform, or of no concern. */
const INLINE_BYTES = 4096;
const MAX_INFLATED_IN_MEMORY = 256 * 1024 * 1024;
/** Above this the proposal of what the bytes look like stands in where nothing was declared. */
const SURE = 0.8;

function newWalk(bytes: Buffer, at: number, size: number, override?: readonly string[]): Walk {
  const cursor = { ...cursorOver(bytes, at), size, chunk: CHUNK };
  const inline = { inlineBytes: INLINE_BYTES, inlineTextBytes: 64 * 1024 };
  return startWalk({ cursor, maxDepth: 16, maxElements: 500_000, ...inline, warnings: new Warnings() }, override);
}

/** What the text should be read with instead: an answer only where nothing was declared and the bytes are plain. */
function betterCharset({ foreignText, declaredCharsets }: Walk): { charset?: string; isDoubtful: boolean } {
  const all = Buffer.concat(foreignText.flatMap((value) => [value, Buffer.of(0x5c)]));
  const guess = guessCharset(all, declaredCharsets);
  if (!guess) return { isDoubtful: false };
  const isSure = declaredCharsets.every((value) => value === '') && guess.confidence >= SURE;
  return isSure ? { charset: guess.charset, isDoubtful: false } : { isDoubtful: true };
}

function finished(walk: Walk, json: DicomJson, source: ByteSource, isBigEndian: boolean, isTextDoubtful: boolean) {
  const isTermUnknown = walk.warnings.list.some(({ code }) => code === 'charset-unknown');
  return { json, bulk: walk.bulk, isBigEndian, source, isTextDoubtful: isTextDoubtful || isTermUnknown };
}

/** Damage that the DICOM layer found is damage of this trace. */
function asEcgError(error: unknown): unknown {
  if (!(error instanceof HubError) || error.code !== 'dicom-invalid') return error;
  const { tag, expected, found, offset } = error.details as Record<string, unknown>;
  const where = typeof tag === 'string' ? `(${tag.slice(0, 4)},${tag.slice(4)})` : 'dataset';
  const place = typeof offset === 'number' ? { offset } : {};
  return ecgInvalid({ format: 'dicom', where, expected: String(expected), found: String(found), ...place }, error);
}

function inflateNow(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED_IN_MEMORY });
  } catch (cause) {
    const expected = `a deflated dataset of at most ${MAX_INFLATED_IN_MEMORY} bytes`;
    throw ecgInvalid({ format: 'dicom', where: '(0002,0010)', expected, found: 'damaged or larger' }, cause);
  }
}

function readMemory(bytes: Buffer, at: number, syntax: TransferSyntax): DatasetInMemory {
  const encoding = encodingOfFirstElement(bytes.subarray(at, at + 16), 0, syntax);
  const read = (charsets?: readonly string[]) => {
    const walk = newWalk(bytes, at, bytes.length, charsets);
    const scope = { encoding, depth: 0, path: '', charsets: charsets ?? [] };
    return { walk, json: runInMemory(readElements(walk, scope, bytes.length)) };
  };
  let { walk, json } = read();
  const { charset, isDoubtful } = betterCharset(walk);
  if (charset) ({ walk, json } = read([charset]));
  return { ...finished(walk, json, bufferSource(bytes), encoding.isBigEndian, isDoubtful), bytes };
}

/**
 * @throws HubError ecg-invalid naming tag and offset, when the bytes are no DICOM file, damaged, or beyond the limits:
 * 16 levels, 500,000 elements, 256 MiB inflated
 */
export function readDataset(bytes: Buffer): DatasetInMemory {
  try {
    const meta = readMeta(bytes, new Warnings());
    if (!meta) {
      const expected = 'file meta information';
      throw ecgInvalid({ format: 'dicom', where: 'meta group', expected, found: `${bytes.length} bytes` });
    }
    const syntax = requireTransferSyntax(meta.transferSyntaxUid);
    if (!syntax.isDeflated) return readMemory(bytes, meta.datasetOffset, syntax);
    return readMemory(inflateNow(bytes.subarray(meta.datasetOffset)), 0, syntax);
  } catch (error) {
    throw asEcgError(error);
  }
}

async function readFile(source: ByteSource, at: number, syntax: TransferSyntax): Promise<WaveformDataset> {
  const encoding = encodingOfFirstElement(await source.read(at, Math.min(16, source.size - at)), 0, syntax);
  const read = async (charsets?: readonly string[]) => {
    const walk = newWalk(Buffer.alloc(0), at, source.size, charsets);
    const scope = { encoding, depth: 0, path: '', charsets: charsets ?? [] };
    return { walk, json: await runOver(readElements(walk, scope, source.size), source) };
  };
  let { walk, json } = await read();
  const { charset, isDoubtful } = betterCharset(walk);
  if (charset) ({ walk, json } = await read([charset]));
  return finished(walk, json, source, encoding.isBigEndian, isDoubtful);
}

/**
 * As `readDataset`, of a source that need not fit in memory. A deflated file is the exception: it is inflated, up to
 * 512 MiB, and `source` of what is returned is then the inflated dataset.
 */
export async function readDatasetFrom(source: ByteSource): Promise<WaveformDataset> {
  try {
    const { meta, syntax } = await openPart10(source);
    if (!syntax.isDeflated) return await readFile(source, meta.datasetOffset, syntax);
    const length = source.size - meta.datasetOffset;
    if (length > MAX_INFLATED_BYTES) {
      const expected = `at most ${MAX_INFLATED_BYTES} deflated bytes`;
      throw ecgInvalid({ format: 'dicom', where: 'dataset', expected, found: `${length} bytes` });
    }
    return readMemory(await inflateDataset(await source.read(meta.datasetOffset, length)), 0, syntax);
  } catch (error) {
    throw asEcgError(error);
  }
}
