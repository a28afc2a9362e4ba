import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { endHold } from '../worklist/hold-case.ts';
import { findCase } from '../worklist/lock-case.ts';
import { moveCase } from '../worklist/move-case.ts';
import { lockReport } from './lock-report.ts';
import { deskView } from './report-view.ts';
import { isSubmittedBy, type Signing, signAsWriter } from './sign-as-writer.ts';
import * as store from './store.ts';
import { auditReport, tellReport } from './tell-report.ts';

/**
 * The writer signs; the case waits for its reviewer. Warnings are shown before and never block. Again is not an error.
 * @throws `lease-lost`, `stale-revision`, `wrong-state`, `bad-input` naming what is missing
 */
export async function submitReport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Signing,
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const isRepeat = isSubmittedBy(locked, person);
    if (!isRepeat) {
      const now = clock.now();
      const { revision } = await signAsWriter(tx, locked, person, input, now);
      await endHold(tx, locked.found.id);
      await moveCase(tx, locked.found, 'submitted', { kind: 'submitted', at: now, by: person });
      await tellReport(tx, locked, revision, false);
    }
    const report = await store.read(tx, locked.scope, input.id);
    const view = await deskView(tx, await findCase(tx, locked.scope, report.caseId), report, ctx.language);
    const action = isRepeat ? 'reporting.reportRead' : 'reporting.reportSubmitted';
    const detail = { hash: report.submittedHash, warnings: view.warnings.map(({ code }) => code) };
    await auditReport(tx, ctx, locked, action, { detail });
    return view;
  });
}
