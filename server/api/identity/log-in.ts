import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { personOf } from './find-session.ts';
import { isPassword, newToken, tokenHash, verifyAgainstNobody } from './secrets.ts';
import { sessionView } from './session-view.ts';
import * as store from './store.ts';
import { totpStep } from './totp.ts';

const sessionMs = 7 * 24 * 3_600_000;
const freeFailures = 5;

/** Five mistakes are free; from then on each doubles the wait, from 30 seconds to an hour. */
export function lockUntil(failures: number, now: Date): Date | null {
  if (failures < freeFailures) return null;
  const waitMs = Math.min(30_000 * 2 ** (failures - freeFailures), 3_600_000);
  return new Date(now.getTime() + waitMs);
}

/**
 * Checks name, password and, where set up, the one-time code; opens a session and sets its cookie.
 * @throws `wrong-credentials`, `totp-required`, or `locked-out` with `retryAfterSeconds`
 */
export async function logIn(
  deps: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { username: string; password: string; totp?: string },
): Promise<SessionView> {
  const { db, clock } = deps;
  const account = await store.accountByName(db, input.username);
  if (!account || account.disabledAt) {
    await verifyAgainstNobody(input.password);
    await refuse(deps, ctx, null, 'unknown account');
    throw new HubError('wrong-credentials');
  }
  assertNotLocked(account.lockedUntil, clock.now());
  const isRight = await isPassword(account.passwordHash, input.password);
  const checked = await db.transaction((tx) => checkUnderLock(tx, deps, ctx, account, isRight, input.totp));
  if (checked !== 'right') throw new HubError(checked);
  const token = newToken();
  const expiresAt = new Date(clock.now().getTime() + sessionMs);
  const hash = tokenHash(token);
  const person = await personOf(db, account, hash);
  await db.transaction(async (tx) => {
    await store.createSession(tx, {
      tokenHash: hash,
      accountId: account.id,
      expiresAt,
      address: ctx.address,
      userAgent: ctx.userAgent,
    });
    await recordAudit(tx, { ...auditOf({ ...ctx, actor: person }), action: 'identity.loggedIn' });
  });
  ctx.setSessionCookie(token, expiresAt);
  return sessionView(person, account, expiresAt);
}

function assertNotLocked(lockedUntil: Date | null, now: Date): void {
  if (!lockedUntil || lockedUntil <= now) return;
  throw new HubError('locked-out', { retryAfterSeconds: Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000) });
}

/** Under the row's lock, so that guesses made at the same moment count one by one and a code is used once. */
async function checkUnderLock(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  ctx: Ctx,
  account: store.AccountWithSeats,
  isRight: boolean,
  totp: string | undefined,
): Promise<'right' | 'wrong-credentials' | 'totp-required'> {
  const now = clock.now();
  const [locked] = await store.lockAccount(tx, account.id);
  assertNotLocked(locked?.lockedUntil ?? null, now);
  const needsTotp = account.totpConfirmed && account.totpSecret !== null;
  if (isRight && needsTotp && !totp) return 'totp-required';
  const step = needsTotp ? totpStep(account.totpSecret ?? '', totp ?? '', now, locked?.totpLastStep ?? null) : 0;
  if (isRight && step !== undefined) {
    await store.clearFailures(tx, account.id);
    if (needsTotp) await tx.account.update({ where: { id: account.id }, data: { totpLastStep: step } });
    return 'right';
  }
  await store.countFailure(tx, account.id, lockUntil((locked?.failedLogins ?? 0) + 1, now));
  await recordAudit(tx, {
    ...auditOf(ctx),
    action: 'identity.logInRefused',
    outcome: 'refused',
    objectType: 'account',
    objectId: account.id,
  });
  return 'wrong-credentials';
}

async function refuse({ db }: Pick<Deps, 'db'>, ctx: Ctx, objectId: string | null, reason: string): Promise<void> {
  await db.transaction((tx) =>
    recordAudit(tx, {
      ...auditOf(ctx),
      action: 'identity.logInRefused',
      outcome: 'refused',
      objectType: 'account',
      objectId,
      reason,
    }),
  );
}
