import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { hashPassword, oneTimePassword, oneTimeUntil } from '@lianzhen/db/passwords.ts';
import { auditOf, type Ctx } from '../context.ts';
import * as store from './store.ts';

/** A password for one log-in, and what is kept of it. */
export interface OneTimeSecret {
  password: string;
  passwordHash: string;
  oneTimeUntil: Date;
}

/** Made before the transaction, which the hash would hold open for long. */
export async function newOneTimeSecret(now: Date): Promise<OneTimeSecret> {
  const password = oneTimePassword();
  return { password, passwordHash: await hashPassword(password), oneTimeUntil: oneTimeUntil(now) };
}

/**
 * The first administrator of a facility that is being set up. Who may set it up is for the caller to decide: the caller
 * has no seat there, and keeps none.
 * @throws `already-exists` where somebody goes by the name
 */
export async function createFirstAdmin(
  tx: Tx,
  ctx: Ctx,
  facilityId: string,
  { username, displayName, secret }: { username: string; displayName: string; secret: OneTimeSecret },
): Promise<void> {
  const { passwordHash, oneTimeUntil } = secret;
  if (await store.accountByName(tx, username)) throw new HubError('already-exists', { field: 'admin.username' });
  const { id } = await tx.account.create({ data: { username, displayName, passwordHash, oneTimeUntil } });
  await store.setRoles(tx, id, facilityId, ['facility-admin']);
  await recordAudit(tx, {
    ...auditOf(ctx, facilityId),
    action: 'identity.accountCreated',
    objectType: 'account',
    objectId: id,
    detail: { roles: ['facility-admin'] },
  });
}
