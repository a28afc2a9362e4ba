import { HubError } from '@lianzhen/contracts/errors.ts';
import type { OrderBody, OrderView } from '@lianzhen/contracts/orders.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { orderView } from './order-view.ts';
import { placeOrder } from './place-order.ts';
import * as placing from './place-store.ts';
import { recordRefusal } from './refused-orders.ts';
import * as store from './store.ts';

type SendOrder = OrderBody & { draftId?: string | undefined };

/**
 * Sends a request to a centre. The order takes its draft's id and the draft is gone with it, so that sending twice, at
 * once or later, answers with one and the same order.
 * @throws `not-found`, `no-agreement`, `line-not-open`, `consent-missing`, `bad-input`, each naming all fields that are wrong
 */
export async function sendOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: SendOrder,
): Promise<OrderView> {
  const scope = requireAccess(ctx, 'order:write', input.facilityId);
  const person = requirePerson(ctx);
  const now = clock.now();
  const sending = db.transaction(async (tx) => {
    const isSent = input.draftId !== undefined && (await wasSent(tx, person.accountId, input.draftId));
    const id = isSent ? input.draftId : undefined;
    const placed = id ?? (await placeOrder(tx, scope, input, { by: person, id: input.draftId }, now)).id;
    if (!isSent && input.draftId !== undefined) await placing.dropDraft(tx, input.draftId);
    const order = await store.read(tx, scope, placed);
    const view = await orderView(tx, scope, order, now);
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      action: isSent ? 'orders.orderRead' : 'orders.orderSent',
      patientId: order.patientId,
      objectType: 'order',
      objectId: order.id,
      detail: { urgency: order.urgency, exams: order.exams.length, agreementId: order.agreementId },
    });
    return view;
  });
  return sending.catch(async (cause: unknown) => {
    await recordRefusal(db, ctx, 'page', cause, input);
    throw cause;
  });
}

/** @throws `not-found` where the draft is neither there nor the order that it became */
async function wasSent(tx: Tx, accountId: string, draftId: string): Promise<boolean> {
  if (await placing.lockDraft(tx, accountId, draftId)) return false;
  if (await placing.sentBefore(tx, accountId, draftId)) return true;
  throw new HubError('not-found', { field: 'draftId' });
}
