import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx } from '../context.ts';
import type { LockedReport } from './lock-report.ts';

/** While it is written, only its centre looks again; what is signed is every party's business. */
export async function tellReport(
  tx: Tx,
  { found, report }: LockedReport,
  revision: number,
  isSigned: boolean,
): Promise<void> {
  const { centre, order } = found;
  const facilityIds = isSigned ? [...new Set(order.parties.map(({ facilityId }) => facilityId))] : [centre.facilityId];
  await emit(tx, { topic: 'report', id: report.id, revision, facilityIds });
}

/** What is being typed changes no list: only those who write it look again, in their other windows. */
export async function tellDraft(
  tx: Tx,
  { id, writerId }: { id: string; writerId: string | null },
  revision: number,
  accountId: string,
): Promise<void> {
  const accountIds = [...new Set([accountId, ...(writerId === null ? [] : [writerId])])];
  await emit(tx, { topic: 'draft', id, revision, facilityIds: [], accountIds });
}

/** The last statement of every act on a report. */
export async function auditReport(
  tx: Tx,
  ctx: Ctx,
  { found, report }: LockedReport,
  action: `reporting.${string}`,
  more: { reason?: string; detail?: Record<string, unknown> } = {},
): Promise<void> {
  await recordAudit(tx, {
    ...auditOf(ctx, found.centre.facilityId),
    action,
    patientId: found.order.patientId,
    objectType: 'report',
    objectId: report.id,
    ...more,
  });
}
