import type { OrderView } from '@lianzhen/contracts/orders.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { orderView } from './order-view.ts';
import * as store from './store.ts';

/** One order, for every facility with a part in it. */
export async function readOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string },
): Promise<OrderView> {
  const scope = requireAccess(ctx, 'order:read');
  return db.transaction(async (tx) => {
    const order = await store.read(tx, scope, input.id);
    const view = await orderView(tx, scope, order, clock.now());
    await recordRead(tx, ctx, {
      action: 'orders.orderRead',
      patientId: order.patientId,
      objectType: 'order',
      objectId: order.id,
    });
    return view;
  });
}
