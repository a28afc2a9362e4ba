import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { seal, unseal } from './seal.ts';
import { hashPassword } from './secrets.ts';
import { sessionView } from './session-view.ts';
import * as store from './store.ts';
import { assertStrong } from './strong-password.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';
import { withPassword } from './with-password.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type WithKey = Pick<Deps, 'db' | 'clock' | 'config'>;
const ok = { ok: true } as const;
/** A stolen session must not become a place to guess the password at leisure: these count like guesses at the door. */
const refusedAs = 'identity.passwordRefused';

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
  return withPassword(deps, ctx, { account, password: input.current, refusedAs }, async (tx) => {
    await tx.account.update({ where: { id: account.id }, data: { passwordHash } });
    await store.endOtherSessions(tx, account.id, person.sessionHash);
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.passwordChanged' });
    return ok;
  });
}

/** A new secret, not in force until a code of it was shown once. */
export async function startTotp({ db, config }: WithKey, ctx: Ctx) {
  const person = requirePerson(ctx);
  const secret = newTotpSecret();
  const { count } = await db.account.updateMany({
    where: { id: person.accountId, totpConfirmed: false },
    data: { totpSecret: seal(config.SESSION_KEY, person.accountId, secret) },
  });
  if (count === 0) throw new HubError('already-exists', { what: 'totp' });
  return { secret, uri: totpUri(secret, person.username) };
}

export async function confirmTotp({ db, clock, config }: WithKey, ctx: Ctx, input: { code: string }) {
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const { totpSecret, totpConfirmed } = await store.lockAccount(tx, accountId);
    if (totpConfirmed) throw new HubError('already-exists', { what: 'totp' });
    const secret = totpSecret && unseal(config.SESSION_KEY, accountId, totpSecret);
    const step = secret ? totpStep(secret, input.code, clock.now(), null) : undefined;
    if (step === undefined) throw new HubError('wrong-credentials');
    await tx.account.update({ where: { id: accountId }, data: { totpConfirmed: true, totpLastStep: step } });
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.totpEnabled' });
    return ok;
  });
}

export async function removeTotp(deps: Part, ctx: Ctx, input: { password: string }) {
  const account = await store.accountById(deps.db, requirePerson(ctx).accountId);
  return withPassword(deps, ctx, { account, password: input.password, refusedAs }, async (tx) => {
    const data = { totpConfirmed: false, totpSecret: null, totpLastStep: null };
    await tx.account.update({ where: { id: account.id }, data });
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.totpDisabled' });
    return ok;
  });
}
