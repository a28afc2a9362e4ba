import { readIdCard } from '@lianzhen/contracts/id-card.ts';
import { peopleOnDuty } from '@lianzhen/db/duty-roster.ts';
import { seed } from '@lianzhen/db/seed/main.ts';
import { accounts, demoPassword, devices, facilities, machineTokens } from '@lianzhen/db/seed/region.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { expect, test } from 'vitest';
import { listReachableCentres } from '../../server/api/facilities/list-facilities.ts';
import { findMachine } from '../../server/api/identity/find-machine.ts';
import { logIn } from '../../server/api/identity/log-in.ts';
import { searchPatients } from '../../server/api/patients/search-patients.ts';
import { withDatabase } from '../factories/database.ts';
import { browser, settings } from '../factories/people.ts';

const database = withDatabase();
const deps = {
  get db() {
    return database.db;
  },
  clock: systemClock,
  config: settings,
};
const enter = async (username: string) => {
  const at = browser();
  const session = await logIn(deps, at.ctx, { username, password: demoPassword });
  return { session, ctx: await at.next(deps) };
};

test('an empty store is filled once, however often and at once', async () => {
  expect(await seed(database.url, false)).toBe(false);
  expect(await database.db.facility.count()).toBe(0);
  expect(await database.db.examCatalogueItem.count()).toBeGreaterThan(50);
  const filled = await Promise.all([1, 2, 3].map(() => seed(database.url, true)));
  expect(filled.filter(Boolean)).toHaveLength(1);
  expect(await seed(database.url, true)).toBe(false);
  expect(await database.db.facility.count()).toBe(facilities.length);
  expect(await database.db.device.count()).toBe(devices.length);
});

test('every account of the demo opens the door to its own facility', async () => {
  for (const [username, displayName, code, title, roles] of accounts) {
    const { session } = await enter(username);
    expect(session).toMatchObject({ displayName, title, seats: [{ code, roles }] });
  }
});

test('each reader of the demo works for the centre of his subject, and nobody else for any', async () => {
  const rows = await database.db.account.findMany({ include: { centres: { include: { centre: true } } } });
  const lines = new Map(rows.map(({ username, centres }) => [username, centres.map(({ centre }) => centre.line)]));
  for (const [username, , , , roles, line] of accounts) {
    expect([username, lines.get(username)]).toEqual([username, line ? [line] : []]);
    expect([username, line !== undefined]).toEqual([username, roles.includes('reader')]);
  }
  expect([lines.get('ecg01'), lines.get('lab02'), lines.get('pathologist01')]).toEqual([
    ['ecg'],
    ['laboratory'],
    ['pathology'],
  ]);
});

test('somebody of the county’s ECG centre is on duty at every hour, and a store from before rosters gets one too', async () => {
  const { db } = database;
  const { id } = await db.facility.findUniqueOrThrow({ where: { code: 'C01' } });
  const at = async (local: string) =>
    (await peopleOnDuty(db, [id], new Date(`${local}+08:00`))).get(id)?.map(({ name }) => name);
  expect(await at('2026-11-22T09:00:00')).toEqual(['孙丽华']);
  expect(await at('2026-11-22T03:00:00')).toEqual(['吴国栋']);
  for (let hour = 0; hour < 168; hour++)
    expect(await at(new Date(Date.UTC(2026, 10, 16, hour)).toISOString().slice(0, 19))).toHaveLength(1);
  await db.dutyShift.deleteMany();
  await seed(database.url, true);
  // Whoever has emptied it has decided.
  expect(await at('2026-11-22T09:00:00')).toEqual([]);
  await db.dutyRoster.deleteMany();
  await seed(database.url, true);
  expect(await at('2026-11-22T09:00:00')).toEqual(['孙丽华']);
});

test('the machines’ tokens do what their names say', async () => {
  for (const { token, facility, scopes } of machineTokens) {
    const machine = await findMachine(deps, browser().ctx, `Bearer ${token}`);
    const { id } = await database.db.facility.findUniqueOrThrow({ where: { code: facility } });
    expect(machine).toMatchObject({ facilityId: id, scopes: [...scopes] });
  }
});

test('the systems of the demo are known over HL7 v2, in a store from before they were as well', async () => {
  const { db } = database;
  const known = async () =>
    (await db.hl7Sender.findMany({ include: { facility: true } }))
      .map(({ application, sendingFacility, facility }) => `${application}|${sendingFacility}|${facility.code}`)
      .sort();
  const all = ['HIS|C01|C01', 'HIS|P01|P01', 'HIS|T01|T01'];
  expect(await known()).toEqual(all);
  await db.hl7Sender.deleteMany();
  expect(await seed(database.url, false)).toBe(false);
  expect(await known()).toEqual([]);
  expect(await seed(database.url, true)).toBe(false);
  expect(await known()).toEqual(all);
  // Whoever has taken one away has decided; and without the demo's tokens it is no demo.
  await db.hl7Sender.deleteMany({ where: { sendingFacility: { not: 'T01' } } });
  await seed(database.url, true);
  expect(await known()).toEqual(['HIS|T01|T01']);
  await db.hl7Sender.deleteMany();
  await db.machineToken.deleteMany({ where: { name: { startsWith: 'demo-his' } } });
  await seed(database.url, true);
  expect(await known()).toEqual([]);
});

test('requests may go where agreements say, and T01 has nothing to do with C02', async () => {
  const { session, ctx } = await enter('township01');
  const facilityId = session.seats[0]?.facilityId ?? '';
  const centres = await listReachableCentres(deps, ctx, { facilityId });
  expect(centres.filter(({ missing }) => missing === null).map(({ facility }) => facility.code)).toEqual(
    Array(4).fill('C01'),
  );
  expect(centres.map(({ facility }) => facility.code)).not.toContain('C02');
});

test('the commission oversees its region; its patients have numbers that pass their check', async () => {
  const { ctx } = await enter('auditor01');
  if (ctx.actor.kind !== 'person') throw new Error('nobody came in');
  const covered = await database.db.facility.findMany({
    where: { id: { in: ctx.actor.seats[0]?.covers } },
    select: { code: true },
  });
  expect(covered.map(({ code }) => code).sort()).toEqual(['C01', 'C02', 'G01', 'T01', 'T02', 'V01']);
  const { ctx: doctor } = await enter('township01');
  const { rows } = await searchPatients(deps, doctor, { q: 'oyxm', page: 1, pageSize: 10 });
  expect(rows.map(({ name }) => name)).toEqual(['欧阳雪梅']);
  for (const { value, patientId } of await database.db.patientIdentifier.findMany()) {
    const { sex, birthDate } = await database.db.patient.findUniqueOrThrow({ where: { id: patientId } });
    expect(readIdCard(value)).toEqual({ sex, birthDate: birthDate?.toISOString().slice(0, 10) });
  }
});
