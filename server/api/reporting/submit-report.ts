import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import { Signatures } from '@lianzhen/contracts/signatures.ts';
import { signsAlone } from '@lianzhen/contracts/signing-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { endHold } from '../worklist/hold-case.ts';
import { findCase } from '../worklist/lock-case.ts';
import { moveCase } from '../worklist/move-case.ts';
import { isReviewer } from '../worklist/require-reviewer.ts';
import { type LockedReport, lockReport } from './lock-report.ts';
import { publishReport } from './publish-report.ts';
import { deskView } from './report-view.ts';
import { isSubmittedBy, type Signing, signAsWriter } from './sign-as-writer.ts';
import * as store from './store.ts';
import { auditReport, tellReport } from './tell-report.ts';

/**
 * The writer signs; the case waits for its reviewer or, where the centre lets a senior reader sign such a report alone,
 * the report is out. Warnings are shown before and never block. Again is not an error.
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
    const isRepeat = isSubmittedBy(locked, person) || isSignedAloneBy(locked, person);
    const version = isRepeat ? undefined : await sign(tx, ctx, locked, person, input, clock.now());
    const report = await store.read(tx, locked.scope, input.id);
    const view = await deskView(tx, await findCase(tx, locked.scope, report.caseId), report, ctx.language);
    const action = isRepeat
      ? 'reporting.reportRead'
      : version
        ? 'reporting.reportSignedAlone'
        : 'reporting.reportSubmitted';
    const warnings = view.warnings.map(({ code }) => code);
    const detail = { hash: version?.contentHash ?? report.submittedHash, versionId: version?.id, warnings };
    await auditReport(tx, ctx, locked, action, { detail });
    return view;
  });
}

const isSignedAloneBy = ({ report }: LockedReport, { accountId }: Person): boolean => {
  const last = report.versions.at(-1);
  return report.state === 'final' && last?.writerId === accountId && last.reviewerId === null;
};

async function sign(tx: Tx, ctx: Ctx, locked: LockedReport, person: Person, input: Signing, now: Date) {
  const { found } = locked;
  const submitted = await signAsWriter(tx, locked, person, input, now);
  const isAlone =
    signsAlone(Signatures.parse(found.centre.signatures), submitted, person.title) &&
    isReviewer(ctx, found.centre.facilityId);
  if (isAlone) return publishReport(tx, locked, submitted, person, 'writer', now);
  await endHold(tx, found.id);
  await moveCase(tx, found, 'submitted', { kind: 'submitted', at: now, by: person });
  await tellReport(tx, locked, submitted.revision, false);
  return undefined;
}
