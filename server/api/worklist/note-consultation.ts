import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

/** Writes into a case's history that a consultation about it was asked for or is over, and has the queues look again. */
export async function noteConsultation(
  tx: Tx,
  caseId: string,
  kind: 'consultation-asked' | 'consultation-over',
  told: { at: Date; by?: { accountId: string; displayName: string } | undefined; reason?: string | undefined },
): Promise<void> {
  const { revision } = await store.change(tx, caseId, {});
  await store.addEvent(tx, caseId, {
    ...{ kind, at: told.at },
    byId: told.by?.accountId ?? null,
    byName: told.by?.displayName ?? null,
    reason: told.reason ?? null,
  });
  await emit(tx, { topic: 'case', id: caseId, revision, facilityIds: await store.partiesOf(tx, caseId) });
}
