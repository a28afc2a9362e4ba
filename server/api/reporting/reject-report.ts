import { type ReportView, reportTransitions } from '@lianzhen/contracts/reporting.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { endHold, requireHold } from '../worklist/hold-case.ts';
import { findCase } from '../worklist/lock-case.ts';
import { moveCase } from '../worklist/move-case.ts';
import { requireReviewer } from '../worklist/require-reviewer.ts';
import { assertRevision, lockReport } from './lock-report.ts';
import { deskView } from './report-view.ts';
import type { Signing } from './sign-as-writer.ts';
import * as store from './store.ts';
import { auditReport, tellReport } from './tell-report.ts';

/**
 * The reviewer sends a report back to its writer, with a reason.
 * @throws `same-person`, `not-senior`, `lease-lost`, `stale-revision`, `wrong-state`
 */
export async function rejectReport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Signing & { reason: string },
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const { found, report } = locked;
    const now = clock.now();
    requireReviewer(ctx, report.writerId, found.centre.facilityId);
    requireHold(found, person, input.leaseToken, now, 'review');
    assertRevision(report, input.revision);
    assertTransition(reportTransitions, report.state, 'rejected');
    const rejected = await store.change(tx, report.id, { state: 'rejected', rejectedReason: input.reason });
    await endHold(tx, found.id);
    await moveCase(tx, found, 'rejected', { kind: 'rejected', at: now, by: person, reason: input.reason });
    await tellReport(tx, locked, rejected.revision, false);
    const view = await deskView(tx, await findCase(tx, locked.scope, found.id), rejected, ctx.language);
    await auditReport(tx, ctx, locked, 'reporting.reportRejected', { reason: input.reason });
    return view;
  });
}
