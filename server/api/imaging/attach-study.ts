import { HubError } from '@lianzhen/contracts/errors.ts';
import type { StudyRow } from '@lianzhen/contracts/imaging.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { readExam } from './attach-store.ts';
import { differencesWith } from './header-differences.ts';
import { matchByPerson } from './match-by-person.ts';
import { closeQuestions, withdrawRefusals } from './quarantine-store.ts';
import { studyRow } from './study-row.ts';
import * as store from './study-store.ts';

interface AttachStudy {
  id: string;
  orderExamId: string;
  reason: string;
}

/**
 * A person says which order a study belongs to, whatever its header says; where the two disagree is in the trail. Its
 * parties see the images from now on.
 * @throws `not-found` where study or exam are not one's own, `forbidden` to a house that only receives the order's result,
 * `wrong-state` where the study is matched or the order withdrawn
 */
export async function attachStudy(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: AttachStudy,
): Promise<StudyRow> {
  const scope = requireAccess(ctx, 'study:attach');
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const study = await store.lock(tx, scope, input.id);
    const exam = await readExam(tx, scope, input.orderExamId);
    if (!exam) throw new HubError('not-found', { field: 'orderExamId' });
    if (!(await store.isAnsweredForBy(tx, scope, exam.orderId))) {
      throw new HubError('forbidden', { why: 'receives-only' });
    }
    if (exam.order.state === 'withdrawn') throw new HubError('wrong-state', { order: 'withdrawn' });
    const now = clock.now();
    const differences = await differencesWith(tx, study, [exam.order.patient]);
    await matchByPerson(tx, study, { id: exam.id, patientId: exam.order.patientId }, now);
    await withdrawRefusals(tx, study.id, exam.id);
    await closeQuestions(tx, study.id, {
      state: 'accepted',
      reason: input.reason,
      decidedBy: accountId,
      decidedAt: now,
    });
    await recordAudit(tx, {
      ...auditOf(ctx, study.facilityId),
      action: 'imaging.studyAttached',
      patientId: exam.order.patientId,
      objectType: 'study',
      objectId: study.id,
      reason: input.reason,
      detail: {
        orderId: exam.orderId,
        orderExamId: exam.id,
        // Which fields, not what stands in them: the trail is read by people who may not know the patient.
        though: (differences.get(exam.order.patientId) ?? []).map(({ field }) => field),
      },
    });
    return studyRow(await store.read(tx, scope, study.id));
  });
}
