import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../context.ts';
import type { MessageHeader } from '../mllp/message-header.ts';
import type { Done } from './hl7-answer.ts';
import type { OrderGroup, OrderMessage } from './hl7-groups.ts';
import { hl7Order, placerOf } from './hl7-order.ts';
import { naming } from './named-fields.ts';
import { revokeOrder } from './revoke-order.ts';
import type { SystemPlace } from './system-place.ts';
import { byPlacer } from './system-store.ts';
import { recordTaken } from './take-order.ts';
import { takeOrders } from './take-orders.ts';

/**
 * Does what the groups of a message ask, all or nothing: new orders (NW) first, then cancellations (CA).
 * @throws HubError naming segment and field of what is wrong
 */
export async function followOrders(
  tx: Tx,
  ctx: Ctx,
  place: SystemPlace,
  { header, message }: { header: MessageHeader; message: OrderMessage },
  now: Date,
): Promise<Done[]> {
  const asked = (control: string) => message.groups.filter(({ orc }) => orc.text(1).toUpperCase() === control);
  const [fresh, cancelled] = [asked('NW'), asked('CA')];
  const other = message.groups.find((group) => !fresh.includes(group) && !cancelled.includes(group));
  if (other)
    throw new HubError('bad-input', {
      fields: [{ field: `ORC[${other.orc.nth}]-1`, expected: 'NW or CA', code: '103' }],
    });
  const read = fresh.map((group) => hl7Order(header, message, group, place.timeZone));
  const taken = await takeOrders(tx, place, read, now);
  const done: Done[] = taken.map(({ numbers }) => ({ control: 'OK', numbers }));
  for (const group of cancelled) done.push({ control: 'CR', numbers: await cancel(tx, ctx, place, group, now) });
  await recordTaken(tx, ctx, taken);
  return done;
}

/** ORC-16 is the reason, or a note behind the ORC. */
async function cancel(tx: Tx, ctx: Ctx, place: SystemPlace, group: OrderGroup, now: Date) {
  const { orc, others } = group;
  const at = `ORC[${orc.nth}]`;
  const known = await byPlacer(tx, place.scope, placerOf(group));
  if (!known) throw new HubError('not-found', { fields: [{ field: `${at}-2`, expected: 'the number of an order' }] });
  const notes = others.filter(({ name }) => name === 'NTE').flatMap((note) => note.lines(3));
  const reason = orc.text(16, 2) || orc.text(16) || notes.join('\n') || undefined;
  return naming({ '': `${at}-1`, reason: `${at}-16` }, () =>
    revokeOrder(tx, ctx, place, { id: known.id, reason }, now),
  );
}
