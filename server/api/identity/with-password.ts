import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { assertNotLocked, lockUntil } from './lock-until.ts';
import { isPassword } from './secrets.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
export interface Guess {
  account: Pick<store.AccountWithSeats, 'id' | 'passwordHash' | 'lockedUntil'>;
  password: string;
  /** What the trail calls a wrong one. */
  refusedAs: 'identity.logInRefused' | 'identity.passwordRefused';
}
/** A refusal is a value in here: thrown, it would take back the count of failures with the transaction. */
export interface Refusal {
  refused: 'wrong-credentials' | 'totp-required' | 'new-password-required' | 'one-time-password-expired';
}
/** A stolen session must not become a place to guess the password at leisure: these count like guesses at the door. */
export const refusedWithin = 'identity.passwordRefused' as const;

/**
 * Does something that takes the account's password. The row stays locked from the count of failures to the end of the
 * work: guesses made at the same moment count one by one, and a password that was changed meanwhile opens nothing.
 * @param work may refuse as well; a wrong one-time code counts like a wrong password
 * @throws `wrong-credentials`, `locked-out`, and what `work` refuses with
 */
export async function withPassword<T extends object>(
  { db, clock }: Part,
  ctx: Ctx,
  { account, password, refusedAs }: Guess,
  work: (tx: Tx, locked: store.LockedAccount) => Promise<T | Refusal>,
): Promise<T> {
  assertNotLocked(account.lockedUntil, clock.now());
  const isRight = await isPassword(account.passwordHash, password);
  const outcome = await db.transaction(async (tx) => {
    const locked = await store.lockAccount(tx, account.id);
    assertNotLocked(locked.lockedUntil, clock.now());
    const isStill = locked.passwordHash === account.passwordHash && locked.disabledAt === null;
    const answer: T | Refusal = isRight && isStill ? await work(tx, locked) : { refused: 'wrong-credentials' };
    if (isRefusal(answer) && answer.refused === 'wrong-credentials') {
      await store.countFailure(tx, account.id, lockUntil(locked.failedLogins + 1, clock.now()));
      const fact = { action: refusedAs, outcome: 'refused', objectType: 'account', objectId: account.id } as const;
      await recordAudit(tx, { ...auditOf(ctx), ...fact });
    }
    return answer;
  });
  if (isRefusal(outcome)) throw new HubError(outcome.refused);
  return outcome;
}

const isRefusal = (answer: object): answer is Refusal => 'refused' in answer;
