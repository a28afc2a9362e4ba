import { HubError } from '@lianzhen/contracts/errors.ts';
import { type OrderView, orderTransitions } from '@lianzhen/contracts/orders.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type LockedCase, lockCaseOfOrder } from '../worklist/lock-case.ts';
import { moveCase, type Told } from '../worklist/move-case.ts';
import { orderView } from './order-view.ts';
import * as store from './store.ts';

interface Withdraw {
  id: string;
  revision: number;
  reason: string;
}

/**
 * The sender takes a request back while nobody has begun to read it. Again is not an error.
 * @throws `not-found` for any other facility, `wrong-state` once it is claimed, `stale-revision`
 */
export async function withdrawOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Withdraw,
): Promise<OrderView> {
  const scope = requireAccess(ctx, 'order:write');
  return db.transaction(async (tx) => {
    const found = await lockCaseOfOrder(tx, scope, input.id);
    const now = clock.now();
    const isRepeat = found.order.state === 'withdrawn';
    if (!isRepeat) await withdraw(tx, ctx, found, input, now);
    const view = await orderView(tx, scope, await store.read(tx, scope, input.id), now);
    await recordAudit(tx, {
      ...auditOf(ctx, found.order.requestingFacilityId),
      action: isRepeat ? 'orders.orderRead' : 'orders.orderWithdrawn',
      patientId: found.order.patientId,
      objectType: 'order',
      objectId: input.id,
      ...(isRepeat ? {} : { reason: input.reason }),
    });
    return view;
  });
}

async function withdraw(tx: Tx, ctx: Ctx, found: LockedCase, { revision: expected, reason }: Withdraw, now: Date) {
  const { order } = found;
  if (order.revision !== expected) throw new HubError('stale-revision', { expected, found: order.revision });
  await withdrawCase(tx, found, { kind: 'withdrawn', at: now, by: requirePerson(ctx), reason });
}

/**
 * Takes back what nobody reads yet. The caller holds the case's lock.
 * @throws `wrong-state` once it is claimed or reported
 */
export async function withdrawCase(tx: Tx, found: LockedCase, told: Told & { reason: string }): Promise<void> {
  const { order } = found;
  if (!['waiting', 'ready', 'returned'].includes(found.state))
    throw new HubError('wrong-state', { state: found.state, holder: found.lease?.accountName ?? null });
  assertTransition(orderTransitions, order.state, 'withdrawn');
  const { revision } = await store.change(tx, order.id, { state: 'withdrawn', withdrawnReason: told.reason });
  await store.setExams(tx, order.id, 'cancelled');
  await moveCase(tx, { ...found, order: { ...order, revision } }, 'withdrawn', told);
}
