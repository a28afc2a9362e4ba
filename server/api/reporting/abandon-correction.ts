import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import { isOpenCorrection } from '@lianzhen/contracts/signing-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { closeCorrection, lastCorrection } from '../worklist/close-correction.ts';
import { requireHold } from '../worklist/hold-case.ts';
import { findCase } from '../worklist/lock-case.ts';
import { isReviewer } from '../worklist/require-reviewer.ts';
import { assertRevision, type LockedReport, lockReport } from './lock-report.ts';
import { textHash } from './report-hash.ts';
import { deskView } from './report-view.ts';
import type { Signing } from './sign-as-writer.ts';
import { deskText, signedContent } from './signed-text.ts';
import * as store from './store.ts';
import { auditReport, tellReport } from './tell-report.ts';

/**
 * Gives up a correction that nobody has signed: its text is thrown away, and the signed version, which was in force all
 * the time, is all there is. For its holder, where he began it or may review. Again is not an error.
 * @throws `wrong-state` where there is no such correction, `lease-lost`, `stale-revision`, `forbidden`
 */
export async function abandonCorrection(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Signing,
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const isRepeat = await isAbandonedBy(tx, locked, person);
    if (!isRepeat) await abandon(tx, ctx, locked, person, input, clock.now());
    const report = await store.read(tx, locked.scope, input.id);
    const view = await deskView(tx, await findCase(tx, locked.scope, report.caseId), report, ctx.language);
    const detail = { discarded: textHash(locked.report), inForce: report.versions.at(-1)?.contentHash };
    if (isRepeat) await auditReport(tx, ctx, locked, 'reporting.reportRead');
    else await auditReport(tx, ctx, locked, 'reporting.correctionAbandoned', { detail });
    return view;
  });
}

async function isAbandonedBy(tx: Tx, { found, report }: LockedReport, { accountId }: Person): Promise<boolean> {
  if (report.state !== 'final') return false;
  const last = await lastCorrection(tx, found.id);
  return last?.kind === 'correction-abandoned' && last.byId === accountId;
}

async function abandon(tx: Tx, ctx: Ctx, locked: LockedReport, person: Person, input: Signing, now: Date) {
  const { found, report } = locked;
  if (!isOpenCorrection(report)) throw new HubError('wrong-state', { state: report.state });
  requireHold(found, person, input.leaseToken, now, 'read');
  assertRevision(report, input.revision);
  const begun = await lastCorrection(tx, found.id);
  if (begun?.byId !== person.accountId && !isReviewer(ctx, found.centre.facilityId))
    throw new HubError('forbidden', { begunBy: begun?.byName });
  const signed = await signedContent(tx, report);
  const { ecg, ...text } = deskText(signed);
  const { revision } = await store.change(tx, report.id, {
    ...text,
    ecg,
    state: 'final',
    writerId: signed.writer.id,
    amendmentReason: signed.amendmentReason,
    rejectedReason: null,
    submittedAt: signed.submittedAt,
    submittedHash: textHash({ id: report.id, ...text, ecg: signed.ecg }),
  });
  await closeCorrection(tx, person, found, now);
  await tellReport(tx, locked, revision, false);
}
