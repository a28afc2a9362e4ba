import type { Role } from '@lianzhen/contracts/access.ts';
import type { Title } from '@lianzhen/contracts/identity.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Ctx } from '../../server/api/context.ts';
import { findSession } from '../../server/api/identity/find-session.ts';
import { hashPassword } from '../../server/api/identity/secrets.ts';
import { ctxFor, type GivenAccount, type GivenFacility, nobody } from './callers.ts';
import type { Given } from './region.ts';

/** The part of the configuration that the door needs. */
export const settings = { SESSION_KEY: 's'.repeat(32) } as Config;
export const password = 'Sonnenblume-am-Weg-7';

/** Somebody who can log in with `password`. */
export async function someoneWithPassword(
  database: { readonly db: Parameters<typeof findSession>[0]['db'] },
  given: Given,
  options: { facility: GivenFacility; roles: Role[]; title?: Title; username?: string; centreIds?: string[] },
): Promise<GivenAccount> {
  const account = await given.account(options);
  const passwordHash = await hashPassword(password);
  await database.db.account.update({ where: { id: account.accountId }, data: { passwordHash } });
  return account;
}

let addresses = 0;

/** A browser in front of the door: an address that nobody else has, and what the cookie jar holds. */
export function browser(address = `10.0.${++addresses >> 8}.${addresses & 255}`) {
  const jar: { token?: string; expiresAt?: Date } = {};
  const ctx: Ctx = {
    ...ctxFor(nobody),
    address,
    setSessionCookie: (token, expiresAt) => {
      jar.token = token;
      jar.expiresAt = expiresAt;
    },
  };
  return {
    ctx,
    jar,
    /** As the edge would describe the next request of this browser. */
    async next(deps: Parameters<typeof findSession>[0]): Promise<Ctx> {
      return { ...ctx, actor: jar.token ? await findSession(deps, jar.token) : nobody };
    },
  };
}
