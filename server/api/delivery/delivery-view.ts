import { type DeliveryRow, DeliveryState, DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { contentWith } from '@lianzhen/contracts/identity-correction.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

export async function deliveryViews(
  tx: Tx,
  records: store.DeliveryRecord[],
): Promise<Array<DeliveryRow & { content: ReportContent }>> {
  const names = await store.namesOf(tx, [...new Set(records.flatMap((record) => record.readById ?? []))]);
  return records.map((record) => {
    // Whoever looks sees whose result it is, also beside what had gone out under another patient.
    const content = contentWith(record.version.content, record.version.corrections[0]);
    return {
      id: record.id,
      versionId: record.versionId,
      versionNumber: record.version.number,
      isReplaced: record.version.replacedBy !== null || record.isOutdated,
      isIdentityCorrected: record.correction > 0,
      orderId: content.order.id,
      orderNumber: content.order.number,
      patientName: content.patient.name,
      facility: record.facility,
      part: record.part,
      channel: DestinationKind.parse(record.destination.kind),
      destinationName: record.destination.name,
      state: DeliveryState.parse(record.state),
      attemptCount: record.attemptCount,
      answer: record.answer,
      nextAttemptAt: instant(record.nextAttemptAt),
      sentAt: instant(record.sentAt),
      acceptedAt: instant(record.acceptedAt),
      readAt: instant(record.readAt),
      readByName: names.get(record.readById ?? '') ?? null,
      createdAt: record.createdAt.toISOString(),
      revision: record.revision,
      content,
    };
  });
}
