import type { OrderState } from '@lianzhen/contracts/orders.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { orderRows } from './order-view.ts';
import { searchOrders } from './search-orders.ts';
import * as store from './store.ts';

interface ListOrders {
  page: number;
  pageSize: number;
  state?: OrderState[] | undefined;
  q: string;
  patientId?: string | undefined;
}

/** Orders in which one's own facilities have a part, latest first. */
export async function listOrders({ db, clock }: Pick<Deps, 'db' | 'clock'>, ctx: Ctx, input: ListOrders) {
  const scope = requireAccess(ctx, 'order:read');
  return db.transaction(async (tx) => {
    const skip = (input.page - 1) * input.pageSize;
    const { rows: found, total } = await store.page(tx, scope, await filterOf(tx, input), skip, input.pageSize);
    const rows = await orderRows(tx, scope, found, clock.now());
    await recordRead(tx, ctx, {
      action: 'orders.ordersListed',
      patientId: input.patientId,
      detail: { shown: rows.length, total },
    });
    return { rows, total };
  });
}

/** By state, patient, number of the order or an exam, name, pinyin or initials. */
async function filterOf(tx: Tx, { state, patientId, q }: ListOrders): Promise<Prisma.OrderWhereInput> {
  const text = q.trim();
  return {
    ...(state?.length ? { state: { in: state } } : {}),
    ...(patientId ? { patientId } : {}),
    ...(text ? { AND: [await searchOrders(tx, text)] } : {}),
  };
}
