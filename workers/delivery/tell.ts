import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as deliveries from './store.ts';

/** What became of a delivery, for those who may know. */
interface Told {
  id: string;
  revision: number;
  facilityId: string;
}

/** Tells every facility with a part in the order to look at its ledger again. */
export async function tellParties(tx: Tx, delivery: Told, orderId: string): Promise<void> {
  const parties = await deliveries.partiesOf(tx, orderId);
  const facilityIds = [...new Set([...parties, delivery.facilityId])];
  await emit(tx, { topic: 'delivery', id: delivery.id, revision: delivery.revision, facilityIds });
}

const outcomes = {
  'delivery.resultAccepted': 'success',
  'delivery.resultRejected': 'refused',
  'delivery.resultFailed': 'failure',
  'delivery.resultSuperseded': 'failure',
} as const;

/** Into the chain of the receiving facility. Call it last in the transaction: it locks the chain's head. */
export const recordOutcome = (
  tx: Tx,
  action: keyof typeof outcomes,
  delivery: Told,
  patientId: string,
  detail: Record<string, unknown>,
): Promise<void> =>
  recordAudit(tx, {
    action,
    outcome: outcomes[action],
    facilityId: delivery.facilityId,
    patientId,
    objectType: 'delivery',
    objectId: delivery.id,
    detail,
  });
