import type { ByteSource } from './byte-source.ts';
import { MAX_INFLATED_BYTES } from './deflate.ts';
import {
  type DescribeOptions,
  describeInstance,
  type InstanceDescription,
  inflateToPart10,
  openPart10,
  renditionMeta,
} from './describe-instance.ts';
import { invalid } from './invalid.ts';
import { swapElements } from './swap-elements.ts';
import { tags } from './tags.ts';
import { swapWords } from './values.ts';
import { wordBytes } from './vr.ts';

/** Where a rendition goes, in order. */
export interface ByteSink {
  write(bytes: Buffer): Promise<void>;
}

const CHUNK = 1024 * 1024;

/**
 * Writes a deflated or big-endian instance as a Part 10 file in explicit VR little endian, the form viewers read. The
 * same input gives the same bytes.
 * @returns what `describeInstance` returns for the source: its frames and bulk are offsets in what was written
 * @throws HubError dicom-invalid when the source is in another transfer syntax, damaged, or larger than 512 MiB in
 * what has to be in memory: all of a deflated dataset, all but the pixels of a big-endian one
 */
export async function renderExplicitLittleEndian(
  source: ByteSource,
  sink: ByteSink,
  options: DescribeOptions = {},
): Promise<InstanceDescription> {
  const { meta, syntax } = await openPart10(source);
  const description = await describeInstance(source, options);
  if (syntax.isDeflated) {
    const { file } = await inflateToPart10(source, meta);
    await writeAll(sink, file);
  } else if (syntax.isBigEndian) {
    await writeSwapped(source, sink, meta.datasetOffset, description);
  } else {
    throw invalid({ tag: 0x00020010, expected: 'a deflated or big-endian transfer syntax', found: syntax.uid });
  }
  return description;
}

async function writeAll(sink: ByteSink, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += CHUNK) await sink.write(bytes.subarray(at, at + CHUNK));
}

/** The pixel data in the source, and the unit whose bytes change their order. */
function pixelsOf(description: InstanceDescription, shift: number) {
  const range = description.bulk[tags.PixelData];
  if (!range) return undefined;
  const bits = description.bitsAllocated ?? 16;
  // OW holds 16-bit words even where a sample has 8 bits; wider samples are words of their own size (PS3.5 8.1.1).
  const width = range.vr === 'OW' && (bits === 32 || bits === 64) ? bits / 8 : wordBytes(range.vr);
  return { offset: range.offset - shift, length: range.length, width };
}

async function writeSwapped(
  source: ByteSource,
  sink: ByteSink,
  datasetOffset: number,
  description: InstanceDescription,
): Promise<void> {
  const head = renditionMeta(description);
  const pixels = pixelsOf(description, head.length - datasetOffset);
  const headEnd = pixels?.offset ?? source.size;
  const tailStart = pixels ? pixels.offset + pixels.length : source.size;
  if (headEnd - datasetOffset + source.size - tailStart > MAX_INFLATED_BYTES) {
    throw invalid({ expected: `metadata of at most ${MAX_INFLATED_BYTES} bytes`, found: 'more', offset: headEnd });
  }
  await sink.write(head);
  await writeAll(sink, swapElements(await source.read(datasetOffset, headEnd - datasetOffset)));
  for (let at = pixels?.offset ?? tailStart; pixels && at < tailStart; at += CHUNK) {
    const bytes = await source.read(at, Math.min(CHUNK, tailStart - at));
    await sink.write(pixels.width > 1 ? swapWords(bytes, pixels.width) : bytes);
  }
  if (tailStart < source.size) {
    await writeAll(sink, swapElements(await source.read(tailStart, source.size - tailStart)));
  }
}
