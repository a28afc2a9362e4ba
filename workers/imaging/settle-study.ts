import { type Payload, settleStudy } from '@lianzhen/contracts/jobs.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { identityDifferences } from '@lianzhen/dicom/compare-identity.ts';
import type { WorkerDeps } from '../deps.ts';
import { linkTraces } from '../ecg/link-traces.ts';
import { advanceCase } from './advance-case.ts';
import { lockCaseOfExam } from './case-store.ts';
import { type FoundOrder, findOrder } from './find-order.ts';
import { hearersOf } from './index-store.ts';
import * as store from './settle-store.ts';

/**
 * When a study has been quiet for a while: finds its order, compares the two identities, and lets the case be read. Also
 * runs after a person attached or detached a study. Comes too early, twice or late without harm: the study's row is
 * locked, and what it says decides.
 */
export async function handleSettleStudy(
  { db, clock, log }: Pick<WorkerDeps, 'db' | 'clock' | 'log'>,
  { studyId }: Payload<typeof settleStudy>,
): Promise<void> {
  const state = await db.transaction(async (tx) => {
    const study = await store.lockStudy(tx, studyId);
    const now = clock.now();
    if (!study) return undefined;
    if (study.settleAfter && study.settleAfter > now) {
      // More came meanwhile: nobody else looks after the new time.
      await enqueue(tx, settleStudy, { studyId }, study.settleAfter);
      return undefined;
    }
    // Indexing is under way; it moves the time of settling and promises another job.
    if ((await store.countUnindexed(tx, study.studyInstanceUid)) > 0) return undefined;
    return settle(tx, study, now);
  });
  if (state) log.info({ studyId, state }, 'study settled');
}

async function settle(tx: Tx, study: store.SettlingStudy, now: Date): Promise<string> {
  const settled = { settledAt: study.settledAt ?? now, settleAfter: null };
  if (study.state === 'matched' && study.orderExamId) {
    // Something is new where there was something to settle: late images, or a person who attached them.
    const isNew = study.settleAfter !== null;
    // A job that comes again is no news: readers tell by the revision whether images came after they had looked.
    if (isNew || study.settledAt === null) await change(tx, study, settled);
    if (isNew) {
      await lockCaseOfExam(tx, study.orderExamId);
      // Taken again into the same study, as a machine does that has the request in its worklist once more.
      await store.markTakenAgain(tx, study.orderExamId);
    }
    await advanceCase(tx, study.orderExamId, now, isNew);
    await linkTraces(tx, study.studyInstanceUid, study.orderExamId);
    return study.state;
  }
  // A case that a person took these images from may have to wait again.
  for (const orderExamId of await store.refusedExams(tx, study.id)) await advanceCase(tx, orderExamId, now, false);
  if (study.state === 'rejected') {
    await change(tx, study, settled);
    return study.state;
  }
  const found = study.instanceCount > 0 ? await findOrder(tx, study) : undefined;
  if (found) return matchOrder(tx, study, found, settled, now);
  await store.closeIdentityItems(tx, study.id, now, 'no-order');
  // Where not one image could be read, a person has to look before anything else.
  const state = study.instanceCount > 0 ? 'unmatched' : 'quarantined';
  await change(tx, study, { ...settled, state });
  return state;
}

type Settled = { settledAt: Date; settleAfter: null };

async function matchOrder(
  tx: Tx,
  study: store.SettlingStudy,
  { exam, by }: FoundOrder,
  settled: Settled,
  now: Date,
): Promise<string> {
  const { patient, patientId } = exam.order;
  const number = study.headerPatientId;
  const code = await store.facilityCode(tx, study.facilityId);
  const isAnother = number !== null && (await store.isNumberOfAnother(tx, number, patientId, code));
  const differences = identityDifferences(study, patient, isAnother);
  if (differences.length > 0) {
    const id = await store.putIdentityItem(tx, study, exam.id, differences);
    await change(tx, study, { ...settled, state: 'quarantined' });
    const facilityIds = await hearersOf(tx, { facilityId: study.facilityId, orderExamId: exam.id });
    await emit(tx, { topic: 'quarantine', id, revision: 1, facilityIds });
    // The sender's page says that his request waits for a decision.
    await emit(tx, { topic: 'order', id: exam.orderId, revision: 1, facilityIds });
    return 'quarantined';
  }
  await lockCaseOfExam(tx, exam.id);
  if (!(await store.markAcquired(tx, exam.id))) {
    await change(tx, study, { ...settled, state: 'unmatched' });
    return 'unmatched';
  }
  await store.closeIdentityItems(tx, study.id, now, 'agrees-now');
  const matched = { state: 'matched', orderExamId: exam.id, patientId, matchedBy: by };
  await change(tx, { ...study, orderExamId: exam.id }, { ...settled, ...matched });
  await advanceCase(tx, exam.id, now, true);
  await linkTraces(tx, study.studyInstanceUid, exam.id);
  return 'matched';
}

async function change(
  tx: Tx,
  study: Pick<store.SettlingStudy, 'id' | 'facilityId' | 'orderExamId'>,
  data: Parameters<typeof store.changeStudy>[2],
): Promise<void> {
  const revision = await store.changeStudy(tx, study.id, data);
  await emit(tx, { topic: 'study', id: study.id, revision, facilityIds: await hearersOf(tx, study) });
}
