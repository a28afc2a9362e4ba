import { PassThrough } from 'node:stream';
import type { ByteSource } from '@lianzhen/dicom/byte-source.ts';
import type { DescribeOptions } from '@lianzhen/dicom/describe-instance.ts';
import { renderExplicitLittleEndian } from '@lianzhen/dicom/rendition.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';

/**
 * Writes the explicit little-endian form of a deflated or big-endian instance beside it; the original stays. The same
 * input gives the same bytes, so that a repeated job finds its own work.
 * @returns where it lies
 */
export async function renderStored(
  blobs: BlobStore,
  source: ByteSource,
  options: DescribeOptions,
  maxBytes: number,
): Promise<string> {
  const pipe = new PassThrough();
  const write = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) => {
      pipe.write(bytes, (cause) => (cause ? reject(cause) : resolve()));
    });
  const rendering = renderExplicitLittleEndian(source, { write }, options).then(
    () => pipe.end(),
    (cause) => pipe.destroy(cause),
  );
  const { place } = await blobs.write(pipe, { maxBytes });
  await rendering;
  return place;
}
