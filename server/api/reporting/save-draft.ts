import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReportBody, ReportView } from '@lianzhen/contracts/reporting.ts';
import { reportTransitions } from '@lianzhen/contracts/reporting.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { Prisma, type Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { requireHold } from '../worklist/hold-case.ts';
import { noteOnCase } from '../worklist/note-on-case.ts';
import { assertRevision, type LockedReport, lockReport } from './lock-report.ts';
import { textHash } from './report-hash.ts';
import { deskView } from './report-view.ts';
import * as store from './store.ts';
import { auditReport, tellDraft, tellReport } from './tell-report.ts';

type SaveDraft = z.output<typeof ReportBody> & { id: string; revision: number; leaseToken: string };

/**
 * Saves what is being written, as one types. The holder only, and only over the revision he saw. A reviewer may mend the
 * text he is about to approve: that is recorded as his, and the trail keeps both texts' hashes.
 * @throws `lease-lost`, `stale-revision`, `wrong-state`
 */
export async function saveDraft(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: SaveDraft,
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const purpose = requireHold(locked.found, person, input.leaseToken, clock.now());
    assertRevision(locked.report, input.revision);
    const { id: _, revision: __, leaseToken: ___, ...text } = input;
    if (text.ecg) await requireTrace(tx, locked, text.ecg);
    const isReview = purpose === 'review';
    const saved = isReview ? await mend(tx, locked, text) : await write(tx, locked, text, person);
    const { report } = locked;
    const isNews = report.state !== saved.state || report.writerId !== saved.writerId;
    if (isNews) await tellReport(tx, locked, saved.revision, false);
    else await tellDraft(tx, report, saved.revision, person.accountId);
    if (isReview) await noteOnCase(tx, locked.found.id, { kind: 'edited-by-reviewer', at: clock.now(), by: person });
    const view = await deskView(tx, locked.found, saved, ctx.language);
    // A writer's key strokes are no decision; a reviewer's are.
    if (isReview) {
      const detail = { hashBefore: locked.report.submittedHash, hash: saved.submittedHash };
      await auditReport(tx, ctx, locked, 'reporting.reportMended', { detail });
    }
    return view;
  });
}

type Body = z.output<typeof ReportBody>;

/** @throws `bad-input` where the trace that a report is about is not one of the case that it is the report of */
async function requireTrace(tx: Tx, { found }: LockedReport, { traceId, sopInstanceUid }: EcgPart): Promise<void> {
  const studies = found.order.exams.flatMap((exam) => exam.studies);
  const trace = await store.trace(tx, traceId);
  const isOfCase = studies.some(({ studyInstanceUid }) => studyInstanceUid === trace?.studyInstanceUid);
  if (!trace || !isOfCase || trace.sopInstanceUid !== sopInstanceUid)
    throw new HubError('bad-input', { fields: [{ field: 'ecg.traceId', expected: 'a trace of this case' }] });
}

const asRow = ({ ecg, ...text }: Body) => ({ ...text, ecg: ecg ?? Prisma.DbNull });

function write(tx: Tx, { report }: LockedReport, text: Body, { accountId }: Person) {
  if (report.state !== 'draft') assertTransition(reportTransitions, report.state, 'draft');
  return store.change(tx, report.id, { ...asRow(text), state: 'draft', writerId: accountId });
}

function mend(tx: Tx, { report }: LockedReport, text: Body) {
  assertTransition(reportTransitions, report.state, 'final');
  return store.change(tx, report.id, { ...asRow(text), submittedHash: textHash({ id: report.id, ...text }) });
}
