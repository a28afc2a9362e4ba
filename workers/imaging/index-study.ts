import type { indexStudy, Payload } from '@lianzhen/contracts/jobs.ts';
import { headOf } from '@lianzhen/platform/stored-source.ts';
import type { WorkerDeps } from '../deps.ts';
import { Coalesced } from './coalesced.ts';
import { describeStored } from './describe-stored.ts';
import type { IndexFailure, IndexRow, Unindexed } from './index-row.ts';
import * as store from './index-store.ts';
import { isFailure, writeBatch } from './write-batch.ts';

const mostInstances = 500;
const readTogether = 16;
/** Enhanced objects describe thousands of frames each: what is written at once is bounded by text as well. */
const mostCharacters = 8_000_000;

const running = new Coalesced();

/**
 * Reads every received instance of a study that is not indexed yet. May run twice, late or beside itself: what is
 * indexed already is left alone. One unreadable instance keeps none of the others waiting.
 */
export async function handleIndexStudy(
  deps: WorkerDeps,
  { studyInstanceUid }: Payload<typeof indexStudy>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await running.run(studyInstanceUid, async () => {
    for (;;) {
      signal.throwIfAborted();
      const batch = await store.unindexed(deps.db, studyInstanceUid, mostInstances);
      if (batch.length === 0) return;
      const { unread, isStale } = await indexBatch(deps, studyInstanceUid, batch);
      // Bytes that cannot be had now are tried again by the queue, after everything else is safe.
      if (unread.length > 0) throw new Error(`${unread.length} blobs could not be read`, { cause: unread[0] });
      // What came meanwhile has a job of its own; taken by handfuls, as it comes, it would cost three times as much.
      if (batch.length < mostInstances && !isStale) return;
    }
  });
}

interface Indexed {
  /** Why some of them could not be read now. */
  unread: unknown[];
  /** The rest has to be read again. */
  isStale: boolean;
}

async function indexBatch(deps: WorkerDeps, studyInstanceUid: string, batch: Unindexed[]): Promise<Indexed> {
  const deviceIds = [...new Set(batch.flatMap(({ deviceId }) => (deviceId === null ? [] : [deviceId])))];
  const overrides = await store.overridesOf(deps.db, deviceIds);
  const unread: unknown[] = [];
  let described: Array<IndexRow | IndexFailure> = [];
  let characters = 0;
  for await (const { instance, head } of withHeads(deps, batch)) {
    const override = overrides.get(instance.deviceId ?? '') ?? null;
    const describing = describeStored(deps, instance, override, head);
    const result = await describing.catch((cause: unknown) => void unread.push(cause));
    if (result) described.push(result);
    characters += result && !isFailure(result) ? result.attributes.length : 0;
    if (characters < mostCharacters && instance !== batch.at(-1)) continue;
    const isWritten = await writeBatch(deps, studyInstanceUid, described, overrides);
    // Somebody changed a device's character set meanwhile: the rest is read again with the new one.
    if (!isWritten) return { unread: [], isStale: true };
    described = [];
    characters = 0;
  }
  return { unread, isStale: false };
}

/**
 * Instances with their first bytes, a few of which are read together: one after the other, waking the thread that reads
 * costs as much as reading. What cannot be read has none, and is asked for again where its failure is dealt with.
 */
async function* withHeads({ blobs }: Pick<WorkerDeps, 'blobs'>, batch: readonly Unindexed[]) {
  for (let at = 0; at < batch.length; at += readTogether) {
    const few = batch.slice(at, at + readTogether);
    const heads = await Promise.allSettled(few.map(({ blob, size }) => headOf(blobs, blob, size)));
    for (const [index, instance] of few.entries()) {
      const head = heads[index];
      yield { instance, head: head?.status === 'fulfilled' ? head.value : undefined };
    }
  }
}
