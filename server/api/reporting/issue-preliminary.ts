import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { endHold } from '../worklist/hold-case.ts';
import { findCase } from '../worklist/lock-case.ts';
import { moveCase } from '../worklist/move-case.ts';
import { freezeVersion } from './freeze-version.ts';
import { type LockedReport, lockReport } from './lock-report.ts';
import { deskView } from './report-view.ts';
import { isSubmittedBy, type Signing, signAsWriter } from './sign-as-writer.ts';
import * as store from './store.ts';
import { auditReport, tellReport } from './tell-report.ts';

/**
 * An emergency's report goes out before its review (临时报告); the case waits for its reviewer and the final
 * report is still owed. Again is not an error.
 * @throws `wrong-state` where the order is no emergency or a final report is out, and what the writer's signature throws
 */
export async function issuePreliminary(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Signing,
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const locked = await lockReport(tx, scope, input.id);
    const isRepeat = isSubmittedBy(locked, person) && locked.report.versions.at(-1)?.kind === 'preliminary';
    const version = isRepeat ? undefined : await issue(tx, locked, person, input, clock.now());
    const report = await store.read(tx, locked.scope, input.id);
    const view = await deskView(tx, await findCase(tx, locked.scope, report.caseId), report, ctx.language);
    const action = version ? 'reporting.preliminaryIssued' : 'reporting.reportRead';
    await auditReport(tx, ctx, locked, action, { detail: { versionId: version?.id, hash: version?.contentHash } });
    return view;
  });
}

async function issue(tx: Tx, locked: LockedReport, person: Person, input: Signing, now: Date) {
  const { found, report } = locked;
  if (found.urgency !== 'emergency')
    throw new HubError('wrong-state', { urgency: found.urgency, expected: 'emergency' });
  if (report.versions.some(({ kind }) => kind !== 'preliminary')) throw new HubError('wrong-state', { state: 'final' });
  const submitted = await signAsWriter(tx, locked, person, input, now);
  const version = await freezeVersion(tx, locked, submitted, 'owed', now);
  await endHold(tx, found.id);
  await moveCase(tx, found, 'submitted', { kind: 'preliminary-issued', at: now, by: person });
  await tellReport(tx, locked, submitted.revision, true);
  return version;
}
