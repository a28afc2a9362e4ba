import { randomUUID } from 'node:crypto';
import type { DutyShift } from '@lianzhen/contracts/duty-roster.ts';
import { alarmHopSeconds } from '@lianzhen/contracts/ecg-alarms.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { acknowledgeAlarm } from '../../server/api/ecg/alarms/answer-alarm.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { readDutyRoster, saveDutyRoster } from '../../server/api/facilities/duty-roster.ts';
import { escalate } from '../../workers/ecg/escalate-alarm.ts';
import { sweepAlarms } from '../../workers/ecg/sweep.ts';
import { ctxFor, type GivenAccount, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { alarmsAt } from '../factories/ecg-alarms.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, infarction, orderedEcg } from '../factories/ecg-region.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
const given = givenIn(database);
const deps = () => edge.apiDeps();
let region: EcgRegion;
let admin: GivenAccount;
let id: string;
beforeEach(async () => {
  region = await ecgRegion(database);
  admin = await given.account({ facility: region.county, roles: ['facility-admin'], name: '韩管理' });
  id = region.ecgCentre.id;
});

/** The same persons on every day, around the clock. */
const always = (...people: GivenAccount[]): DutyShift => ({
  ...{ from: '08:00', to: '08:00' },
  days: Array.from({ length: 7 }, () => people.map(({ accountId }) => accountId)),
});
const save = (shifts: DutyShift[], revision = 0, by: Actor = admin) =>
  saveDutyRoster(deps(), ctxFor(by), { id, revision, shifts });
const read = (by: Actor) => readDutyRoster(deps(), ctxFor(by), { id });
const { alarmsOf, only } = alarmsAt(edge);
async function infarctionSent(): Promise<string> {
  const { order } = await orderedEcg(database, edge, region);
  const device = machineOf(region.township, ['studies:send']);
  const { body } = await edge.upload(device, aecgOf(infarction()), `?orderId=${order.id}`);
  await edge.work();
  await edge.settle();
  return body.id;
}
const overdue = async () => {
  edge.clock.advance(alarmHopSeconds * 1000 + 1);
  await sweepAlarms(edge.deps());
};
const hopsOf = async () => (await only(region.senior)).hops.map(({ why, person }) => [why, person]);

describe('the roster of a centre', () => {
  test('is written by the manager of its house, week by week, under one revision, and into the trail', async () => {
    expect(await read(admin)).toMatchObject({ revision: 0, changedAt: null, shifts: [], timeZone: 'Asia/Shanghai' });
    const { reader, senior } = region;
    const night = { ...always(senior), from: '18:00', to: '08:00' };
    const day = { ...always(reader, senior), from: '08:00', to: '18:00' };
    const written = await save([day, night]);
    expect(written).toMatchObject({ revision: 1, changedByName: '韩管理', shifts: [day, night] });
    expect(await codeOf(save([day], 0))).toBe('stale-revision');
    expect(await codeOf(save([day], 2))).toBe('stale-revision');
    expect(await save([day], 1)).toMatchObject({ revision: 2, shifts: [day] });
    expect(await save([], 2)).toMatchObject({ revision: 3, shifts: [] });
    const trail = await database.db.auditEntry.findMany({
      where: { objectId: id, action: 'facilities.dutyRosterChanged' },
      orderBy: { position: 'asc' },
    });
    expect(trail.map(({ detail, actorId, facilityId }) => ({ detail, actorId, facilityId }))).toEqual(
      [
        { revision: 1, shifts: 2, people: 2 },
        { revision: 2, shifts: 1, people: 2 },
        { revision: 3, shifts: 0, people: 0 },
      ].map((detail) => ({ detail, actorId: admin.accountId, facilityId: region.county.id })),
    );
  });

  test('of two who write at once one is told', async () => {
    const both = await Promise.allSettled([save([always(region.reader)]), save([always(region.senior)])]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await database.db.dutyRoster.findUniqueOrThrow({ where: { centreId: id } })).toMatchObject({ revision: 1 });
    expect(await database.db.dutyShift.count({ where: { centreId: id } })).toBe(1);
  });

  test('is nobody else’s: not its readers’, not another house’s manager’s, not a machine’s', async () => {
    const neighbour = await given.account({ facility: region.stranger, roles: ['facility-admin'] });
    const townAdmin = await given.account({ facility: region.township, roles: ['facility-admin'] });
    for (const [who, code] of [
      [neighbour, 'not-found'],
      [townAdmin, 'not-found'],
      [region.senior, 'forbidden'],
      [region.doctor, 'forbidden'],
      [machineOf(region.county, ['results:read', 'studies:send']), 'unauthenticated'],
    ] as const) {
      expect(await codeOf(read(who))).toBe(code);
      expect(await codeOf(save([], 0, who))).toBe(code);
    }
    expect(await codeOf(readDutyRoster(deps(), ctxFor(admin), { id: randomUUID() }))).toBe('not-found');
    expect(await database.db.dutyRoster.count({ where: { centreId: id } })).toBe(0);
  });

  test('names only who reads for it and the seniors of its house, and says where it does not', async () => {
    const technician = await given.account({ facility: region.county, roles: ['technician'] });
    for (const wrong of [region.strangerReader, region.cardiologist, region.resident, technician, admin]) {
      const { code, details } = await refusalOf(save([always(region.reader), always(region.senior, wrong)]));
      expect(code).toBe('bad-input');
      expect(details.fields).toHaveLength(7);
      expect(details.fields).toContainEqual(expect.objectContaining({ field: 'shifts.1.days.6' }));
    }
    const { people } = await read(admin);
    const names = people.map(({ name }) => name);
    for (const other of ['外心电', '王住院']) expect(names).not.toContain(other);
    expect(people.find(({ name }) => name === '孙心电')).toMatchObject({ isReader: true, isGone: false });
    expect(people.find(({ name }) => name === '赵主治')).toMatchObject({ isReader: false, isGone: false });
    // Who reads for the centre stands first.
    expect(people.findIndex(({ isReader }) => !isReader)).toBe(people.filter(({ isReader }) => isReader).length);
  });

  test('keeps in sight who works there no more', async () => {
    await save([always(region.reader, region.senior)]);
    await database.db.account.update({ where: { id: region.reader.accountId }, data: { disabledAt: new Date() } });
    const { people, shifts } = await read(admin);
    expect(people.find(({ name }) => name === '孙心电')).toMatchObject({ isGone: true });
    expect(shifts).toEqual([always(region.reader, region.senior)]);
    // The week can be saved only without him.
    expect(await codeOf(save(shifts, 1))).toBe('bad-input');
  });

  test('cannot say what no clock and no week has, whoever writes it', async () => {
    const { db } = database;
    await save([always(region.reader)]);
    const shift = await db.dutyShift.findFirstOrThrow({ where: { centreId: id } });
    const { accountId } = region.senior;
    await expect(db.dutyShift.update({ where: { id: shift.id }, data: { to: '24:00' } })).rejects.toThrow();
    await expect(db.dutyShift.update({ where: { id: shift.id }, data: { place: 7 } })).rejects.toThrow();
    for (const turn of [
      { weekday: 8, place: 1 },
      { weekday: 1, place: 5 },
    ])
      await expect(db.dutyTurn.create({ data: { shiftId: shift.id, accountId, ...turn } })).rejects.toThrow();
    const twice = { shiftId: shift.id, accountId: region.reader.accountId, weekday: 1, place: 2 };
    await expect(db.dutyTurn.create({ data: twice })).rejects.toThrow();
  });
});

describe('an alarm at a centre with a roster', () => {
  test('goes to everybody, names who is on duty, then calls one after the other, then the seniors, then the paired hospital', async () => {
    await save([always(region.reader, region.attending, region.senior)]);
    await infarctionSent();
    const first = await only(region.reader);
    expect(first).toMatchObject({ isCalled: true, isNamed: true, onDutyName: '孙心电', nextOnDutyName: '赵主治' });
    expect(first.hops).toMatchObject([{ why: 'raised', person: '孙心电', channel: 'screen', to: '区域心电诊断中心' }]);
    // The whole centre hears it; the second line, who reads for another centre, not yet.
    expect(await only(region.senior)).toMatchObject({ isCalled: true, isNamed: false });
    expect(await alarmsOf(region.attending)).toEqual([]);
    await overdue();
    expect(await only(region.attending)).toMatchObject({ isCalled: true, isNamed: true, nextOnDutyName: '吴心电' });
    await overdue();
    expect(await only(region.senior)).toMatchObject({ isNamed: true, nextOnDutyName: null });
    expect(await alarmsOf(region.cardiologist)).toEqual([]);
    await overdue();
    await overdue();
    expect(await hopsOf()).toEqual([
      ['raised', '孙心电'],
      ['on-duty', '赵主治'],
      ['on-duty', '吴心电'],
      ['overdue', null],
      ['paired-hospital', null],
    ]);
    const { hops, dueAt } = await only(region.cardiologist);
    expect(dueAt).toBeNull();
    const times = hops.map(({ at }) => Date.parse(at));
    for (const [index, at] of times.slice(1).entries())
      expect(at - (times[index] ?? at)).toBeGreaterThanOrEqual(alarmHopSeconds * 1000);
    const where = { action: 'ecg.alarmEscalated', objectId: first.id };
    const trail = await database.db.auditEntry.findMany({ where, orderBy: { position: 'asc' } });
    expect(trail[0]?.detail).toMatchObject({ to: [{ why: 'on-duty', personId: region.attending.accountId }] });
  });

  test('is called on once by the job and the sweep together, and by nobody once it is answered', async () => {
    await save([always(region.reader, region.senior)]);
    await infarctionSent();
    const { id: alarmId, revision } = await only(region.reader);
    edge.clock.advance(alarmHopSeconds * 1000 + 1);
    await Promise.all([edge.work(2), sweepAlarms(edge.deps()), escalate(edge.deps(), alarmId)]);
    expect(await hopsOf()).toEqual([
      ['raised', '孙心电'],
      ['on-duty', '吴心电'],
    ]);
    const taken = await acknowledgeAlarm(deps(), ctxFor(region.reader), { id: alarmId, revision });
    expect(taken).toMatchObject({ isCalled: false, isNamed: false, onDutyName: null });
    await overdue();
    expect(await hopsOf()).toHaveLength(2);
  });

  test('in a gap of the roster goes as without one', async () => {
    const { reader } = region;
    const nobody = { ...always(reader), days: Array.from({ length: 7 }, () => []) };
    await save([nobody]);
    await infarctionSent();
    expect(await only(reader)).toMatchObject({ isCalled: true, isNamed: false, onDutyName: null });
    await overdue();
    expect(await hopsOf()).toEqual([
      ['raised', null],
      ['overdue', null],
    ]);
  });

  test('passes over who works there no more, and who was named then is called no longer', async () => {
    await save([always(region.reader, region.attending, region.senior)]);
    await database.db.account.update({ where: { id: region.reader.accountId }, data: { disabledAt: new Date() } });
    const traceId = await infarctionSent();
    const named = await only(region.attending);
    expect(named.hops).toMatchObject([{ person: '赵主治' }]);
    expect(await readTrace(deps(), ctxFor(region.attending), { id: traceId })).toMatchObject({ id: traceId });
    const moved = { ...region.attending, seats: [{ ...region.attending.seats[0], roles: ['technician' as const] }] };
    const elsewhere = { ...region.attending, seats: region.strangerReader.seats };
    for (const who of [moved, elsewhere] as GivenAccount[])
      expect((await alarmsOf(who)).filter(({ isCalled }) => isCalled)).toEqual([]);
    expect(await codeOf(readTrace(deps(), ctxFor(elsewhere), { id: traceId }))).toBe('not-found');
  });

  test('is no longer that of a reader who was moved to another centre meanwhile', async () => {
    const { reader } = region;
    await save([always(reader)]);
    await infarctionSent();
    expect(await only(reader)).toMatchObject({ isNamed: true });
    await database.db.centreMember.deleteMany({ where: { accountId: reader.accountId } });
    expect(await alarmsOf(reader, 'all')).toEqual([]);
    expect((await read(admin)).people.find(({ name }) => name === '孙心电')).toMatchObject({ isGone: true });
  });

  test('does not keep the seniors waiting for every shift that begins meanwhile', async () => {
    const extra = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => given.account({ facility: region.county, roles: ['reader'], name: `值班${n}` })),
    );
    const [a, b, c, d, e] = extra as [GivenAccount, GivenAccount, GivenAccount, GivenAccount, GivenAccount];
    await save([always(a, b)]);
    await infarctionSent();
    await overdue();
    await save([always(c, d, e)], 1);
    for (let round = 0; round < 3; round++) await overdue();
    expect((await hopsOf()).map(([why]) => why)).toEqual(['raised', 'on-duty', 'on-duty', 'on-duty', 'overdue']);
  });
});
