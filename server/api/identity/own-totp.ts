import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { seal, unseal } from './seal.ts';
import * as store from './store.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';
import { refusedWithin, withPassword } from './with-password.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type WithKey = Pick<Deps, 'db' | 'clock' | 'config'>;
const ok = { ok: true } as const;

/** For so long after a log-in the password was typed just now, and is not asked for again. */
const freshMs = 5 * 60_000;

/**
 * A new secret, not in force until a code of it was shown once. It takes the password: whoever finds an open page must
 * not be able to lock its owner out of the account.
 * @throws `password-required` once the session is five minutes old, `wrong-credentials`, `already-exists`
 */
export async function startTotp(deps: WithKey, ctx: Ctx, input: { password?: string | undefined }) {
  const person = requirePerson(ctx);
  const secret = newTotpSecret();
  const totpSecret = seal(deps.config.SESSION_KEY, person.accountId, secret);
  const begin = async (tx: Tx) => {
    const where = { id: person.accountId, totpConfirmed: false };
    const { count } = await tx.account.updateMany({ where, data: { totpSecret } });
    if (count === 0) throw new HubError('already-exists', { what: 'totp' });
    return { secret, uri: totpUri(secret, person.username) };
  };
  if (input.password === undefined) {
    await assertFresh(deps, person.sessionHash);
    return deps.db.transaction(begin);
  }
  const account = await store.accountById(deps.db, person.accountId);
  return withPassword(deps, ctx, { account, password: input.password, refusedAs: refusedWithin }, begin);
}

async function assertFresh({ db, clock }: Part, sessionHash: string): Promise<void> {
  const session = await store.sessionByHash(db, sessionHash);
  const age = session ? clock.now().getTime() - session.createdAt.getTime() : Number.POSITIVE_INFINITY;
  if (age > freshMs) throw new HubError('password-required', { field: 'password' });
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
  return withPassword(deps, ctx, { account, password: input.password, refusedAs: refusedWithin }, async (tx) => {
    const data = { totpConfirmed: false, totpSecret: null, totpLastStep: null };
    await tx.account.update({ where: { id: account.id }, data });
    await recordAudit(tx, { ...auditOf(ctx), action: 'identity.totpDisabled' });
    return ok;
  });
}
