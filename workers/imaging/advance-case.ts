import { dueAfter, isEvidenceComplete } from '@lianzhen/contracts/lease-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './case-store.ts';
import { noteLateImages } from './late-images.ts';

/**
 * Brings the case of an exam in line with its images: complete ones let it be read and start its clock, missing ones
 * make it wait again. One that was returned for its images comes back once each exam has new ones. A case that is past
 * that is not moved; it is told that there are new images.
 * @param isNew a study has just been matched, or has more images than before
 */
export async function advanceCase(tx: Tx, orderExamId: string, now: Date, isNew: boolean): Promise<void> {
  const found = await store.lockCaseOfExam(tx, orderExamId);
  if (!found) return;
  const isComplete = isEvidenceComplete(await store.evidenceOf(tx, found.orderId));
  const ready = { state: 'ready', readyAt: now, dueAt: dueAfter(now, found.deadlineMinutes) };
  if (found.state === 'waiting' && isComplete) {
    await move(tx, found, ready);
    await store.addCaseEvent(tx, found.id, 'ready', now);
  } else if (found.state === 'returned' && isNew && isComplete && (await store.resumeTakenAgain(tx, found.orderId))) {
    // Whoever returned it has seen the first images: what he opens now has others beside them.
    await move(tx, found, { ...ready, returnedReason: null, escalatedAt: null, hasLateImages: true });
    await store.addCaseEvent(tx, found.id, 'taken-again', now);
  } else if (found.state === 'ready' && !isComplete) {
    await move(tx, found, { state: 'waiting', readyAt: null, dueAt: null });
  } else if (isNew) {
    await noteLateImages(tx, orderExamId, now);
  }
}

async function move(tx: Tx, found: store.LockedCase, change: Parameters<typeof store.changeCase>[2]): Promise<void> {
  const facilityIds = await store.partiesOf(tx, found.orderId);
  const revision = await store.changeCase(tx, found.id, change);
  await emit(tx, { topic: 'case', id: found.id, revision, facilityIds });
  const orderRevision = await store.touchOrder(tx, found.orderId);
  await emit(tx, { topic: 'order', id: found.orderId, revision: orderRevision, facilityIds });
}
