import type { CaseEventKind } from '@lianzhen/contracts/case-events.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './case-store.ts';

const late: CaseEventKind = 'late-images';

/**
 * Images came after the case was complete: whoever reads or has read it must see that. Said once
 * until somebody has looked at them.
 */
export async function noteLateImages(tx: Tx, orderExamId: string | null, now: Date): Promise<void> {
  if (!orderExamId) return;
  const found = await store.lockCaseOfExam(tx, orderExamId);
  if (!found || found.hasLateImages || ['waiting', 'withdrawn'].includes(found.state)) return;
  const revision = await store.changeCase(tx, found.id, { hasLateImages: true });
  await store.addCaseEvent(tx, found.id, late, now);
  const facilityIds = await store.partiesOf(tx, found.orderId);
  await emit(tx, { topic: 'case', id: found.id, revision, facilityIds });
}
