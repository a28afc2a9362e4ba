import { rankOf } from '@lianzhen/contracts/facilities.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

/** Before every emergency: a critical pattern is read first of all. */
export const criticalRank = rankOf.emergency - 1;

/** What a recorder or the measurements say puts a case further ahead, never back; it says nothing about the result. */
export async function raiseRank(tx: Tx, caseId: string): Promise<void> {
  const raised = await store.raiseCase(tx, caseId, criticalRank);
  if (!raised) return;
  const facilityIds = await store.partiesOfCase(tx, caseId);
  await emit(tx, { topic: 'case', id: caseId, revision: raised.revision, facilityIds });
}
