import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './delivery-store.ts';

export interface DeliveryParty {
  facilityId: string;
  part: string;
}

/**
 * One delivery of a signed version for every open destination of every party, in the transaction of the signature.
 * A facility without an open destination receives in its inbox, which is opened for it: a result that goes nowhere would
 * be lost in silence.
 * @param correction 0 as it was signed, else the number of the identity correction that goes out
 */
export async function planDeliveries(
  tx: Tx,
  versionId: string,
  parties: readonly DeliveryParty[],
  correction = 0,
): Promise<void> {
  const all = await store.destinations(
    tx,
    parties.map(({ facilityId }) => facilityId),
  );
  const rows = [];
  for (const { facilityId, part } of parties) {
    const own = all.filter((destination) => destination.facilityId === facilityId);
    const open = own.filter(({ enabled }) => enabled);
    const ids = open.length > 0 ? open.map(({ id }) => id) : [await inboxOf(tx, facilityId)];
    rows.push(...ids.map((destinationId) => ({ versionId, facilityId, destinationId, part, correction })));
  }
  await store.plan(tx, rows);
}

async function inboxOf(tx: Tx, facilityId: string): Promise<string> {
  // Two signatures at once must not open two inboxes.
  await store.lockFacility(tx, facilityId);
  const known = (await store.destinations(tx, [facilityId])).find(({ kind }) => kind === 'inbox');
  return known ? (await store.reopen(tx, known.id)).id : (await store.openInbox(tx, facilityId)).id;
}
