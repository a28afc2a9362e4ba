import { maxDeliveryAttempts } from '@lianzhen/contracts/delivery.ts';
import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { pauseMs, placesOf, retryAfterMs } from './pace.ts';
import * as deliveries from './store.ts';
import { supersededBy, type Taken } from './take-delivery.ts';
import { recordOutcome, tellParties } from './tell.ts';

/** failed: nobody can tell; it is tried again until the last attempt. */
export interface Result {
  outcome: 'accepted' | 'rejected' | 'failed';
  answer: string;
}
export interface Pace {
  now: Date;
  retryBaseMs: number;
  /** 0 to 1, spreads the retries. */
  chance: number;
}

/**
 * Writes down how an attempt ended: the delivery's state, the health of the destination, who is told, and what goes to
 * this destination next. An attempt that another worker took over meanwhile changes nothing but its own row, unless the
 * other side accepted: then the result is there, whoever sent it.
 */
export async function closeAttempt(tx: Tx, taken: Taken, result: Result, pace: Pace): Promise<void> {
  await deliveries.lockDestination(tx, taken.destination.id);
  const delivery = await deliveries.read(tx, taken.id);
  const { outcome, answer } = result;
  await deliveries.endAttempt(tx, taken.id, taken.attempt, { endedAt: pace.now, outcome, answer });
  const health = await noteHealth(tx, taken, delivery.destination.failures, outcome, pace);
  if (health.pausedUntil === null) await enqueueNext(tx, taken, health.failures, pace.now);
  const isMine = delivery.state === 'sent' && (await deliveries.lastAttempt(tx, taken.id)) === taken.attempt;
  const isOpen = delivery.state === 'sent' || delivery.state === 'waiting';
  if (!isMine && !(outcome === 'accepted' && isOpen)) return;
  const { action, ...change } = await changeOf(tx, delivery, result, pace, health.pausedUntil);
  const ended = await deliveries.setState(tx, taken.id, change);
  if (change.state === 'waiting')
    await enqueue(tx, sendDocument, { deliveryId: taken.id }, change.nextAttemptAt ?? undefined);
  await tellParties(tx, ended, taken.content.order.id);
  if (action)
    await recordOutcome(tx, action, ended, taken.content.patient.id, {
      version: taken.content.versionNumber,
      attempt: taken.attempt,
    });
}

type Change = Parameters<typeof deliveries.setState>[2] & { action?: Parameters<typeof recordOutcome>[1] };

async function changeOf(
  tx: Tx,
  delivery: deliveries.DeliveryWithVersion,
  { outcome, answer }: Result,
  pace: Pace,
  pausedUntil: Date | null,
): Promise<Change> {
  if (outcome === 'accepted')
    return { state: 'accepted', answer, acceptedAt: pace.now, action: 'delivery.resultAccepted' };
  if (outcome === 'rejected') return { state: 'rejected', answer, action: 'delivery.resultRejected' };
  const later = await deliveries.laterOf(tx, delivery);
  if (later) return { state: 'superseded', answer: supersededBy(later), action: 'delivery.resultSuperseded' };
  if (delivery.attemptCount >= maxDeliveryAttempts) return { state: 'failed', answer, action: 'delivery.resultFailed' };
  const wait = retryAfterMs(delivery.attemptCount, pace.retryBaseMs, pace.chance);
  const due = Math.max(pace.now.getTime() + wait, pausedUntil?.getTime() ?? 0);
  return { state: 'waiting', answer, nextAttemptAt: new Date(due) };
}

/** An answer of either kind proves that the destination lives; what waited for it is brought forward. */
async function noteHealth(tx: Tx, taken: Taken, failures: number, outcome: Result['outcome'], pace: Pace) {
  if (outcome === 'failed') {
    const pause = pauseMs(failures + 1, pace.retryBaseMs);
    const pausedUntil = pause > 0 ? new Date(pace.now.getTime() + pause) : null;
    await deliveries.setHealth(tx, taken.destination.id, failures + 1, pausedUntil);
    return { failures: failures + 1, pausedUntil };
  }
  if (failures > 0) {
    await deliveries.setHealth(tx, taken.destination.id, 0, null);
    await deliveries.bringForward(tx, taken.destination.id, pace.now);
  }
  return { failures: 0, pausedUntil: null };
}

/** The place that became free is for the next: also for a later version that waited for this one. */
async function enqueueNext(tx: Tx, { destination }: Taken, failures: number, now: Date): Promise<void> {
  const next = await deliveries.dueTo(tx, destination.id, destination.kind, now, placesOf(failures));
  for (const { id } of next) await enqueue(tx, sendDocument, { deliveryId: id });
}
