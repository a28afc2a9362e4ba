import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { personOf } from './find-session.ts';
import { Guesses } from './guesses.ts';
import { assertNotLocked } from './lock-until.ts';
import { unseal } from './seal.ts';
import { newToken, tokenHash, verifyAgainstNobody } from './secrets.ts';
import { sessionView } from './session-view.ts';
import * as store from './store.ts';
import { mustChange, takeNewPassword } from './take-new-password.ts';
import { totpStep } from './totp.ts';
import { UnknownNames } from './unknown-names.ts';
import { type Refusal, withPassword } from './with-password.ts';

type Part = Pick<Deps, 'db' | 'clock' | 'config'>;
interface Given {
  username: string;
  password: string;
  totp?: string;
  next?: string;
}

const sessionMs = 7 * 24 * 3_600_000;
const guesses = new Guesses();
const unknownNames = new UnknownNames();

/**
 * Checks name, password and, where set up, the one-time code; opens a session and sets its cookie. With a one-time
 * password there is no session before it was changed: the new one comes with the same request.
 * @throws `wrong-credentials`, `totp-required`, `new-password-required`, `one-time-password-expired`, `weak-password`,
 * `locked-out` or `rate-limited` with `retryAfterSeconds`
 */
export async function logIn(deps: Part, ctx: Ctx, input: Given): Promise<SessionView> {
  const { db, clock } = deps;
  await guesses.take(ctx.address);
  const account = await store.accountByName(db, input.username);
  if (!account || account.disabledAt) return refuseUnknown(deps, ctx, input);
  const token = newToken();
  const hash = tokenHash(token);
  const expiresAt = new Date(clock.now().getTime() + sessionMs);
  const person = await personOf(db, account, hash);
  const guess = { account, password: input.password, refusedAs: 'identity.logInRefused' } as const;
  await withPassword(deps, ctx, guess, async (tx, locked) => {
    const refusal = mustChange(locked, input.next, clock.now()) ?? (await checkCode(deps, tx, locked, input.totp));
    if (refusal) return refusal;
    const changed = await takeNewPassword(tx, locked, input);
    await store.clearFailures(tx, account.id);
    await store.endExpiredSessions(tx, account.id, clock.now());
    // Whoever was logged in at this browser before is not any longer.
    if (ctx.actor.kind === 'person') await store.endSession(tx, ctx.actor.sessionHash);
    const { address, userAgent } = ctx;
    const now = clock.now();
    await store.createSession(tx, {
      ...{ tokenHash: hash, accountId: account.id, address, userAgent },
      ...{ createdAt: now, lastSeenAt: now, expiresAt },
    });
    const by = auditOf({ ...ctx, actor: person });
    if (changed) await recordAudit(tx, { ...by, action: 'identity.passwordChanged' });
    await recordAudit(tx, { ...by, action: 'identity.loggedIn' });
    return {};
  });
  await guesses.giveBack(ctx.address);
  ctx.setSessionCookie(token, expiresAt);
  return sessionView(person, account, expiresAt);
}

/** The one-time code, used up with this; nothing where the account has none. */
async function checkCode(
  { clock, config }: Part,
  tx: Tx,
  locked: store.LockedAccount,
  code: string | undefined,
): Promise<Refusal | undefined> {
  if (!locked.totpConfirmed || locked.totpSecret === null) return undefined;
  if (!code) return { refused: 'totp-required' };
  const secret = unseal(config.SESSION_KEY, locked.id, locked.totpSecret);
  const step = totpStep(secret, code, clock.now(), locked.totpLastStep);
  if (step === undefined) return { refused: 'wrong-credentials' };
  await store.useTotpStep(tx, locked.id, step);
  return undefined;
}

/** A name that no account has, or a disabled one, is answered as slowly and in the same words as any other. */
async function refuseUnknown({ db, clock }: Part, ctx: Ctx, { username, password }: Given): Promise<never> {
  assertNotLocked(unknownNames.lockedUntil(username), clock.now());
  await verifyAgainstNobody(password);
  assertNotLocked(unknownNames.lockedUntil(username), clock.now());
  unknownNames.count(username, clock.now());
  await db.transaction((tx) =>
    recordAudit(tx, {
      ...auditOf(ctx),
      action: 'identity.logInRefused',
      outcome: 'refused',
      objectType: 'account',
      reason: 'unknown account',
    }),
  );
  throw new HubError('wrong-credentials');
}
