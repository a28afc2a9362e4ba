import { indexStudy, settleStudy } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './stranded-store.ts';

/** Indexing that has not happened by then is not late but lost. */
const lostAfterMs = 20_000;
const settleLateMs = 5_000;

/**
 * Promises again what a lost job would have done: instances that nobody indexed, studies that nobody settled. Truth is
 * in the rows; a job too many finds nothing to do.
 */
export async function findStranded({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  const now = clock.now().getTime();
  const unindexed = await store.unindexedStudies(db, new Date(now - lostAfterMs));
  const unsettled = await store.unsettledStudies(db, new Date(now - settleLateMs));
  if (unindexed.length + unsettled.length === 0) return;
  await db.transaction(async (tx) => {
    for (const studyInstanceUid of unindexed) await enqueue(tx, indexStudy, { studyInstanceUid });
    for (const studyId of unsettled) await enqueue(tx, settleStudy, { studyId });
  });
}
