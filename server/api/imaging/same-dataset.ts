import { type InstanceHeader, MAX_HEADER_BYTES, readHeader } from '@lianzhen/dicom/header.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';

const headBytes = 65_536;
const pieceBytes = 1_048_576;

/**
 * Whether two stored files carry the same dataset byte for byte. Preamble and file meta information are a wrapping
 * (PS3.10 7.1), and every door and gateway writes its own.
 */
export async function sameDataset(blobs: BlobStore, first: string, second: string): Promise<boolean> {
  const [a, b] = [await datasetOf(blobs, first), await datasetOf(blobs, second)];
  if (a.transferSyntaxUid !== b.transferSyntaxUid || a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += pieceBytes) {
    const length = Math.min(pieceBytes, a.length - at);
    const [left, right] = await Promise.all([
      blobs.read(first, a.offset + at, length),
      blobs.read(second, b.offset + at, length),
    ]);
    if (!left.equals(right)) return false;
  }
  return true;
}

async function datasetOf(blobs: BlobStore, place: string) {
  const { datasetOffset, transferSyntaxUid } = await headerOf(blobs, place);
  return { offset: datasetOffset, transferSyntaxUid, length: (await blobs.size(place)) - datasetOffset };
}

async function headerOf(blobs: BlobStore, place: string): Promise<InstanceHeader> {
  const header = readHeader(await blobs.read(place, 0, headBytes));
  if (header !== 'need-more') return header;
  const whole = readHeader(await blobs.read(place, 0, MAX_HEADER_BYTES), { isComplete: true });
  if (whole === 'need-more') throw new Error('a complete header cannot need more');
  return whole;
}
