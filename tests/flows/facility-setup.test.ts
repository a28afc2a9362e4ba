import { readConfig } from '@lianzhen/platform/config.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { changeCentre, changeFacility, createCentre } from '../../server/api/facilities/change-facility.ts';
import { listDevices } from '../../server/api/facilities/list-devices.ts';
import { listFacilities } from '../../server/api/facilities/list-facilities.ts';
import { changeDevice, createDevice } from '../../server/api/facilities/set-up-devices.ts';
import { createFacility, listManaged } from '../../server/api/facilities/set-up-facility.ts';
import { logIn } from '../../server/api/identity/log-in.ts';
import { ctxFor, type GivenAccount, type GivenFacility, movableClock, seatAt } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { browser } from '../factories/people.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const config = readConfig({
  DATABASE_URL: 'postgresql://unused',
  REDIS_URL: 'redis://unused',
  SESSION_KEY: 'x'.repeat(32),
  JOIN_TOKEN_KEY: 'x'.repeat(32),
  HUB_DESTINATION_HOSTS: '10.20.0.0/16',
});
const database = withDatabase();
const given = givenIn(database);
const deps = {
  get db() {
    return database.db;
  },
  clock: movableClock(),
  config,
};
let numbers = 0;
let county: GivenFacility;
let township: GivenFacility;
let neighbour: GivenFacility;
let admin: GivenAccount;
let townAdmin: GivenAccount;
let outsider: GivenAccount;
let doctor: GivenAccount;
beforeEach(async () => {
  county = await given.facility({ level: 'county' });
  township = await given.facility({ level: 'township', parent: county });
  neighbour = await given.facility({ level: 'county' });
  const adminOf = (facility: GivenFacility) => given.account({ facility, roles: ['facility-admin'] });
  [admin, townAdmin, outsider] = [await adminOf(county), await adminOf(township), await adminOf(neighbour)];
  doctor = await given.account({ facility: county, roles: ['requesting-doctor', 'senior-reader'] });
});
const body = (changes: object = {}) => ({
  ...{ parentId: county.id, code: `N${++numbers}`, name: '新镇卫生院', nameEn: null, phone: null },
  ...{ level: 'township' as const, kind: 'hospital' as const },
  admin: { username: `newadmin${numbers}`, displayName: '新管理员' },
  ...changes,
});
const setUp = (changes: object = {}, by = admin) => createFacility(deps, ctxFor(by), body(changes));
const actionsOf = async (objectId: string) =>
  (await database.db.auditEntry.findMany({ where: { objectId } })).map(({ action, actorId, facilityId }) => ({
    ...{ action, actorId, facilityId },
  }));
const fieldOf = async (asked: Promise<unknown>) => {
  const { code, details } = await refusalOf(asked);
  const [first] = (details.fields as { field: string }[] | undefined) ?? [];
  return [code, first?.field ?? details.field];
};

describe('a facility below one’s own', () => {
  test('comes with an inbox and a first administrator, who runs it after choosing a password', async () => {
    const { facility, admin: first } = await setUp();
    expect(facility).toMatchObject({ parentId: county.id, level: 'township', revision: 1, centres: [] });
    const inboxes = await database.db.destination.findMany({ where: { facilityId: facility.id } });
    expect(inboxes.map(({ kind }) => kind)).toEqual(['inbox']);
    const at = browser();
    const { username, password } = first;
    expect(await codeOf(logIn(deps, at.ctx, { username, password }))).toBe('new-password-required');
    await logIn(deps, at.ctx, { username, password, next: 'Ein-neues-Kennwort-9' });
    const ctx = await at.next(deps);
    const line = { facilityId: facility.id, revision: 1, line: 'imaging' as const, name: '影像中心', nameEn: null };
    expect((await createCentre(deps, ctx, line)).centres).toMatchObject([{ line: 'imaging' }]);
    const entry = { action: 'facilities.facilityCreated', actorId: admin.accountId, facilityId: county.id };
    expect(await actionsOf(facility.id)).toEqual([entry]);
    const [account] = await database.db.account.findMany({ where: { username } });
    expect(await actionsOf(account?.id ?? '')).toContainEqual({
      action: 'identity.accountCreated',
      actorId: admin.accountId,
      facilityId: facility.id,
    });
    const trail = await database.db.auditEntry.findMany();
    expect(JSON.stringify(trail.map(({ detail }) => detail))).not.toContain(password);
  });

  test('gives whoever set it up no seat in it', async () => {
    const { facility } = await setUp();
    const line = { facilityId: facility.id, revision: 1, line: 'imaging' as const, name: '影像中心', nameEn: null };
    expect(await codeOf(createCentre(deps, ctxFor(admin), line))).toBe('forbidden');
    expect((await listFacilities(deps, ctxFor(admin))).map(({ id }) => id)).toContain(facility.id);
  });

  test('may lie two levels down, and is seen in the list of what may be set up', async () => {
    const { facility: village } = await setUp({ parentId: township.id, level: 'village', kind: 'clinic' });
    const managed = await listManaged(deps, ctxFor(admin));
    expect(managed.map(({ id, isManaged, levelsBelow }) => [id, isManaged, levelsBelow])).toEqual([
      [county.id, true, ['township', 'village']],
      [township.id, false, ['village']],
      [village.id, false, []],
    ]);
    expect(managed[0]?.kindsBelow).toEqual(['hospital', 'clinic']);
    expect((await listManaged(deps, ctxFor(townAdmin))).map(({ id }) => id)).toEqual([township.id]);
  });

  test('has a level and a kind that may stand there, a code and a name that nobody has', async () => {
    expect(await fieldOf(setUp({ level: 'county' }))).toEqual(['bad-input', 'level']);
    expect(await fieldOf(setUp({ parentId: township.id, level: 'township' }))).toEqual(['bad-input', 'level']);
    expect(await fieldOf(setUp({ kind: 'commission' }))).toEqual(['bad-input', 'kind']);
    expect(await fieldOf(setUp({ code: county.code }))).toEqual(['already-exists', 'code']);
    const taken = { username: doctor.username, displayName: '冒名者' };
    const wish = body({ admin: taken });
    expect(await fieldOf(createFacility(deps, ctxFor(admin), wish))).toEqual(['already-exists', 'admin.username']);
    expect(await database.db.facility.count({ where: { code: wish.code } })).toBe(0);
  });

  test('is set up by nobody else: not by a neighbour, a township, a doctor', async () => {
    for (const by of [outsider, townAdmin, doctor]) expect(await codeOf(setUp({}, by))).toBe('forbidden');
    const below = { parentId: township.id, level: 'village', kind: 'clinic' };
    for (const by of [outsider, townAdmin, doctor]) expect(await codeOf(setUp(below, by))).toBe('forbidden');
  });

  test('a commission sets up in its whole region, another commission too', async () => {
    const city = await given.facility({ level: 'city', kind: 'commission' });
    const hospital = await given.facility({ level: 'county', parent: city });
    const officer = await given.account({ facility: city, roles: ['facility-admin'] });
    const covering = { ...officer, seats: [seatAt(city, ['facility-admin'], [city.id, hospital.id])] };
    const { facility } = await setUp({ parentId: city.id, level: 'county', kind: 'commission' }, covering);
    expect(facility.kind).toBe('commission');
    expect((await setUp({ parentId: hospital.id }, covering)).facility.parentId).toBe(hospital.id);
  });
});

describe('a centre', () => {
  const open = (changes: object = {}, by = admin) =>
    createCentre(deps, ctxFor(by), {
      ...{ facilityId: county.id, revision: 1, line: 'imaging', name: '影像中心', nameEn: '' },
      ...changes,
    });

  test('is opened once for a line, under the facility’s revision', async () => {
    const done = await Promise.allSettled([open(), open(), open({ line: 'ecg' })]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [centre] = await database.db.centre.findMany({ where: { facilityId: county.id } });
    expect(await fieldOf(open({ revision: 2, line: centre?.line }))).toEqual(['already-exists', 'line']);
    expect(await codeOf(open({ line: 'pathology' }))).toBe('stale-revision');
    const changed = await changeCentre(deps, ctxFor(admin), {
      ...{ facilityId: county.id, revision: 2, id: centre?.id ?? '' },
      ...{ name: '县影像诊断中心', nameEn: 'County imaging' },
    });
    expect(changed).toMatchObject({ revision: 3, centres: [{ name: '县影像诊断中心', nameEn: 'County imaging' }] });
    expect((await actionsOf(centre?.id ?? '')).map(({ action }) => action).sort()).toEqual([
      'facilities.centreChanged',
      'facilities.centreCreated',
    ]);
  });

  test('is nobody else’s to open or to rename', async () => {
    for (const by of [outsider, townAdmin, doctor]) expect(await codeOf(open({}, by))).toBe('forbidden');
    const own = await given.centre(county);
    const wish = { id: own.id, revision: 1, name: '夺来的中心', nameEn: null };
    expect(await codeOf(changeCentre(deps, ctxFor(outsider), { ...wish, facilityId: county.id }))).toBe('forbidden');
    const past = changeCentre(deps, ctxFor(outsider), { ...wish, facilityId: neighbour.id });
    expect(await codeOf(past)).toBe('not-found');
    expect(await database.db.centre.findUniqueOrThrow({ where: { id: own.id } })).toEqual(own);
    // What failed has not moved the revision either.
    expect((await database.db.facility.findUniqueOrThrow({ where: { id: neighbour.id } })).revision).toBe(1);
  });

  test('a facility is renamed by its own administrator, once for each state that was seen', async () => {
    const wish = { id: county.id, revision: 1, name: '县人民医院', nameEn: null, phone: '0851-1234567' };
    expect(await changeFacility(deps, ctxFor(admin), wish)).toMatchObject({ revision: 2, phone: '0851-1234567' });
    expect(await codeOf(changeFacility(deps, ctxFor(admin), wish))).toBe('stale-revision');
    expect(await codeOf(changeFacility(deps, ctxFor(outsider), { ...wish, revision: 2 }))).toBe('forbidden');
  });
});

describe('a machine', () => {
  const register = (changes: object = {}, by = admin) =>
    createDevice(deps, ctxFor(by), {
      ...{ facilityId: county.id, aeTitle: `AE_${++numbers}`, name: 'CT', modality: 'CT', host: null, port: null },
      ...changes,
    });
  const device = (changes: object = {}) => ({
    ...{ revision: 1, aeTitle: `AE_${++numbers}`, name: 'CT', modality: 'CT', host: null, port: null },
    ...{ enabled: true, ...changes },
  });

  test('is known by a title that no other has anywhere', async () => {
    const made = await register({ host: '10.20.3.4', port: 104 });
    expect(made).toMatchObject({ enabled: true, host: '10.20.3.4', port: 104, revision: 1 });
    const again = { facilityId: neighbour.id, aeTitle: made.aeTitle };
    expect(await fieldOf(register(again, outsider))).toEqual(['already-exists', 'aeTitle']);
    expect(await listDevices(deps, ctxFor(doctor))).toMatchObject([{ aeTitle: made.aeTitle }]);
    expect((await actionsOf(made.id)).map(({ action }) => action)).toEqual(['facilities.deviceCreated']);
  });

  test('is switched off by its own administrator, once for each state that was seen', async () => {
    const { id, aeTitle } = await register();
    const off = device({ id, aeTitle, enabled: false });
    const done = await Promise.allSettled([1, 2, 3].map(() => changeDevice(deps, ctxFor(admin), { ...off, id })));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database.db.device.findUniqueOrThrow({ where: { id } })).toMatchObject({
      enabled: false,
      revision: 2,
    });
    const taken = (await register()).aeTitle;
    const renamed = changeDevice(deps, ctxFor(admin), { ...device({ aeTitle: taken, revision: 2 }), id });
    expect(await fieldOf(renamed)).toEqual(['already-exists', 'aeTitle']);
  });

  test('is nobody else’s to register or to change', async () => {
    for (const by of [outsider, townAdmin, doctor]) expect(await codeOf(register({}, by))).toBe('forbidden');
    const { id } = await register();
    for (const by of [outsider, townAdmin])
      expect(await codeOf(changeDevice(deps, ctxFor(by), { ...device(), id }))).toBe('not-found');
    expect(await codeOf(changeDevice(deps, ctxFor(doctor), { ...device(), id }))).toBe('forbidden');
    expect(await database.db.device.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'CT', revision: 1 });
  });

  test('has the hub connect only where the operator lets it', async () => {
    const refused = await refusalOf(register({ host: '169.254.169.254', port: 80 }));
    expect(refused.details).toMatchObject({ why: 'host-not-allowed', fields: [{ field: 'host' }] });
    for (const host of ['127.0.0.1', '10.21.0.1'])
      expect(await codeOf(register({ host, port: 104 }))).toBe('bad-input');
    expect(await fieldOf(register({ host: '10.20.3.4' }))).toEqual(['bad-input', 'port']);
    expect(await fieldOf(register({ port: 104 }))).toEqual(['bad-input', 'host']);
  });
});
