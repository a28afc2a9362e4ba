import { HubError } from '@lianzhen/contracts/errors.ts';
import { heldBackBy, QuarantineKind, type QuarantineState, type QuarantineView } from '@lianzhen/contracts/imaging.ts';
import { indexStudy } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { readExam } from './attach-store.ts';
import { matchByPerson, moveStudy } from './match-by-person.ts';
import * as store from './quarantine-store.ts';
import { quarantineViews } from './quarantine-view.ts';
import * as studies from './study-store.ts';

interface DecideQuarantine {
  id: string;
  decision: 'accept' | 'reject';
  reason: string;
}

/**
 * A person decides what a machine could not. Accepting lets images go to the order they were held from; it never puts
 * other bytes under a UID that is taken, nor images into another facility's study: of these one can only take note.
 * @throws `not-found`, `wrong-state` where it was decided already
 */
export async function decideQuarantine(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: DecideQuarantine,
): Promise<QuarantineView> {
  const scope = requireAccess(ctx, 'quarantine:decide');
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const item = await store.lock(tx, scope, input.id);
    if (!item) throw new HubError('not-found');
    if (item.state !== 'open') throw new HubError('wrong-state', { state: item.state });
    const now = clock.now();
    const state = stateAfter(QuarantineKind.parse(item.kind), input.decision);
    const closed = await store.close(tx, item.id, {
      state,
      reason: input.reason,
      decidedBy: accountId,
      decidedAt: now,
    });
    const patientId = await follow(tx, scope, item, input.decision, now);
    const [view] = await quarantineViews(tx, scope, [closed]);
    if (!view) throw new HubError('not-found');
    await emit(tx, { topic: 'quarantine', id: item.id, revision: 2, facilityIds: [item.facilityId] });
    await recordAudit(tx, {
      ...auditOf(ctx, item.facilityId),
      action: 'imaging.quarantineDecided',
      patientId,
      objectType: 'quarantine',
      objectId: item.id,
      reason: input.reason,
      detail: { kind: item.kind, decision: input.decision, state, images: view.imageCount },
    });
    return view;
  });
}

/** Nobody refuses what he only takes note of: it is looked up among what was acknowledged. */
function stateAfter(kind: QuarantineKind, decision: DecideQuarantine['decision']): QuarantineState {
  if (kind === 'demographics') return decision === 'accept' ? 'accepted' : 'rejected';
  return kind === 'unreadable' && decision === 'accept' ? 'accepted' : 'acknowledged';
}

/** @returns the patient whom the decision concerns, for the audit */
async function follow(
  tx: Tx,
  scope: FacilityScope,
  item: store.ItemFound,
  decision: DecideQuarantine['decision'],
  now: Date,
): Promise<string | null> {
  const { studyInstanceUid } = item;
  if (item.kind === 'unreadable' && decision === 'accept') {
    await store.readAgain(tx, { sopInstanceUid: { in: await store.imagesUnder(tx, item.id) } });
    await enqueue(tx, indexStudy, { studyInstanceUid });
  }
  if (item.kind !== 'demographics') return null;
  if (item.orderExamId !== null) return decideIdentity(tx, scope, item, item.orderExamId, decision, now);
  if (decision === 'accept') {
    await store.readAgain(tx, { studyInstanceUid, indexError: heldBackBy(item.id) });
    await enqueue(tx, indexStudy, { studyInstanceUid });
  }
  return null;
}

async function decideIdentity(
  tx: Tx,
  scope: FacilityScope,
  item: store.ItemFound,
  orderExamId: string,
  decision: DecideQuarantine['decision'],
  now: Date,
): Promise<string> {
  const exam = await readExam(tx, scope, orderExamId);
  const study = await studies.lockAny(tx, item.studyId ?? '');
  if (!exam || !study) throw new HubError('not-found');
  const { patientId } = exam.order;
  if (decision === 'accept') await matchByPerson(tx, study, { id: exam.id, patientId }, now);
  else if (study.state === 'quarantined') await moveStudy(tx, study, 'unmatched', {});
  return patientId;
}
