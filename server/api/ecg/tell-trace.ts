import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

/** Has everybody look again who may see a trace: where it came from, the parties of its order, who is called to its alarm. */
export async function tellTrace(
  tx: Tx,
  trace: { id: string; revision: number; facilityId: string; studyInstanceUid: string },
): Promise<void> {
  const parties = await store.partiesOf(tx, trace.studyInstanceUid);
  const called = await store.calledFacilities(tx, trace.id);
  const facilityIds = [...new Set([trace.facilityId, ...parties, ...called])];
  await emit(tx, { topic: 'trace', id: trace.id, revision: trace.revision, facilityIds });
}
