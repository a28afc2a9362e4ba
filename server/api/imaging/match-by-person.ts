import { HubError } from '@lianzhen/contracts/errors.ts';
import { type StudyState, studyTransitions } from '@lianzhen/contracts/imaging.ts';
import { settleStudy } from '@lianzhen/contracts/jobs.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import * as store from './study-store.ts';

interface ChosenExam {
  id: string;
  patientId: string;
}

/**
 * A person says to which exam a locked study belongs. The case follows by the job that settles: what makes a case
 * readable is written in one place.
 * @throws `wrong-state` where the study cannot be matched now, or the exam was cancelled
 */
export async function matchByPerson(tx: Tx, study: store.StudyFound, exam: ChosenExam, now: Date): Promise<void> {
  assertTransition(studyTransitions, study.state, 'matched');
  await store.lockCaseState(tx, exam.id);
  if (!(await store.markAcquired(tx, exam.id))) throw new HubError('wrong-state', { exam: 'cancelled' });
  const { patientId } = exam;
  await moveStudy(tx, study, 'matched', { orderExamId: exam.id, patientId, matchedBy: 'person', settleAfter: now });
}

/** Changes a locked study and promises what follows from it. */
export async function moveStudy(
  tx: Tx,
  study: store.StudyFound,
  state: StudyState,
  data: Parameters<typeof store.change>[2],
): Promise<void> {
  const { revision } = await store.change(tx, study.id, { ...data, state });
  const orderExamId = typeof data.orderExamId === 'string' ? data.orderExamId : study.orderExamId;
  const facilityIds = await store.hearersOf(tx, study, orderExamId);
  await emit(tx, { topic: 'study', id: study.id, revision, facilityIds });
  await enqueue(tx, settleStudy, { studyId: study.id });
}
