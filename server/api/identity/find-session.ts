import { Role } from '@lianzhen/contracts/access.ts';
import type { Actor, Person, SeatOf } from '../context.ts';
import type { Deps } from '../deps.ts';
import { tokenHash } from './secrets.ts';
import * as store from './store.ts';

/** A session ends after this long without a request, and in any case at its `expiresAt`. */
const idleMs = 12 * 3_600_000;
const touchEveryMs = 60_000;

/** The person behind a session cookie; nobody where the session has ended or the account is disabled. */
export async function findSession({ db, clock }: Pick<Deps, 'db' | 'clock'>, token: string): Promise<Actor> {
  const hash = tokenHash(token);
  const session = await store.callerOfSession(db, hash);
  const now = clock.now();
  if (!session || session.expiresAt <= now) return { kind: 'nobody' };
  // A one-time password leads to a new one, and nowhere else.
  if (session.account.disabledAt || session.account.oneTimeUntil) return { kind: 'nobody' };
  const idle = now.getTime() - session.lastSeenAt.getTime();
  if (idle > idleMs) return { kind: 'nobody' };
  if (idle > touchEveryMs) await store.touchSession(db, hash, now);
  return personOf(db, session.account, hash);
}

/**
 * Which of these sessions (by their hashes) still run, and where their people sit: one question for all open sockets of a
 * process. Being looked at is no use of a session, so that a forgotten page does not keep it alive.
 */
export async function runningSessions(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  hashes: string[],
): Promise<Map<string, string[]>> {
  const now = clock.now();
  const rows = await store.runningSessions(db, hashes, now, new Date(now.getTime() - idleMs));
  return new Map(rows.map((row) => [row.tokenHash, row.facilityIds]));
}

export async function personOf(db: Deps['db'], account: store.SeatedAccount, sessionHash: string): Promise<Person> {
  const seats = new Map<string, SeatOf>();
  for (const { facility, role } of account.roles) {
    const parsed = Role.safeParse(role);
    if (!parsed.success) continue;
    const seat = seats.get(facility.id) ?? {
      facilityId: facility.id,
      code: facility.code,
      name: facility.name,
      level: facility.level,
      roles: [],
      // A commission oversees the region below it; everybody else sees where he sits.
      covers: facility.kind === 'commission' ? await store.subtree(db, facility.id) : [facility.id],
    };
    seat.roles.push(parsed.data);
    seats.set(facility.id, seat);
  }
  const { id, username, displayName, title, licenceNumber } = account;
  return {
    kind: 'person',
    accountId: id,
    username,
    displayName,
    title,
    licenceNumber,
    seats: [...seats.values()],
    sessionHash,
  };
}
