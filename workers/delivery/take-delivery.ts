import { DestinationKind, destinationConfig } from '@lianzhen/contracts/delivery.ts';
import { contentWith } from '@lianzhen/contracts/identity-correction.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Form, formFor, type TraceObject } from './adapters/adapter.ts';
import { decide, isAbandoned } from './may-send.ts';
import { abandonAfterMs } from './pace.ts';
import * as deliveries from './store.ts';
import { recordOutcome, tellParties } from './tell.ts';

/** A delivery that this worker alone may send now, with everything the sending needs. */
export interface Taken {
  id: string;
  /** The number of the attempt that was opened. */
  attempt: number;
  attemptCount: number;
  facilityId: string;
  destination: { id: string; kind: DestinationKind; config: unknown };
  document: { form: Form; place: string; sha256: string };
  content: ReportContent;
  contentHash: string;
  trace: TraceObject | null;
}
const interrupted = '发送中断，稍后重试 / the sending was interrupted and is tried again';
export const supersededBy = (later: deliveries.Later): string =>
  'version' in later
    ? `已被第 ${later.version} 版替代，不再发送 / superseded by version ${later.version}, not sent any more`
    : '患者身份已更正，以更正后的报告发送 / superseded by the same version under the corrected patient';

/** What a destination has for an answer; the hub itself needs none. */
export function timeoutOf({ kind, config }: { kind: string; config: unknown }): number | undefined {
  const parsed = destinationConfig[DestinationKind.parse(kind)].safeParse(config).data;
  return parsed && 'timeoutMs' in parsed ? parsed.timeoutMs : undefined;
}

/**
 * Opens an attempt, or does what stands in its place. The destination's row is locked first, so that of two workers with
 * the same job one sends, and the places of a destination are counted right.
 * @returns undefined where there is nothing to send now: decided, out already, not due, paused, superseded
 */
export async function takeDelivery(tx: Tx, deliveryId: string, now: Date): Promise<Taken | undefined> {
  const found = await deliveries.destinationOf(tx, deliveryId);
  if (!found) return undefined;
  await deliveries.lockDestination(tx, found.destinationId);
  const delivery = await deliveries.read(tx, deliveryId);
  const kind = DestinationKind.parse(delivery.destination.kind);
  const form = formFor[kind];
  const document = delivery.version.documents.find(
    (one) => one.form === form && one.correction === delivery.correction,
  );
  const earlier = await deliveries.earlierOpen(tx, delivery);
  const timeoutMs = timeoutOf(delivery.destination);
  const isOut = (one: { state: string; sentAt: Date | null }) =>
    one.state === 'sent' && !isAbandoned(one.sentAt, timeoutMs, now);
  const decision = decide(
    {
      ...delivery,
      timeoutMs,
      hasDocument: document !== undefined,
      inFlight: await deliveries.inFlight(
        tx,
        delivery.destinationId,
        delivery.id,
        new Date(now.getTime() - abandonAfterMs(timeoutMs)),
      ),
      isEarlierInFlight: earlier.some(isOut),
      later: await deliveries.laterOf(tx, delivery),
    },
    now,
  );
  const content = contentWith(
    delivery.version.content,
    delivery.version.corrections.find(({ number }) => number === delivery.correction),
  );
  if (decision.do === 'supersede') {
    await endUnsent(tx, delivery, content, now, supersededBy(decision.by), 'delivery.resultSuperseded');
    return undefined;
  }
  if (decision.do === 'give-up') {
    await endUnsent(tx, delivery, content, now, interrupted, 'delivery.resultFailed');
    return undefined;
  }
  if (decision.do === 'wait' || !document) return undefined;
  const attempt = await deliveries.openAttempt(tx, delivery.id, now, interrupted);
  await tellParties(tx, { ...delivery, revision: delivery.revision + 1 }, content.order.id);
  for (const { id } of earlier) {
    const old = await deliveries.read(tx, id);
    const later =
      old.versionId === delivery.versionId ? { correction: delivery.correction } : { version: delivery.version.number };
    await endUnsent(tx, old, content, now, supersededBy(later), 'delivery.resultSuperseded');
  }
  return {
    id: delivery.id,
    attempt,
    attemptCount: delivery.attemptCount + 1,
    facilityId: delivery.facilityId,
    destination: { id: delivery.destinationId, kind, config: delivery.destination.config },
    document: { form, place: document.blob, sha256: document.sha256 },
    content,
    contentHash: delivery.version.contentHash,
    trace: content.ecg ? await deliveries.traceObject(tx, content.ecg.sopInstanceUid) : null,
  };
}

async function endUnsent(
  tx: Tx,
  delivery: deliveries.DeliveryWithVersion,
  content: ReportContent,
  now: Date,
  answer: string,
  action: 'delivery.resultSuperseded' | 'delivery.resultFailed',
): Promise<void> {
  await deliveries.endOpenAttempts(tx, delivery.id, now, answer);
  const state = action === 'delivery.resultSuperseded' ? 'superseded' : 'failed';
  const ended = await deliveries.setState(tx, delivery.id, { state, answer });
  await tellParties(tx, ended, content.order.id);
  await recordOutcome(tx, action, ended, content.patient.id, { version: delivery.version.number });
}
