import { HubError } from '@lianzhen/contracts/errors.ts';
import { type StudyRow, studyTransitions } from '@lianzhen/contracts/imaging.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { assertDetachable } from './detachable.ts';
import { moveStudy } from './match-by-person.ts';
import { addRefusal } from './quarantine-store.ts';
import { studyRow } from './study-row.ts';
import * as store from './study-store.ts';

/**
 * A person says that a study does not belong to its order. It is not matched to that order again by itself; the case
 * waits for other images.
 * @throws `wrong-state` where the study has no order, and what `assertDetachable` throws
 */
export async function detachStudy(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string; reason: string },
): Promise<StudyRow> {
  const scope = requireAccess(ctx, 'study:attach');
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const study = await store.lock(tx, scope, input.id);
    assertTransition(studyTransitions, study.state, 'unmatched');
    const { orderExamId } = study;
    if (study.state !== 'matched' || orderExamId === null) throw new HubError('wrong-state', { state: study.state });
    await assertDetachable(tx, scope, study.id, orderExamId);
    const decided = { reason: input.reason, decidedBy: accountId, decidedAt: clock.now() };
    await addRefusal(tx, study, orderExamId, decided);
    await moveStudy(tx, study, 'unmatched', { orderExamId: null, patientId: null, matchedBy: null });
    await store.scheduleAgain(tx, orderExamId);
    await recordAudit(tx, {
      ...auditOf(ctx, study.facilityId),
      action: 'imaging.studyDetached',
      patientId: study.patientId,
      objectType: 'study',
      objectId: study.id,
      reason: input.reason,
      detail: { orderExamId },
    });
    return studyRow(await store.readAny(tx, study.id));
  });
}
