import type { MachineScope, Role } from '@lianzhen/contracts/access.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { requireAccess, requireMachine } from '../../server/api/context.ts';
import { findMachine } from '../../server/api/identity/find-machine.ts';
import { findSession } from '../../server/api/identity/find-session.ts';
import { logIn } from '../../server/api/identity/log-in.ts';
import {
  type AccountChange,
  createAccount,
  listAccounts,
  setAccount,
} from '../../server/api/identity/manage-accounts.ts';
import { createMachineToken, listMachineTokens, revokeMachineToken } from '../../server/api/identity/manage-tokens.ts';
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
let house: GivenFacility;
let neighbour: GivenFacility;
let admin: GivenAccount;
let otherAdmin: GivenAccount;
beforeEach(async () => {
  house = await given.facility();
  neighbour = await given.facility();
  admin = await given.account({ facility: house, roles: ['facility-admin'] });
  otherAdmin = await given.account({ facility: neighbour, roles: ['facility-admin'] });
});
let names = 0;
const body = (changes: object = {}) => ({
  username: `new${++names}.person`,
  displayName: '新来的',
  title: null,
  password,
  facilityId: house.id,
  roles: ['reader'] as Role[],
  ...changes,
});
const row = (id: string) => database.db.account.findUniqueOrThrow({ where: { id }, include: { roles: true } });

describe('an account', () => {
  test('is made by the admin of its house, and opens the door', async () => {
    const licenceNumber = '110621000054321';
    const input = body({ title: 'attending', licenceNumber, roles: ['reader', 'reader', 'senior-reader'] });
    const view = await createAccount(deps, ctxFor(admin), input);
    expect(view).toMatchObject({ licenceNumber });
    expect(view.roles.map(({ role }) => role).sort()).toEqual(['reader', 'senior-reader']);
    const { ctx } = browser();
    const { seats, title } = await logIn(deps, ctx, { username: input.username, password });
    expect(title).toBe('attending');
    expect(seats).toMatchObject([{ facilityId: house.id, code: house.code }]);
    expect((await listAccounts(deps, ctxFor(admin))).map(({ id }) => id)).toContain(view.id);
    expect((await listAccounts(deps, ctxFor(otherAdmin))).map(({ id }) => id)).not.toContain(view.id);
    expect(await codeOf(createAccount(deps, ctxFor(admin), input))).toBe('already-exists');
  });

  test('of a weak password, another house or an overseeing role is not made', async () => {
    const create = (changes: object) => codeOf(createAccount(deps, ctxFor(admin), body(changes)));
    expect(await create({ password: 'Password123!' })).toBe('weak-password');
    expect(await create({ facilityId: neighbour.id })).toBe('forbidden');
    expect(await create({ roles: ['regulator'] })).toBe('forbidden');
    expect(await create({ roles: ['reader', 'auditor'] })).toBe('forbidden');
    const reader = ctxFor(await given.account({ facility: house, roles: ['reader', 'senior-reader', 'auditor'] }));
    expect(await codeOf(createAccount(deps, reader, body()))).toBe('forbidden');
    expect(await codeOf(createAccount(deps, ctxFor(nobody), body()))).toBe('unauthenticated');
  });

  test('made twice at once is made once', async () => {
    const input = body();
    const made = await Promise.allSettled([1, 2, 3].map(() => createAccount(deps, ctxFor(admin), input)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database.db.account.count({ where: { username: input.username } })).toBe(1);
  });

  test('is changed, unlocked and closed, and the trail says what and by whom, not the names', async () => {
    const { accountId: id } = await given.account({ facility: house, roles: ['reader'] });
    await database.db.account.update({ where: { id }, data: { failedLogins: 9, lockedUntil: clock.now() } });
    const change = (wish: Partial<AccountChange>) =>
      setAccount(deps, ctxFor(admin), { id, facilityId: house.id, ...wish });
    const licenceNumber = '110621000012345';
    const view = await change({ displayName: '改名', title: 'chief', licenceNumber, unlock: true, roles: ['expert'] });
    expect(view).toMatchObject({ displayName: '改名', title: 'chief', licenceNumber, lockedUntil: null });
    expect(view.roles).toMatchObject([{ role: 'expert' }]);
    expect(await change({ disabled: true })).toMatchObject({ disabled: true });
    const trail = await database.db.auditEntry.findMany({ where: { objectId: id }, orderBy: { position: 'asc' } });
    expect(trail[0]).toMatchObject({ actorId: admin.accountId, action: 'identity.accountChanged' });
    expect(trail[0]?.detail).toMatchObject({
      roles: ['expert'],
      unlocked: true,
      fields: ['displayName', 'title', 'licenceNumber'],
    });
    expect(JSON.stringify(trail[0]?.detail)).not.toMatch(/改名|110621/);
  });
});

describe('an admin has no say over', () => {
  test('people of another house', async () => {
    const { accountId: id } = await given.account({ facility: neighbour, roles: ['reader'] });
    for (const facilityId of [house.id, neighbour.id])
      expect(await codeOf(setAccount(deps, ctxFor(admin), { id, facilityId, roles: [] }))).toMatch(
        /not-found|forbidden/,
      );
    expect((await row(id)).roles).toHaveLength(1);
  });

  test('the account of somebody who works elsewhere as well, only over the work at home', async () => {
    const shared = await someoneWithPassword(database, given, {
      facility: house,
      roles: ['reader'],
      title: 'resident',
    });
    const id = shared.accountId;
    await database.db.accountRole.create({ data: { accountId: id, facilityId: neighbour.id, role: 'reader' } });
    const at = browser();
    await logIn(deps, at.ctx, { username: shared.username, password });
    const change = (wish: Partial<AccountChange>) =>
      setAccount(deps, ctxFor(admin), { id, facilityId: house.id, ...wish });
    for (const wish of [
      { disabled: true },
      { title: 'chief' as const },
      { displayName: '别人' },
      { licenceNumber: '110621000012345' },
      { unlock: true as const },
    ])
      expect(await codeOf(change(wish))).toBe('forbidden');
    expect(await row(id)).toMatchObject({ title: 'resident', licenceNumber: null, disabledAt: null });
    const view = await change({ roles: ['technician'] });
    expect(view.roles).toEqual([{ facilityId: house.id, role: 'technician' }]);
    expect((await row(id)).roles.find(({ facilityId }) => facilityId === neighbour.id)?.role).toBe('reader');
    expect((await findSession(deps, at.jar.token ?? '')).kind).toBe('person');
  });

  test('overseers, and oneself', async () => {
    const commission = await given.facility({ kind: 'commission' });
    const chief = ctxFor(await given.account({ facility: commission, roles: ['facility-admin'] }));
    const { accountId: id } = await given.account({ facility: commission, roles: ['auditor'] });
    const change = { id, facilityId: commission.id };
    expect(await codeOf(setAccount(deps, chief, { ...change, roles: ['facility-admin'] }))).toBe('forbidden');
    await setAccount(deps, chief, { ...change, roles: ['auditor', 'facility-admin'] });
    const own = { id: admin.accountId, facilityId: house.id };
    expect(await codeOf(setAccount(deps, ctxFor(admin), { ...own, disabled: true }))).toBe('forbidden');
    expect(await codeOf(setAccount(deps, ctxFor(admin), { ...own, roles: ['reader'] }))).toBe('forbidden');
    await setAccount(deps, ctxFor(admin), { ...own, roles: ['facility-admin', 'reader'] });
  });
});

test('a commission watches over its region and treats no patients of others', async () => {
  const commission = await given.facility({ kind: 'commission' });
  const below = await given.facility({ parent: commission });
  const clinic = await given.facility({ parent: below });
  const person = await someoneWithPassword(database, given, { facility: commission, roles: ['auditor', 'reader'] });
  const at = browser();
  await logIn(deps, at.ctx, { username: person.username, password });
  const ctx = await at.next(deps);
  const over = requireAccess(ctx, 'audit:read').facilityIds;
  expect(new Set(over)).toEqual(new Set([commission.id, below.id, clinic.id]));
  expect(requireAccess(ctx, 'patient:read').facilityIds).toEqual([commission.id]);
  expect(() => requireAccess(ctx, 'patient:read', below.id)).toThrow('forbidden');
  expect(() => requireAccess(ctx, 'audit:read', house.id)).toThrow('forbidden');
});

describe('a machine token', () => {
  const create = (changes: object = {}) =>
    createMachineToken(deps, ctxFor(admin), {
      ...{ facilityId: house.id, name: 'HIS', scopes: ['results:read', 'results:read'] as MachineScope[] },
      ...changes,
    });
  const enter = (token: string) => findMachine(deps, browser().ctx, `Bearer ${token}`);

  test('is shown once; the store knows its hash alone', async () => {
    const { token, id, scopes } = await create();
    expect(scopes).toEqual(['results:read']);
    const stored = await database.db.machineToken.findUniqueOrThrow({ where: { id } });
    expect(stored.tokenHash).toBe(tokenHash(token));
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(await listMachineTokens(deps, ctxFor(admin)))).not.toContain(token);
    expect((await listMachineTokens(deps, ctxFor(otherAdmin))).map((one) => one.id)).not.toContain(id);
  });

  test('may do what it is for, in its own facility', async () => {
    const machine = await enter((await create()).token);
    const ctx = ctxFor(machine);
    expect(requireMachine(ctx, 'results:read').scope.facilityIds).toEqual([house.id]);
    expect(() => requireMachine(ctx, 'studies:send')).toThrow('forbidden');
    expect(() => requireAccess(ctx, 'patient:read')).toThrow('unauthenticated');
    expect(() => requireMachine(ctxFor(admin), 'results:read')).toThrow('forbidden');
    expect(() => requireMachine(ctxFor(nobody), 'results:read')).toThrow('unauthenticated');
  });

  test('opens nothing once it is revoked or out of date', async () => {
    const { token, id } = await create({ expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() });
    await enter(token);
    expect(await codeOf(revokeMachineToken(deps, ctxFor(otherAdmin), { id }))).toBe('not-found');
    clock.advance(60);
    expect(await codeOf(enter(token))).toBe('unauthenticated');
    const lasting = await create();
    await revokeMachineToken(deps, ctxFor(admin), { id: lasting.id });
    await revokeMachineToken(deps, ctxFor(admin), { id: lasting.id });
    expect(await codeOf(enter(lasting.token))).toBe('unauthenticated');
    expect((await listMachineTokens(deps, ctxFor(admin))).map((one) => one.id)).not.toContain(lasting.id);
    const past = refusalOf(create({ expiresAt: clock.now().toISOString() }));
    expect((await past).details).toMatchObject({ fields: [{ field: 'expiresAt' }] });
  });

  test('that is wrong is refused each time and written down now and then', async () => {
    const { ctx } = browser();
    for (const given of ['', 'Basic dXNlcjpwYXNz', 'Bearer ', 'Bearer a b', `Bearer ${'x'.repeat(600)}`, 'Bearer ü'])
      expect(await codeOf(findMachine(deps, ctx, given))).toBe('unauthenticated');
    const guesses = Array.from({ length: 30 }, (_, at) => codeOf(findMachine(deps, ctx, `Bearer guess-${at}`)));
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['unauthenticated']));
    const written = await database.db.auditEntry.count({ where: { address: ctx.address } });
    expect(written).toBe(20);
  });

  test('belongs to the house of the admin who makes it', async () => {
    expect(await codeOf(create({ facilityId: neighbour.id }))).toBe('forbidden');
  });
});
