import { contentWith } from '@lianzhen/contracts/identity-correction.ts';
import { renderDocuments } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requirePerson } from '../context.ts';
import { patientOf } from './build-content.ts';
import * as store from './correction-store.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { orderOfContent } from './store.ts';

/** Before orders get another patient: from here on nobody signs for them until the transaction ends. */
export const holdSigning = (tx: Tx, orderIds: string[]) => store.lockCasesOf(tx, orderIds);

/**
 * Orders have got another patient: what was signed for them under the one before is corrected. The version stays as it
 * was signed; from now on it is shown with the right patient, and the one in force goes out again to every facility
 * that has, or was to have, the wrong one (users.md, part 3, row 17). Call `holdSigning` before, and this after the orders moved.
 * @param reason why the patient was corrected
 */
export async function correctIdentity(
  tx: Tx,
  ctx: Ctx,
  { orderIds, reason, now }: { orderIds: string[]; reason: string; now: Date },
): Promise<void> {
  const corrected: Array<{ versionId: string; patientId: string }> = [];
  for (const version of await store.signedOf(tx, orderIds)) {
    const order = await orderOfContent(tx, version.report.case.orderId);
    if (contentWith(version.content, version.corrections[0]).patient.id === order.patientId) continue;
    const number = (version.corrections[0]?.number ?? 0) + 1;
    const correctedById = requirePerson(ctx).accountId;
    const patient = patientOf(order);
    await store.insert(tx, { versionId: version.id, number, patient, reason, correctedById, correctedAt: now });
    if (!version.replacedBy) await sendAgain(tx, version, number);
    await enqueue(tx, renderDocuments, { versionId: version.id });
    corrected.push({ versionId: version.id, patientId: order.patientId });
  }
  for (const { versionId, patientId } of corrected)
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'reporting.identityCorrected',
      patientId,
      objectType: 'version',
      objectId: versionId,
      reason,
    });
}

async function sendAgain(tx: Tx, { id, deliveries, report }: store.Signed, number: number): Promise<void> {
  const parties = new Map(deliveries.map(({ facilityId, part }) => [`${facilityId} ${part}`, { facilityId, part }]));
  await store.outdateDeliveries(tx, id);
  await planDeliveries(tx, id, [...parties.values()], number);
  const facilityIds = [...new Set(deliveries.map(({ facilityId }) => facilityId))];
  await emit(tx, { topic: 'report', id: report.id, revision: report.revision, facilityIds });
  await emit(tx, { topic: 'delivery', id, revision: number + 1, facilityIds });
}
