import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { requireHold } from '../worklist/hold-case.ts';
import { findCase } from '../worklist/lock-case.ts';
import { requireReviewer } from '../worklist/require-reviewer.ts';
import { assertRevision, type LockedReport, lockReport } from './lock-report.ts';
import { publishReport } from './publish-report.ts';
import { deskView } from './report-view.ts';
import { asSubmitted, type Signing } from './sign-as-writer.ts';
import * as store from './store.ts';
import { auditReport } from './tell-report.ts';

/**
 * The reviewer signs: a version is frozen, replaces the one before it, and goes out to every party; the order is done.
 * The same reviewer's second click answers with what the first one did.
 * @throws `same-person`, `not-senior`, `lease-lost`, `stale-revision`, `wrong-state`, `bad-input`
 */
export async function approveReport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Signing,
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  return db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const version = isApprovedBy(ctx, locked) ? undefined : await approve(tx, ctx, locked, input, clock.now());
    const report = await store.read(tx, locked.scope, input.id);
    const view = await deskView(tx, await findCase(tx, locked.scope, report.caseId), report, ctx.language);
    const action = version ? 'reporting.reportApproved' : 'reporting.reportRead';
    await auditReport(tx, ctx, locked, action, {
      detail: { versionId: version?.id, kind: version?.kind, hash: version?.contentHash },
    });
    return view;
  });
}

const isApprovedBy = (ctx: Ctx, { report }: LockedReport): boolean =>
  report.state === 'final' && report.versions.at(-1)?.reviewerId === requirePerson(ctx).accountId;

async function approve(tx: Tx, ctx: Ctx, locked: LockedReport, input: Signing, now: Date) {
  const { found, report } = locked;
  const person = requirePerson(ctx);
  requireReviewer(ctx, report.writerId, found.centre.facilityId);
  requireHold(found, person, input.leaseToken, now, 'review');
  assertRevision(report, input.revision);
  const last = { reviewerId: person.accountId };
  return publishReport(tx, locked, asSubmitted(report), person, last, now);
}
