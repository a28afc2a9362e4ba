import { rolesMay } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { holderOf } from '../worklist/case-row.ts';
import { type LockedCase, seekCase } from '../worklist/lock-case.ts';
import { evidenceOf } from './lock-report.ts';
import { deskView, signedView } from './report-view.ts';
import * as store from './store.ts';

/**
 * The report of a case. Readers of the centre see what is being written, and the first look of the one who holds the case
 * begins it; every other party sees what was signed.
 * @throws `not-found` where there is nothing that this person may see yet
 */
export async function readReport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { caseId: string },
): Promise<ReportView> {
  const scope = requireAccess(ctx, 'report:read');
  return db.transaction(async (tx) => {
    const { order, centre } = await store.caseOfParty(tx, scope, input.caseId);
    const desk = deskScope(ctx, centre.facilityId);
    const found = desk && (await seekCase(tx, desk, input.caseId));
    const view = found ? await readDesk(tx, ctx, desk, found, clock.now()) : await readSigned(tx, scope, input.caseId);
    await recordRead(tx, ctx, {
      action: 'reporting.reportRead',
      patientId: order.patientId,
      objectType: 'report',
      objectId: view.id,
    });
    return view;
  });
}

/** What lies on this person's desk where the centre is; undefined where he is no reader. */
function deskScope(ctx: Ctx, facilityId: string): FacilityScope | undefined {
  const { seats } = requirePerson(ctx);
  const reads = seats.some((seat) => seat.facilityId === facilityId && rolesMay(seat.roles, 'worklist:read'));
  return reads ? requireAccess(ctx, 'worklist:read', facilityId) : undefined;
}

async function readDesk(tx: Tx, ctx: Ctx, desk: FacilityScope, found: LockedCase, now: Date): Promise<ReportView> {
  const isHolder = holderOf(found, now)?.accountId === requirePerson(ctx).accountId;
  if (!found.report && isHolder && found.state === 'reading') await store.begin(tx, found.id, evidenceOf(found));
  const report = await store.ofCase(tx, desk, found.id);
  if (!report) throw new HubError('not-found', { caseId: found.id });
  return deskView(tx, found, report, ctx.language);
}

async function readSigned(tx: Tx, scope: FacilityScope, caseId: string): Promise<ReportView> {
  const report = await store.signedOfCase(tx, scope, caseId);
  if (!report) throw new HubError('not-found', { caseId });
  return signedView(tx, report);
}
