import { readingRoles } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

/**
 * Says which of a facility's centres somebody reads for, from now on. What he holds at the moment he may finish; he claims
 * no more there. Who is no reader there, or not any more, reads for none: a role that is given again brings none back.
 * The caller holds the account's lock.
 * @param centreIds all of them; undefined leaves them as they are
 * @returns whether anything changed
 * @throws `bad-input` for a centre that another facility hosts, or for somebody who does not read there
 */
export async function setCentres(
  tx: Tx,
  accountId: string,
  facilityId: string,
  centreIds: readonly string[] | undefined,
): Promise<boolean> {
  const before = await store.centresAt(tx, accountId, [facilityId]);
  const reads = (await store.rolesAt(tx, accountId, facilityId)).some((role) =>
    (readingRoles as readonly string[]).includes(role),
  );
  const wanted = [...new Set(reads || centreIds?.length ? (centreIds ?? before) : [])];
  if (!reads && wanted.length > 0) throw wrong('none without the role of a reader');
  if ((await store.countCentres(tx, facilityId, wanted)) !== wanted.length) throw wrong('centres of this facility');
  if (wanted.length === before.length && wanted.every((id) => before.includes(id))) return false;
  await store.replaceCentres(tx, accountId, before, wanted);
  // His queue is another one from now on: a page that is open looks again.
  await emit(tx, { topic: 'session', id: accountId, revision: 0, facilityIds: [], accountIds: [accountId] });
  return true;
}

const wrong = (expected: string) => new HubError('bad-input', { fields: [{ field: 'centreIds', expected }] });
