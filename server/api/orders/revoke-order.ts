import { HubError } from '@lianzhen/contracts/errors.ts';
import { Reason } from '@lianzhen/contracts/fields.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import { lockCaseOfOrder } from '../worklist/lock-case.ts';
import type { SystemPlace } from './system-place.ts';
import * as store from './system-store.ts';
import { withdrawCase } from './withdraw-order.ts';

/**
 * A hospital's system takes its request back while nobody has begun to read it. Again is no error.
 * @throws `reason-required`, `not-found` for any other facility's, `wrong-state`, `stale-revision`
 */
export async function revokeOrder(
  tx: Tx,
  ctx: Ctx,
  place: SystemPlace,
  input: { id: string; reason: string | undefined; revision?: number | undefined },
  now: Date,
): Promise<store.OrderNumbers> {
  const found = await lockCaseOfOrder(tx, place.scope, input.id);
  const isRepeat = found.order.state === 'withdrawn';
  const reason = Reason.safeParse(input.reason ?? '');
  if (!isRepeat) {
    if (!reason.success)
      throw new HubError('reason-required', { field: 'reason', expected: 'a reason of at most 1000 characters' });
    const expected = input.revision ?? found.order.revision;
    if (expected !== found.order.revision)
      throw new HubError('stale-revision', { expected, found: found.order.revision });
    await withdrawCase(tx, found, { kind: 'withdrawn', at: now, reason: reason.data });
  }
  const numbers = await store.numbersOf(tx, input.id);
  await recordAudit(tx, {
    ...auditOf(ctx),
    action: isRepeat ? 'orders.orderRead' : 'orders.orderWithdrawn',
    patientId: found.order.patientId,
    objectType: 'order',
    objectId: input.id,
    ...(isRepeat || !reason.success ? {} : { reason: reason.data }),
  });
  return numbers;
}
