import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { oneTimePassword, oneTimeUntil } from '@lianzhen/db/passwords.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { overseeing } from './manage-accounts.ts';
import { hashPassword } from './secrets.ts';
import * as store from './store.ts';

/**
 * Gives somebody of the admin's own facility a password that is good for one log-in, where it must be changed. All
 * sessions end with the old one, and a lock is lifted. Whoever sits in another facility as well, or oversees, is not the
 * admin's to let in: a reset would hand the admin rights that no admin has.
 * @returns the password, which is in this answer and nowhere else
 * @throws `not-found`, `forbidden`
 */
export async function resetPassword(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string; facilityId: string },
): Promise<{ password: string; until: string }> {
  const { facilityIds } = requireAccess(ctx, 'account:manage', input.facilityId);
  const managed = requireAccess(ctx, 'account:manage').facilityIds;
  if (requirePerson(ctx).accountId === input.id) throw new HubError('forbidden', { reason: 'one’s own account' });
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  const until = oneTimeUntil(clock.now());
  await db.transaction(async (tx) => {
    const { id } = await store.lockAccount(tx, (await store.accountIn(tx, facilityIds, input.id)).id);
    if (await store.sitsOutside(tx, managed, id))
      throw new HubError('forbidden', { reason: 'the person works for another facility as well' });
    const roles = (await store.rolesOf(tx, id)).filter((role) => overseeing.some((one) => one === role));
    if (roles.length > 0) throw new HubError('forbidden', { roles });
    await store.setPassword(tx, id, passwordHash, until);
    await store.clearFailures(tx, id);
    await store.endSessionsOf(tx, id);
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      action: 'identity.passwordReset',
      objectType: 'account',
      objectId: id,
    });
  });
  return { password, until: until.toISOString() };
}
