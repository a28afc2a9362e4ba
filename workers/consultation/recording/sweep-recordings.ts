import { composeRecording } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../../deps.ts';
import * as store from './store.ts';

/** A media node writes every few seconds; a room that is lost is back within seconds, or ended. */
const silentMs = 120_000;
/** Who makes a file says so every half minute. */
const abandonedMs = 600_000;

/** Ends recordings whose node died, makes files that a dead worker left, and takes away what is past its time. */
export async function sweepRecordings({ db, blobs, clock }: Pick<WorkerDeps, 'db' | 'blobs' | 'clock'>): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    for (const { id, aliveAt } of await store.abandoned(tx, new Date(now.getTime() - silentMs))) {
      await store.end(tx, id, aliveAt, now);
      await enqueue(tx, composeRecording, { recordingId: id });
    }
    for (const { id } of await store.unfinished(tx, new Date(now.getTime() - abandonedMs))) {
      await store.touch(tx, id, now);
      await enqueue(tx, composeRecording, { recordingId: id });
    }
  });
  for (const { id, blob } of await store.outlived(db, now)) {
    // The bytes first: a row that names nothing is found again, bytes that nothing names are not.
    if (blob) await removeBlob(blobs, blob);
    await store.remove(db, id);
  }
  for (const { recordingId, number, blob } of await store.spentChunks(db)) {
    await removeBlob(blobs, blob);
    await store.forgetChunk(db, recordingId, number);
  }
}

/** A sweeper that was killed between the two steps has taken the bytes away already. */
async function removeBlob(blobs: WorkerDeps['blobs'], place: string): Promise<void> {
  await blobs.remove(place).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
  });
}
