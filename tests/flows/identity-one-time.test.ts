import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { generateSync } from 'otplib';
import { beforeEach, describe, expect, test } from 'vitest';
import { findSession } from '../../server/api/identity/find-session.ts';
import { logIn } from '../../server/api/identity/log-in.ts';
import { createAccount, listAccounts } from '../../server/api/identity/manage-accounts.ts';
import { confirmTotp, startTotp } from '../../server/api/identity/own-totp.ts';
import { resetPassword } from '../../server/api/identity/reset-password.ts';
import { ctxFor, type GivenAccount, type GivenFacility, movableClock, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { callerOf, logIn as logInOver } from '../factories/hub-client.ts';
import { browser, password, settings, someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const redis = withRedis();
const edge = withEdge(database, redis);
const given = givenIn(database);
const clock = movableClock();
const deps = {
  get db() {
    return database.db;
  },
  clock,
  config: settings,
};
const next = 'Ein-neues-Kennwort-9';
let house: GivenFacility;
let neighbour: GivenFacility;
let admin: GivenAccount;
let doctor: GivenAccount;
beforeEach(async () => {
  [house, neighbour] = [await given.facility(), await given.facility()];
  admin = await given.account({ facility: house, roles: ['facility-admin'] });
  doctor = await someoneWithPassword(database, given, { facility: house, roles: ['requesting-doctor'] });
});
const row = (id = doctor.accountId) => database.db.account.findUniqueOrThrow({ where: { id } });
const reset = (who = admin, id = doctor.accountId, facilityId = house.id) =>
  resetPassword(deps, ctxFor(who), { id, facilityId });
const enter = (wish: { password?: string; totp?: string; next?: string } = {}, at = browser()) =>
  logIn(deps, at.ctx, { username: doctor.username, password, ...wish }).then(() => at);

describe('a reset password', () => {
  test('is shown once, is stored as a hash, ends every session and lifts the lock', async () => {
    const at = await enter();
    await database.db.account.update({
      where: { id: doctor.accountId },
      data: { failedLogins: 9, lockedUntil: new Date(clock.now().getTime() + 60_000) },
    });
    const answer = await reset();
    expect((await at.next(deps)).actor).toEqual(nobody);
    expect(await database.db.session.count({ where: { accountId: doctor.accountId } })).toBe(0);
    expect(await row()).toMatchObject({ failedLogins: 0, lockedUntil: null, oneTimeUntil: new Date(answer.until) });
    expect(JSON.stringify(await row())).not.toContain(answer.password);
    const [entry] = await database.db.auditEntry.findMany({ where: { objectId: doctor.accountId } });
    expect(entry).toMatchObject({
      action: 'identity.passwordReset',
      actorId: admin.accountId,
      facilityId: house.id,
    });
    expect(JSON.stringify(entry?.detail)).not.toContain(answer.password);
    const listed = (await listAccounts(deps, ctxFor(admin))).find(({ id }) => id === doctor.accountId);
    expect(listed?.oneTimeUntil).toBe(answer.until);
    expect(await codeOf(enter())).toBe('wrong-credentials');
  });

  test('opens the door once, to a new password and nowhere else', async () => {
    const { password: oneTime } = await reset();
    const at = browser();
    expect(await codeOf(enter({ password: oneTime }, at))).toBe('new-password-required');
    expect(at.jar.token).toBeUndefined();
    for (const weak of ['short', 'Password123!', oneTime])
      expect(await codeOf(enter({ password: oneTime, next: weak }, at))).toBe('weak-password');
    expect(await database.db.session.count({ where: { accountId: doctor.accountId } })).toBe(0);
    await enter({ password: oneTime, next }, at);
    expect((await at.next(deps)).actor.kind).toBe('person');
    expect((await row()).oneTimeUntil).toBeNull();
    for (const again of [{}, { next: 'Noch-ein-Kennwort-8' }])
      expect(await codeOf(enter({ password: oneTime, ...again }))).toBe('wrong-credentials');
    await enter({ password: next });
    const trail = await database.db.auditEntry.findMany({ where: { actorId: doctor.accountId } });
    expect(trail.map(({ action }) => action)).toContain('identity.passwordChanged');
  });

  test('is guessed no more easily than any other, and tells a guesser nothing of the account', async () => {
    await reset();
    const codes: string[] = [];
    for (let at = 0; at < 6; at++) codes.push(await codeOf(enter({ password: 'wrong-password', next: 'short' })));
    expect(codes).toEqual([...Array(5).fill('wrong-credentials'), 'locked-out']);
  });

  test('is good for a week', async () => {
    const { password: oneTime } = await reset();
    clock.advance(7 * 24 * 3600 - 1);
    expect(await codeOf(enter({ password: oneTime }))).toBe('new-password-required');
    clock.advance(2);
    expect(await codeOf(enter({ password: oneTime, next }))).toBe('one-time-password-expired');
    const { password: another } = await reset();
    await enter({ password: another, next });
  });

  test('leaves the one-time code in force, which is not used up before the new password comes', async () => {
    const own = await (await enter()).next(deps);
    const { secret } = await startTotp(deps, own, {});
    const code = () => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) });
    await confirmTotp(deps, own, { code: code() });
    clock.advance(60);
    const { password: oneTime } = await reset();
    expect(await codeOf(enter({ password: oneTime }))).toBe('new-password-required');
    expect(await codeOf(enter({ password: oneTime, next }))).toBe('totp-required');
    expect(await codeOf(enter({ password: oneTime, next: 'short', totp: code() }))).toBe('weak-password');
    await enter({ password: oneTime, next, totp: code() });
  });

  test('changed twice at once is changed once', async () => {
    const { password: oneTime } = await reset();
    const tries = [1, 2, 3].map((at) => enter({ password: oneTime, next: `${next}-${at}` }));
    const done = await Promise.allSettled(tries);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('beats a log-in with the old one that is under way', async () => {
    const entries = Array.from({ length: 4 }, () => enter().catch(() => undefined));
    await Promise.all([reset(), ...entries]);
    expect(await database.db.session.count({ where: { accountId: doctor.accountId } })).toBe(0);
  });
});

describe('an admin resets nobody', () => {
  test('of another facility', async () => {
    const stranger = await given.account({ facility: neighbour, roles: ['reader'] });
    expect(await codeOf(reset(admin, stranger.accountId, house.id))).toBe('not-found');
    expect(await codeOf(reset(admin, stranger.accountId, neighbour.id))).toBe('forbidden');
    expect((await row(stranger.accountId)).oneTimeUntil).toBeNull();
  });

  test('who works elsewhere as well, who oversees, or himself', async () => {
    await database.db.accountRole.create({
      data: { accountId: doctor.accountId, facilityId: neighbour.id, role: 'reader' },
    });
    expect(await codeOf(reset())).toBe('forbidden');
    const auditor = await given.account({ facility: house, roles: ['auditor'] });
    expect(await codeOf(reset(admin, auditor.accountId))).toBe('forbidden');
    expect(await codeOf(reset(admin, admin.accountId))).toBe('forbidden');
    const colleague = await given.account({ facility: house, roles: ['reader', 'senior-reader'] });
    expect(await codeOf(reset(colleague))).toBe('forbidden');
    expect(await codeOf(reset({ ...nobody } as never))).toBe('unauthenticated');
    for (const id of [doctor, auditor, admin].map(({ accountId }) => accountId))
      expect((await row(id)).oneTimeUntil).toBeNull();
  });
});

test('the first password of a new account may be good once as well', async () => {
  const username = `new.${house.code.toLowerCase()}`;
  const body = { username, displayName: '新人', title: null, password, facilityId: house.id, oneTime: true };
  const view = await createAccount(deps, ctxFor(admin), { ...body, roles: ['reader'] });
  expect(view.oneTimeUntil).not.toBeNull();
  const at = browser();
  expect(await codeOf(logIn(deps, at.ctx, { username, password }))).toBe('new-password-required');
  await logIn(deps, at.ctx, { username, password, next });
  expect((await findSession(deps, at.jar.token ?? '')).kind).toBe('person');
});

test('a new password without a one-time one is refused, and nothing changes', async () => {
  const { code, details } = await refusalOf(enter({ next }));
  expect([code, details]).toMatchObject(['bad-input', { fields: [{ field: 'next' }] }]);
  await enter();
});

test('starting one-time codes takes the password once the session is five minutes old', async () => {
  const own = await (await enter()).next(deps);
  await startTotp(deps, own, {});
  clock.advance(5 * 60 + 1);
  expect(await codeOf(startTotp(deps, own, {}))).toBe('password-required');
  expect(await codeOf(startTotp(deps, own, { password: 'wrong-password' }))).toBe('wrong-credentials');
  expect((await row()).failedLogins).toBe(1);
  const before = (await row()).totpSecret;
  await startTotp(deps, own, { password });
  expect((await row()).totpSecret).not.toBe(before);
});

test('over HTTP: a reset, the refusal that asks for a new password, and the session behind it', async () => {
  const { identity } = hubContract;
  const chief = await someoneWithPassword(database, given, { facility: house, roles: ['facility-admin'] });
  const desk = await logInOver(edge.url, chief.username, password);
  const at = await logInOver(edge.url, doctor.username, password);
  const answer = await desk.call(identity.resetPassword, { id: doctor.accountId, facilityId: house.id });
  await expect(at.call(identity.session)).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
  const door = callerOf(edge.url);
  const given1 = { username: doctor.username, password: answer.password };
  await expect(door.call(identity.logIn, given1)).rejects.toMatchObject({ code: 'new-password-required', status: 401 });
  expect(await door.call(identity.logIn, { ...given1, next })).toMatchObject({ username: doctor.username });
  await expect(at.call(identity.resetPassword, { id: doctor.accountId, facilityId: house.id })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  // No body at all is how older pages ask for it.
  const fresh = await logInOver(edge.url, doctor.username, next);
  expect((await fresh.fetch('/api/session/totp', { method: 'POST' })).status).toBe(200);
});
