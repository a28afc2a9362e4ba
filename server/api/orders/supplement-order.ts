import { HubError } from '@lianzhen/contracts/errors.ts';
import { dueAfter, isEvidenceComplete } from '@lianzhen/contracts/lease-rules.ts';
import type { OrderView } from '@lianzhen/contracts/orders.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type LockedCase, lockCaseOfOrder } from '../worklist/lock-case.ts';
import { moveCase } from '../worklist/move-case.ts';
import { orderView } from './order-view.ts';
import * as store from './store.ts';

const maxSupplements = 50;

/**
 * Adds to a request, asked or unasked, until it is reported. A returned one goes back: into the queue where its images
 * are complete, else it waits for them; its clock begins anew.
 * @throws `not-found` for any other facility, `wrong-state` when it is reported or withdrawn, `too-large` past 50
 */
export async function supplementOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string; text: string },
): Promise<OrderView> {
  const scope = requireAccess(ctx, 'order:supplement');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await lockCaseOfOrder(tx, scope, input.id);
    const { order } = found;
    const now = clock.now();
    if (order.state !== 'submitted' && order.state !== 'returned')
      throw new HubError('wrong-state', { state: order.state });
    if ((await store.countSupplements(tx, order.id)) >= maxSupplements)
      throw new HubError('too-large', { limit: maxSupplements });
    await store.addSupplement(tx, { orderId: order.id, text: input.text, byId: person.accountId, at: now });
    await resume(tx, found, person, now);
    const view = await orderView(tx, scope, await store.read(tx, scope, order.id), now);
    await recordAudit(tx, {
      ...auditOf(ctx, order.requestingFacilityId),
      action: 'orders.orderSupplemented',
      patientId: order.patientId,
      objectType: 'order',
      objectId: order.id,
      detail: { wasReturned: order.state === 'returned' },
    });
    return view;
  });
}

async function resume(tx: Tx, found: LockedCase, by: Person, now: Date): Promise<void> {
  const isBack = found.order.state === 'returned';
  const { revision } = await store.change(
    tx,
    found.order.id,
    isBack ? { state: 'submitted', returnedReason: null, returnedKind: null } : {},
  );
  const moved = { ...found, order: { ...found.order, revision } };
  const told = { kind: 'supplemented', at: now, by } as const;
  if (!isBack) return moveCase(tx, moved, found.state as 'ready', told);
  const isReady = isEvidenceComplete(found.order.exams);
  await moveCase(tx, moved, isReady ? 'ready' : 'waiting', told, {
    returnedReason: null,
    escalatedAt: null,
    readyAt: isReady ? now : null,
    dueAt: isReady ? dueAfter(now, found.deadlineMinutes) : null,
  });
}
