import type { OpinionView } from '@lianzhen/contracts/consultation.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { recordRead } from '../audit/record-read.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { tellDraft } from '../reporting/tell-report.ts';
import { moveConsultation } from './move-consultation.ts';
import * as opinions from './opinion-store.ts';
import { opinionView, signedText } from './opinion-view.ts';
import { isAcceptedBy, requireAct, standingOf } from './standing.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
interface SaveOpinion {
  id: string;
  revision: number;
  findings: string;
  opinion: string;
  advice: string;
}

/** The opinion: what is being written for the experts who took part, what was signed for everybody else. */
export async function readOpinion({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }): Promise<OpinionView> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.read(tx, scope, input.id);
    const view = await opinionView(tx, await opinions.find(tx, found.id), standingOf(found, person) === 'expert');
    const fact = { patientId: found.patientId, objectType: 'consultation', objectId: found.id };
    await recordRead(tx, ctx, { action: 'consultation.opinionRead', ...fact });
    return view;
  });
}

/** @throws `stale-revision` where another expert, or another window, wrote in between */
export function assertOpinionRevision(report: { revision: number }, expected: number): void {
  if (report.revision !== expected) throw new HubError('stale-revision', { expected, found: report.revision });
}

/** Saves what is being written, as one types: any expert who accepted, over the revision that he saw. */
export async function saveOpinion({ db }: Part, ctx: Ctx, input: SaveOpinion): Promise<OpinionView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    requireAct(found, person, 'write-opinion');
    const report = await opinions.begin(tx, found.id);
    if (report.state === 'final') throw new HubError('wrong-state', { state: 'final' });
    assertOpinionRevision(report, input.revision);
    const { findings, opinion: impression, advice } = input;
    const text = { findings, impression, advice, writerId: person.accountId };
    const saved = await opinions.change(tx, report.id, text);
    await tellDraft(tx, report, saved.revision, person.accountId);
    const others = found.invitations.flatMap((one) => (one.state === 'accepted' ? (one.answeredById ?? []) : []));
    await emit(tx, { topic: 'draft', id: found.id, revision: saved.revision, facilityIds: [], accountIds: others });
    return opinionView(tx, saved, true);
  });
}

interface Correct {
  id: string;
  revision: number;
  reason: string;
}

/**
 * Opens a correction of a signed opinion with the text of its last version; that stays in force until the corrected one is
 * signed. `revision` is the opinion's. Again, by the same person, is not an error.
 */
export async function correctOpinion({ db, clock }: Part, ctx: Ctx, input: Correct): Promise<OpinionView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  const { reason } = input;
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    requireAct(found, person, 'correct-opinion');
    const report = await opinions.find(tx, found.id);
    if (!report) throw new HubError('not-found');
    if (report.state !== 'final') {
      if (report.writerId !== person.accountId) throw new HubError('wrong-state', { state: report.state });
      return opinionView(tx, report, true);
    }
    assertOpinionRevision(report, input.revision);
    const { findings, opinion: impression, advice } = await signedText(tx, report);
    const draft = { state: 'draft', findings, impression, advice, writerId: person.accountId, amendmentReason: reason };
    const opened = await opinions.change(tx, report.id, draft);
    const at = clock.now();
    await moveConsultation(tx, found, found.state, { kind: 'opinion-correcting', at, by: person, reason });
    const view = await opinionView(tx, opened, true);
    const own = found.invitations.find((one) => isAcceptedBy(person, one));
    await recordAudit(tx, {
      ...auditOf(ctx, own?.facilityId),
      ...{ action: 'consultation.opinionCorrecting', patientId: found.patientId, reason },
      ...{ objectType: 'consultation', objectId: found.id },
    });
    return view;
  });
}
