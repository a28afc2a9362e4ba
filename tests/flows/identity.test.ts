import { generateSync } from 'otplib';
import { beforeEach, describe, expect, test } from 'vitest';
import { findSession, runningSessions } from '../../server/api/identity/find-session.ts';
import { logIn } from '../../server/api/identity/log-in.ts';
import { setAccount } from '../../server/api/identity/manage-accounts.ts';
import { changePassword, logOut, readSession, setLanguage } from '../../server/api/identity/own-session.ts';
import { confirmTotp, removeTotp, startTotp } from '../../server/api/identity/own-totp.ts';
import { tokenHash } from '../../server/api/identity/secrets.ts';
import { ctxFor, type GivenAccount, type GivenFacility, movableClock, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { browser, password, settings, someoneWithPassword } from '../factories/people.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = {
  get db() {
    return database.db;
  },
  clock,
  config: settings,
};
let clinic: GivenFacility;
let doctor: GivenAccount;
beforeEach(async () => {
  clinic = await given.facility();
  doctor = await someoneWithPassword(database, given, { facility: clinic, roles: ['requesting-doctor'] });
});
const row = () => database.db.account.findUniqueOrThrow({ where: { id: doctor.accountId } });
const sessions = () => database.db.session.findMany({ where: { accountId: doctor.accountId } });
const enter = (wish: { password?: string; totp?: string; username?: string } = {}, at = browser()) =>
  logIn(deps, at.ctx, { username: doctor.username, password, ...wish }).then(() => at);
const written = (action: string) =>
  database.db.auditEntry.findMany({
    where: { action, OR: [{ objectId: doctor.accountId }, { actorId: doctor.accountId }] },
  });

describe('the door', () => {
  test('opens with name and password, and the store knows no more of the session than its hash', async () => {
    const at = await enter();
    expect(at.jar.token).toMatch(/^[\w-]{43}$/);
    const [session] = await sessions();
    expect(session).toMatchObject({ tokenHash: tokenHash(at.jar.token ?? ''), address: at.ctx.address });
    expect(JSON.stringify(session)).not.toContain(at.jar.token);
    expect((await row()).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await readSession(deps, await at.next(deps))).toMatchObject({
      username: doctor.username,
      totpEnabled: false,
      seats: [{ facilityId: clinic.id, roles: ['requesting-doctor'] }],
    });
    expect(await written('identity.loggedIn')).toHaveLength(1);
  });

  test('gives every entry a session of its own, whatever the browser brought', async () => {
    const at = browser();
    at.jar.token = 'chosen-by-somebody-else';
    await enter({}, at);
    expect(at.jar.token).not.toBe('chosen-by-somebody-else');
    const first = at.jar.token ?? '';
    await logIn(deps, await at.next(deps), { username: doctor.username, password });
    expect(at.jar.token).not.toBe(first);
    expect((await findSession(deps, first)).kind).toBe('nobody');
  });

  test('says the same to a wrong password, an unknown name and a disabled account', async () => {
    const wrong = await refusalOf(enter({ password: 'wrong-password' }));
    const unknown = await refusalOf(enter({ username: `nobody-${clinic.code}` }));
    await database.db.account.update({ where: { id: doctor.accountId }, data: { disabledAt: new Date() } });
    const disabled = await refusalOf(enter());
    for (const refusal of [wrong, unknown, disabled])
      expect([refusal.code, refusal.details]).toEqual(['wrong-credentials', {}]);
    expect(await sessions()).toEqual([]);
  });

  test('checks a password for an unknown name as well, so that time tells nothing', async () => {
    const timeOf = async (wish: object) => {
      const before = process.cpuUsage();
      await refusalOf(enter(wish));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await timeOf({ username: 'warm-up' });
    const unknown = await timeOf({ username: `who-${clinic.code}` });
    const known = await timeOf({ password: 'wrong-password' });
    // A comparison without argon2 takes well under a tenth of one with it.
    expect(unknown).toBeGreaterThan(known / 4);
  });

  test('takes names as they are written', async () => {
    expect(await codeOf(enter({ username: doctor.username.toUpperCase() }))).toBe('wrong-credentials');
    expect(await codeOf(enter({ username: `${doctor.username}' OR '1'='1` }))).toBe('wrong-credentials');
    expect(await codeOf(enter({ username: '%' }))).toBe('wrong-credentials');
  });
});

describe('too many guesses', () => {
  const guess = (wish = {}) => codeOf(enter({ password: 'wrong-password', ...wish }));
  const guesses = async (many: number, wish = {}) => {
    const codes: string[] = [];
    for (let at = 0; at < many; at++) codes.push(await guess(wish));
    return codes;
  };

  test('lock the account, for the right password too, and each further one for twice as long', async () => {
    expect(await guesses(5)).toEqual(Array(5).fill('wrong-credentials'));
    expect(await refusalOf(enter())).toMatchObject({ code: 'locked-out', details: { retryAfterSeconds: 30 } });
    clock.advance(31);
    expect(await guess()).toBe('wrong-credentials');
    expect((await refusalOf(enter())).details).toEqual({ retryAfterSeconds: 60 });
    clock.advance(61);
    await enter();
    expect(await row()).toMatchObject({ failedLogins: 0, lockedUntil: null });
  });

  test('count one by one, however many come at once', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => guess()));
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'locked-out')).toHaveLength(15);
    expect((await row()).failedLogins).toBe(5);
    expect(await written('identity.logInRefused')).toHaveLength(5);
  });

  test('lock a name that nobody has in the same way', async () => {
    const username = `nobody-${clinic.code}`;
    expect(await guesses(6, { username })).toEqual([...Array(5).fill('wrong-credentials'), 'locked-out']);
    clock.advance(31);
    expect(await guess({ username })).toBe('wrong-credentials');
  });

  test('from one address end for every account, and say when to come again', async () => {
    const at = browser();
    const codes = await Promise.all(
      Array.from({ length: 110 }, (_, one) =>
        refusalOf(logIn(deps, at.ctx, { username: `name-${clinic.code}-${one}`, password: 'wrong-password' })),
      ),
    );
    const limited = codes.filter(({ code }) => code === 'rate-limited');
    expect(limited).toHaveLength(10);
    expect(limited[0]?.details.retryAfterSeconds).toBeGreaterThan(0);
    expect(await codeOf(enter({}, at))).toBe('rate-limited');
    await enter();
  });

  test('cannot be made at leisure from within a session', async () => {
    const ctx = await (await enter()).next(deps);
    const next = 'Ein-neues-Kennwort-9';
    const tries = Array.from({ length: 8 }, () =>
      codeOf(changePassword(deps, ctx, { current: 'wrong-password', next })),
    );
    expect((await Promise.all(tries)).filter((code) => code === 'locked-out')).toHaveLength(3);
    expect(await codeOf(removeTotp(deps, ctx, { password }))).toBe('locked-out');
    expect(await written('identity.passwordRefused')).toHaveLength(5);
  });
});

describe('a session', () => {
  test('ends when one logs out, after a week, and when nobody used it for half a day', async () => {
    const out = await enter();
    await logOut(deps, await out.next(deps));
    expect(out.jar.token).toBeUndefined();
    expect(await sessions()).toEqual([]);

    const idle = await enter();
    clock.advance(12 * 3600 - 1);
    expect((await idle.next(deps)).actor.kind).toBe('person');
    clock.advance(12 * 3600 + 1);
    expect((await idle.next(deps)).actor.kind).toBe('nobody');

    const used = await enter();
    for (let half = 0; half < 14; half++) {
      clock.advance(12 * 3600 - 10);
      await used.next(deps);
    }
    clock.advance(200);
    expect((await used.next(deps)).actor.kind).toBe('nobody');
    await enter();
    expect(await sessions()).toHaveLength(1);
  });

  test('is not kept alive by an open page that only listens', async () => {
    const at = await enter();
    const hash = tokenHash(at.jar.token ?? '');
    clock.advance(6 * 3600);
    expect([...(await runningSessions(deps, [hash, 'another']))]).toEqual([[hash, [clinic.id]]]);
    clock.advance(6 * 3600 + 1);
    expect((await runningSessions(deps, [hash])).size).toBe(0);
  });

  test('knows the roles of this moment, and ends with the account', async () => {
    const at = await enter();
    const admin = ctxFor(await given.account({ facility: clinic, roles: ['facility-admin'] }));
    const change = { id: doctor.accountId, facilityId: clinic.id };
    await setAccount(deps, admin, { ...change, roles: ['technician'] });
    expect((await readSession(deps, await at.next(deps))).seats[0]?.roles).toEqual(['technician']);
    await setAccount(deps, admin, { ...change, disabled: true });
    expect((await at.next(deps)).actor).toEqual(nobody);
    expect(await sessions()).toEqual([]);
    await setAccount(deps, admin, { ...change, disabled: false });
    await enter();
  });

  test('keeps the language of its person', async () => {
    const at = await enter();
    expect((await setLanguage(deps, await at.next(deps), { language: 'en' })).language).toBe('en');
    expect(await codeOf(setLanguage(deps, ctxFor(nobody), { language: 'en' }))).toBe('unauthenticated');
  });
});

describe('a new password', () => {
  const next = 'Ein-neues-Kennwort-9';
  test('ends every other session and leaves one’s own', async () => {
    const [own, other] = [await enter(), await enter()];
    await changePassword(deps, await own.next(deps), { current: password, next });
    expect((await own.next(deps)).actor.kind).toBe('person');
    expect((await other.next(deps)).actor.kind).toBe('nobody');
    expect(await codeOf(enter())).toBe('wrong-credentials');
    await enter({ password: next });
  });

  test('beats an entry with the old one that is under way', async () => {
    const own = await (await enter()).next(deps);
    const entries = Array.from({ length: 4 }, () => enter().catch(() => undefined));
    await Promise.all([changePassword(deps, own, { current: password, next }), ...entries]);
    expect(await sessions()).toHaveLength(1);
  });

  test.each(['short', 'Password123!', password])('is not %s', async (weak) => {
    const own = await (await enter()).next(deps);
    expect(await codeOf(changePassword(deps, own, { current: password, next: weak }))).toBe('weak-password');
    await enter();
  });
});

describe('one-time codes', () => {
  const codeAt = (secret: string) => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) });
  const withCodes = async () => {
    const own = await (await enter()).next(deps);
    const { secret } = await startTotp(deps, own, {});
    expect((await row()).totpSecret).not.toContain(secret);
    await confirmTotp(deps, own, { code: codeAt(secret) });
    return { own, secret };
  };

  test('are asked for once confirmed, taken once, and count as guesses', async () => {
    const { secret } = await withCodes();
    expect(await codeOf(enter())).toBe('totp-required');
    // The code of the confirmation is used up.
    expect(await codeOf(enter({ totp: codeAt(secret) }))).toBe('wrong-credentials');
    clock.advance(30);
    const totp = codeAt(secret);
    const entries = await Promise.allSettled([enter({ totp }), enter({ totp }), enter({ totp })]);
    expect(entries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    clock.advance(30);
    expect(await codeOf(enter({ password: 'wrong-password', totp: codeAt(secret) }))).toBe('wrong-credentials');
    await enter({ totp: codeAt(secret) });
    for (let guess = 0; guess < 5; guess++) await codeOf(enter({ totp: '000000' }));
    expect(await codeOf(enter({ totp: codeAt(secret) }))).toBe('locked-out');
  });

  test('are not in force before one was shown, cannot be set up twice, and go with the password alone', async () => {
    const own = await (await enter()).next(deps);
    await startTotp(deps, own, {});
    expect(await codeOf(confirmTotp(deps, own, { code: '000000' }))).toBe('wrong-credentials');
    await enter();
    const { secret } = await withCodes();
    expect(await codeOf(startTotp(deps, own, {}))).toBe('already-exists');
    expect(await codeOf(confirmTotp(deps, own, { code: codeAt(secret) }))).toBe('already-exists');
    expect(await codeOf(removeTotp(deps, own, { password: 'wrong-password' }))).toBe('wrong-credentials');
    await removeTotp(deps, own, { password });
    await enter();
  });
});
