import { applicationDicom, parseMediaType } from '@lianzhen/dicom/mime.ts';
import { instancesReceived } from '@lianzhen/platform/metrics.ts';
import type { InstanceUids, Source } from './arrival.ts';
import type { IntakeDeps } from './intake-deps.ts';
import type { Part } from './multipart-reader.ts';
import { receiveInstance } from './receive-instance.ts';
import { failureOfError, failureOfOutcome, instanceOfError, isOurs, type StoreFailure } from './store-failure.ts';

export interface StoredPart {
  uids?: InstanceUids;
  isNew: boolean;
  failure?: StoreFailure;
}

/** How many parts of one upload may wait for their sync and commit while later ones are read. */
const mostWaiting = 64;
const notDicom: StoreFailure = { code: 0xc000, comment: 'part is not application/dicom' };
const notStored: StoreFailure = { code: 0x0110, comment: 'processing failure' };

/**
 * Stores the parts of one upload, each for itself: one that is bad, refused or quarantined does not touch the others.
 * Parts are read one after the other; a part's sync and commit go on while the next is read, so that they share commits.
 * @returns one entry for each part in the order of the upload. An upload that breaks off between its parts ends in
 * a failure of its own; in the middle of a part it is that part's.
 * @throws HubError `malformed-request` where there is no part at all
 */
export async function storeParts(
  deps: IntakeDeps,
  source: Source,
  parts: AsyncIterable<Part>,
  studyInstanceUid: string | undefined,
): Promise<StoredPart[]> {
  const results: Array<Promise<StoredPart>> = [];
  const waiting = new Set<Promise<unknown>>();
  let last: Part | undefined;
  try {
    for await (const part of parts) {
      last = part;
      const result = storePart(deps, source, part, studyInstanceUid);
      results.push(result);
      const done = result.finally(() => waiting.delete(done));
      waiting.add(done);
      await Promise.race([part.read, result]);
      while (waiting.size >= mostWaiting) await Promise.race(waiting);
    }
  } catch (cause) {
    const failure = failureOfError(cause);
    await Promise.all(results);
    if (!failure || !last) throw cause;
    // Nothing that was cut off is stored: its own answer says so already.
    if (last.isWhole()) results.push(Promise.resolve(refused(source, failure)));
  }
  return Promise.all(results);
}

/** Never rejects: what goes wrong is this part's answer. */
async function storePart(
  deps: IntakeDeps,
  source: Source,
  { headers, body }: Part,
  studyInstanceUid: string | undefined,
): Promise<StoredPart> {
  const type = parseMediaType(headers.get('content-type') ?? applicationDicom)?.name;
  if (type !== applicationDicom) return refused(source, notDicom);
  try {
    const { outcome, ...uids } = await receiveInstance(deps, source, body, { studyInstanceUid });
    const failure = failureOfOutcome(outcome);
    return { uids, isNew: outcome === 'stored', ...(failure ? { failure } : {}) };
  } catch (cause) {
    const failure = failureOfError(cause);
    if (isOurs(cause)) deps.log.error({ err: cause, facilityId: source.facilityId }, 'instance could not be stored');
    return { ...refused(source, failure ?? notStored), uids: instanceOfError(cause) };
  }
}

function refused({ door }: Source, failure: StoreFailure): StoredPart {
  instancesReceived.inc({ door, outcome: 'refused' });
  return { isNew: false, failure };
}
