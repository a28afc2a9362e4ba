import { contentWith } from '@lianzhen/contracts/identity-correction.ts';
import { renderDocuments } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requirePerson } from '../context.ts';
import { patientOf } from './build-content.ts';
import * as store from './correction-store.ts';
import { planDeliveries } from './plan-deliveries.ts';

/** Before orders and consultations get another patient: nobody signs for them from here on until the transaction ends. */
export async function holdSigning(tx: Tx, orderIds: string[], consultationIds: string[] = []): Promise<void> {
  await store.lockCasesOf(tx, orderIds);
  await store.lockConsultations(tx, consultationIds);
}

interface IdentityChange {
  orderIds: string[];
  consultationIds?: string[];
  reason: string;
  now: Date;
}

/**
 * Orders have got another patient: what was signed for them under the one before is corrected. The version stays as it
 * was signed; from now on it is shown with the right patient, and the one in force goes out again to every facility
 * that has, or was to have, the wrong one. Call `holdSigning` before, and this after the orders moved.
 * @param reason why the patient was corrected
 */
export async function correctIdentity(
  tx: Tx,
  ctx: Ctx,
  { orderIds, consultationIds = [], reason, now }: IdentityChange,
): Promise<void> {
  const corrected: Array<{ versionId: string; patientId: string }> = [];
  for (const version of await store.signedOf(tx, orderIds, consultationIds)) {
    const right = await store.patientOfReport(tx, version.report);
    if (contentWith(version.content, version.corrections[0]).patient.id === right.patient.id) continue;
    const number = (version.corrections[0]?.number ?? 0) + 1;
    const correctedById = requirePerson(ctx).accountId;
    const patient = patientOf(right);
    await store.insert(tx, { versionId: version.id, number, patient, reason, correctedById, correctedAt: now });
    if (!version.replacedBy) await sendAgain(tx, version, number);
    await enqueue(tx, renderDocuments, { versionId: version.id });
    corrected.push({ versionId: version.id, patientId: right.patient.id });
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
