import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { Password } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { hashPassword, isPassword } from './secrets.ts';
import { sessionView } from './session-view.ts';
import * as store from './store.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

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
export async function changePassword({ db }: Part, ctx: Ctx, input: { current: string; next: string }) {
  const person = requirePerson(ctx);
  await assertOwnPassword(db, person.accountId, input.current);
  assertStrong(input.next, person.username);
  if (input.next === input.current) throw new HubError('weak-password', { reason: 'same as before' });
  const passwordHash = await hashPassword(input.next);
  await db.transaction(async (tx) => {
    await tx.account.update({ where: { id: person.accountId }, data: { passwordHash } });
    await store.endOtherSessions(tx, person.accountId, person.sessionHash);
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.passwordChanged' });
  });
  return ok;
}

/** A new secret, not in force until a code of it was shown once. */
export async function startTotp({ db }: Part, ctx: Ctx) {
  const person = requirePerson(ctx);
  const secret = newTotpSecret();
  const { count } = await db.account.updateMany({
    where: { id: person.accountId, totpConfirmed: false },
    data: { totpSecret: secret },
  });
  if (count === 0) throw new HubError('already-exists', { what: 'totp' });
  return { secret, uri: totpUri(secret, person.username) };
}

export async function confirmTotp({ db, clock }: Part, ctx: Ctx, input: { code: string }) {
  const { accountId } = requirePerson(ctx);
  const account = await store.accountById(db, accountId);
  const step = account.totpSecret ? totpStep(account.totpSecret, input.code, clock.now(), null) : undefined;
  if (step === undefined) throw new HubError('wrong-credentials');
  await db.transaction(async (tx) => {
    await tx.account.update({ where: { id: accountId }, data: { totpConfirmed: true, totpLastStep: step } });
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.totpEnabled' });
  });
  return ok;
}

export async function removeTotp({ db }: Part, ctx: Ctx, input: { password: string }) {
  const { accountId } = requirePerson(ctx);
  await assertOwnPassword(db, accountId, input.password);
  await db.transaction(async (tx) => {
    await tx.account.update({
      where: { id: accountId },
      data: { totpConfirmed: false, totpSecret: null, totpLastStep: null },
    });
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.totpDisabled' });
  });
  return ok;
}

async function assertOwnPassword(db: Deps['db'], accountId: string, password: string): Promise<void> {
  const { passwordHash } = await store.accountById(db, accountId);
  if (!(await isPassword(passwordHash, password))) throw new HubError('wrong-credentials');
}

export function assertStrong(password: string, username: string): void {
  const parsed = Password.safeParse(password);
  if (!parsed.success) throw new HubError('weak-password', { minimum: 10, maximum: 128 });
  const isMonotone = new Set(password).size < 5;
  if (isMonotone || password.toLowerCase().includes(username.toLowerCase()))
    throw new HubError('weak-password', { reason: 'guessable' });
}
