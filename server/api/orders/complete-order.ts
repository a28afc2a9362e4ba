import { orderTransitions } from '@lianzhen/contracts/orders.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

/** The order's part of a signed report: nothing more is owed. A corrected report finds it completed already. */
export async function completeOrder(
  tx: Tx,
  order: { id: string; state: string; revision: number },
): Promise<{ revision: number }> {
  if (order.state === 'completed') return order;
  assertTransition(orderTransitions, order.state, 'completed');
  return store.change(tx, order.id, { state: 'completed' });
}
