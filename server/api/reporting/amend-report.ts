import { type ReportView, reportTransitions } from '@lianzhen/contracts/reporting.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { holderOf } from '../worklist/case-row.ts';
import { findCase } from '../worklist/lock-case.ts';
import { reopenCase } from '../worklist/reopen-case.ts';
import { assertRevision, type LockedReport, lockReport } from './lock-report.ts';
import { deskView } from './report-view.ts';
import { deskText, signedContent } from './signed-text.ts';
import * as store from './store.ts';
import { auditReport, tellReport } from './tell-report.ts';

interface Amend {
  id: string;
  revision: number;
  reason: string;
}

/**
 * Opens a correction of a signed report: the text of the last version, on the desk of whoever amends, who holds the case
 * from now on. The signed version stays in force until the corrected one is approved. Again is not an error.
 * @throws `wrong-state`, `stale-revision`
 */
export async function amendReport(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  ctx: Ctx,
  input: Amend,
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return deps.db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const isRepeat = isAmendedBy(locked, person, deps.clock.now());
    if (!isRepeat) await amend(tx, deps, locked, person, input);
    const report = await store.read(tx, locked.scope, input.id);
    const view = await deskView(tx, await findCase(tx, locked.scope, report.caseId), report, ctx.language);
    const action = isRepeat ? 'reporting.reportRead' : 'reporting.reportAmended';
    await auditReport(tx, ctx, locked, action, isRepeat ? {} : { reason: input.reason });
    return view;
  });
}

const isAmendedBy = ({ found, report }: LockedReport, { accountId }: Person, now: Date): boolean =>
  report.state === 'draft' && report.amendmentReason !== null && holderOf(found, now)?.accountId === accountId;

async function amend(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'config'>,
  locked: LockedReport,
  person: Person,
  input: Amend,
): Promise<void> {
  const { found, report } = locked;
  assertTransition(reportTransitions, report.state, 'draft');
  assertRevision(report, input.revision);
  const { revision } = await store.change(tx, report.id, {
    ...deskText(await signedContent(tx, report)),
    state: 'draft',
    amendmentReason: input.reason,
    writerId: person.accountId,
    submittedAt: null,
    submittedHash: null,
  });
  await reopenCase(tx, deps, person, found, input.reason);
  await tellReport(tx, locked, revision, false);
}
