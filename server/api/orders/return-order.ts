import { HubError } from '@lianzhen/contracts/errors.ts';
import { kindsForImages, orderTransitions, type ReturnKind } from '@lianzhen/contracts/orders.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

/**
 * The order's part of a returned case: the sender sees its kind and the reason, and images that have to be taken again
 * are offered to the machines again. The caller holds the case's lock.
 * @throws `supplement-used` where missing data were asked for before, `wrong-state`
 */
export async function returnOrder(
  tx: Tx,
  order: { id: string; state: string; supplementAskedAt: Date | null },
  kind: ReturnKind,
  reason: string,
  now: Date,
): Promise<{ revision: number }> {
  assertTransition(orderTransitions, order.state, 'returned');
  const isAsked = kind === 'missing-data';
  if (isAsked && order.supplementAskedAt)
    throw new HubError('supplement-used', { askedAt: order.supplementAskedAt.toISOString() });
  if (kindsForImages.includes(kind)) await store.scheduleAgain(tx, order.id, now);
  return store.change(tx, order.id, {
    state: 'returned',
    returnedReason: reason,
    returnedKind: kind,
    ...(isAsked ? { supplementAskedAt: now } : {}),
  });
}
