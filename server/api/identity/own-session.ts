import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { hashPassword } from './secrets.ts';
import { sessionView } from './session-view.ts';
import * as store from './store.ts';
import { assertStrong } from './strong-password.ts';
import { refusedWithin, withPassword } from './with-password.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
const ok = { ok: true } as const;

/** Who is logged in. */
export async function readSession({ db }: Part, ctx: Ctx): Promise<SessionView> {
  const person = requirePerson(ctx);
  const session = await store.sessionByHash(db, person.sessionHash);
  if (!session) throw new HubError('unauthenticated');
  return sessionView(person, session.account, session.expiresAt);
}

export async function logOut({ db }: Part, ctx: Ctx) {
  ctx.setSessionCookie(undefined);
  if (ctx.actor.kind !== 'person') return ok;
  const { sessionHash } = ctx.actor;
  await db.transaction(async (tx) => {
    await store.endSession(tx, sessionHash);
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.loggedOut' });
  });
  return ok;
}

export async function setLanguage(deps: Part, ctx: Ctx, input: { language: 'zh' | 'en' }): Promise<SessionView> {
  const { accountId } = requirePerson(ctx);
  await deps.db.account.update({ where: { id: accountId }, data: { language: input.language } });
  return readSession(deps, ctx);
}

/** Ends every other session of the account: whoever knew the old password is out. */
export async function changePassword(deps: Part, ctx: Ctx, input: { current: string; next: string }) {
  const person = requirePerson(ctx);
  const account = await store.accountById(deps.db, person.accountId);
  assertStrong(input.next, person.username);
  if (input.next === input.current) throw new HubError('weak-password', { reason: 'same as before' });
  const passwordHash = await hashPassword(input.next);
  const guess = { account, password: input.current, refusedAs: refusedWithin } as const;
  return withPassword(deps, ctx, guess, async (tx) => {
    await store.setPassword(tx, account.id, passwordHash, null);
    await store.endOtherSessions(tx, account.id, person.sessionHash);
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.passwordChanged' });
    return ok;
  });
}
