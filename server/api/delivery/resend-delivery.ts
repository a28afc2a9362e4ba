import { type DeliveryRow, deliveryTransitions } from '@lianzhen/contracts/delivery.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { deliveryViews } from './delivery-view.ts';
import * as store from './store.ts';

/**
 * Tries a rejected or failed delivery again from the first attempt; one that waits is tried now. One that is out has an
 * answer coming: a second beside it would be sent twice.
 */
export async function resendDelivery(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string },
): Promise<DeliveryRow> {
  const scope = requireAccess(ctx, 'delivery:resend');
  return db.transaction(async (tx) => {
    const before = await store.readAny(tx, store.inScope(scope), input.id);
    if (before.version.replacedBy || before.isOutdated) throw new HubError('wrong-state', { from: 'replaced' });
    if (before.state === 'sent') throw new HubError('wrong-state', { from: 'sent' });
    if (before.state !== 'waiting') assertTransition(deliveryTransitions, before.state, 'waiting');
    const now = clock.now();
    const { count } = await tx.delivery.updateMany({
      where: { id: before.id, revision: before.revision },
      data: {
        state: 'waiting',
        nextAttemptAt: now,
        attemptCount: before.state === 'waiting' ? undefined : 0,
        revision: { increment: 1 },
      },
    });
    if (count === 0) throw new HubError('stale-revision');
    // The person who presses the button knows that the other side is back.
    await tx.destination.update({ where: { id: before.destinationId }, data: { pausedUntil: null, failures: 0 } });
    await enqueue(tx, sendDocument, { deliveryId: before.id });
    const record = await store.readAny(tx, store.inScope(scope), input.id);
    await emit(tx, {
      topic: 'delivery',
      id: record.id,
      revision: record.revision,
      facilityIds: await store.facilitiesConcerned(tx, record),
    });
    const [view] = await deliveryViews(tx, [record]);
    if (!view) throw new HubError('not-found');
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'delivery.resent',
      patientId: view.content.patient.id,
      objectType: 'delivery',
      objectId: record.id,
    });
    return view;
  });
}
