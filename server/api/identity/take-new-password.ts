import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { hashPassword } from './secrets.ts';
import * as store from './store.ts';
import { assertStrong } from './strong-password.ts';
import type { Refusal } from './with-password.ts';

/**
 * What keeps the holder of a one-time password from coming in. Asked before a one-time code is used up, so that the same
 * code is good when the new password comes with it.
 */
export function mustChange(
  { oneTimeUntil }: Pick<store.LockedAccount, 'oneTimeUntil'>,
  next: string | undefined,
  now: Date,
): Refusal | undefined {
  if (oneTimeUntil === null) return undefined;
  if (oneTimeUntil <= now) return { refused: 'one-time-password-expired' };
  return next === undefined ? { refused: 'new-password-required' } : undefined;
}

/**
 * Puts the new password in the place of the one-time one. Only whoever knows the old one gets this far, so that what is
 * said about the new one tells a stranger nothing.
 * @returns whether it was changed
 * @throws `weak-password`, `bad-input` where the present password is no one-time one
 */
export async function takeNewPassword(
  tx: Tx,
  account: store.LockedAccount,
  { password, next }: { password: string; next?: string },
): Promise<boolean> {
  if (next === undefined) return false;
  if (account.oneTimeUntil === null)
    throw new HubError('bad-input', { fields: [{ field: 'next', expected: 'only with a one-time password' }] });
  assertStrong(next, account.username);
  if (next === password) throw new HubError('weak-password', { reason: 'same as before' });
  await store.setPassword(tx, account.id, await hashPassword(next), null);
  return true;
}
