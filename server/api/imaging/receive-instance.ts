import { bytesReceived, instancesReceived } from '@lianzhen/platform/metrics.ts';
import { v7 as uuid } from 'uuid';
import type { Declared, Received, Source } from './arrival.ts';
import type { IntakeDeps } from './intake-deps.ts';
import { openInstance } from './read-head.ts';

/**
 * Takes in one instance: header read and checked, bytes streamed to a durable blob, row and job committed. Nothing but
 * a bounded head of it is held in memory. When this resolves with `stored` or `duplicate`, the sender may delete its copy.
 * @throws HubError `dicom-invalid`, `unsupported-sop-class`, `too-large`, `storage-full`, `unavailable`, or what the
 * body threw; nothing of the instance can then be found
 */
export async function receiveInstance(
  { config, blobs, clock, committer }: IntakeDeps,
  source: Source,
  body: AsyncIterable<Buffer>,
  declared: Declared,
): Promise<Received> {
  const { header, bytes } = await openInstance(body, declared);
  const maxBytes = config.HUB_MAX_INSTANCE_BYTES;
  const blob = await blobs.write(bytes, { maxBytes, group: header.studyInstanceUid });
  const { sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid, transferSyntaxUid } = header;
  const outcome = await committer.commit({
    ...source,
    ...{ id: uuid(), sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid, transferSyntaxUid },
    ...{ sha256: blob.sha256, size: blob.size, blob: blob.place, receivedAt: clock.now() },
  });
  if (outcome === 'duplicate') await blobs.discard(blob.place);
  instancesReceived.inc({ door: source.door, outcome });
  bytesReceived.inc({ door: source.door }, blob.size);
  return { outcome, sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid };
}
