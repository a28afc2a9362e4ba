import { beforeEach, describe, expect, test } from 'vitest';
import {
  createAgreement,
  endAgreement,
  listAgreements,
  signAgreement,
} from '../../server/api/facilities/agreements.ts';
import { listDevices } from '../../server/api/facilities/list-devices.ts';
import { listFacilities, listReachableCentres } from '../../server/api/facilities/list-facilities.ts';
import { ctxFor, type GivenAccount, type GivenFacility, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock('2026-11-22T02:00:00.000Z');
const deps = {
  get db() {
    return database.db;
  },
  clock,
};
let township: GivenFacility;
let county: GivenFacility;
let stranger: GivenFacility;
let sender: GivenAccount;
let receiver: GivenAccount;
let outsider: GivenAccount;
let doctor: GivenAccount;
beforeEach(async () => {
  township = await given.facility();
  county = await given.facility({ level: 'county' });
  stranger = await given.facility({ level: 'county' });
  await given.centre(county, 'imaging');
  await given.centre(county, 'ecg');
  const admin = (facility: GivenFacility) => given.account({ facility, roles: ['facility-admin'] });
  [sender, receiver, outsider] = [await admin(township), await admin(county), await admin(stranger)];
  doctor = await given.account({ facility: township, roles: ['requesting-doctor'] });
});
let numbers = 0;
const body = (changes: object = {}) => ({
  ...{ number: `协议-新-${++numbers}`, fromId: township.id, toId: county.id, kind: 'alliance' as const },
  ...{ lines: ['imaging' as const], validFrom: '2026-11-22', validTo: '2027-11-21', deadlines: [], targets: [] },
  ...changes,
});
const draft = (changes: object = {}, by = sender) => createAgreement(deps, ctxFor(by), body(changes));
const sign = (id: string, by = receiver, revision = 1) => signAgreement(deps, ctxFor(by), { id, revision });
const missing = async () =>
  (await listReachableCentres(deps, ctxFor(doctor), { facilityId: township.id, line: 'imaging' })).map(
    (one) => one.missing,
  );

describe('an agreement', () => {
  test('opens a centre from its first day to its last, in the sender’s own time', async () => {
    expect(await missing()).toEqual([]);
    const { id, state, isInForce } = await draft();
    expect([state, isInForce]).toEqual(['draft', false]);
    expect(await missing()).toEqual(['not-signed']);
    expect(await sign(id)).toMatchObject({ state: 'signed', isInForce: true, revision: 2 });
    expect(await missing()).toEqual([null]);
    const at = async (instant: string) => {
      const there = { ...deps, clock: movableClock(instant) };
      const [listed] = await listAgreements(there, ctxFor(sender));
      const [centre] = await listReachableCentres(there, ctxFor(doctor), { facilityId: township.id, line: 'imaging' });
      return [listed?.isInForce, centre?.missing];
    };
    // Shanghai is eight hours ahead: its day begins and ends while Greenwich has the day before.
    expect(await at('2026-11-21T15:59:59Z')).toEqual([false, 'not-yet-valid']);
    expect(await at('2026-11-21T16:00:00Z')).toEqual([true, null]);
    expect(await at('2027-11-21T15:59:59Z')).toEqual([true, null]);
    expect(await at('2027-11-21T16:00:00Z')).toEqual([false, 'expired']);
  });

  test('covers its lines alone', async () => {
    await sign((await draft()).id);
    const centres = await listReachableCentres(deps, ctxFor(doctor), { facilityId: township.id });
    expect(centres.map(({ line, missing }) => [line, missing]).sort()).toEqual([
      ['ecg', 'line-not-covered'],
      ['imaging', null],
    ]);
  });

  test('is ended by either side, with a reason that stays', async () => {
    const { id } = await draft();
    await sign(id);
    const ended = await endAgreement(deps, ctxFor(sender), { id, revision: 2, reason: '改签新协议' });
    expect(ended).toMatchObject({ state: 'ended', isInForce: false, endedReason: '改签新协议' });
    expect(await missing()).toEqual(['expired']);
    for (const again of [
      () => sign(id, receiver, 3),
      () => endAgreement(deps, ctxFor(sender), { id, revision: 3, reason: '再次' }),
    ])
      expect(await codeOf(again())).toBe('wrong-state');
    const trail = await database.db.auditEntry.findMany({ where: { objectId: id } });
    const actions = trail.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ action }) => action);
    expect(actions).toEqual([
      'facilities.agreementDrafted',
      'facilities.agreement-signed',
      'facilities.agreement-ended',
    ]);
    const told = await database.db.outbox.findFirstOrThrow({ where: { name: 'facility' }, orderBy: { id: 'desc' } });
    expect(new Set((told.payload as { facilityIds: string[] }).facilityIds)).toEqual(new Set([township.id, county.id]));
  });

  test('is signed once, of the state that was seen', async () => {
    const { id } = await draft();
    const done = await Promise.allSettled([sign(id), sign(id), sign(id)]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { id: other } = await draft();
    expect(await codeOf(sign(other, receiver, 7))).toBe('stale-revision');
  });

  test('of a pairing names what it wants to reach', async () => {
    const target = { indicator: '远程会诊例数', unit: '例', target: 200, actual: 0 };
    const { id } = await draft({ kind: 'pairing', targets: [{ ...target, term: 'annual' }] });
    expect((await refusalOf(sign(id))).details).toMatchObject({ fields: [{ field: 'targets' }] });
    const targets = [
      { ...target, term: 'annual' },
      { ...target, term: 'long-term' },
    ];
    expect((await sign((await draft({ kind: 'pairing', targets })).id)).state).toBe('signed');
  });

  test('that makes no sense is refused with its field', async () => {
    const fieldOf = async (changes: object) => (await refusalOf(draft(changes))).details.fields;
    expect(await fieldOf({ toId: township.id })).toMatchObject([{ field: 'toId' }]);
    expect(await fieldOf({ validTo: '2026-11-21' })).toMatchObject([{ field: 'validTo' }]);
    const { number } = await draft();
    expect(await codeOf(draft({ number }))).toBe('already-exists');
    expect(await codeOf(draft({ toId: '01900000-0000-7000-8000-000000000000' }))).toBe('bad-input');
  });
});

describe('nobody', () => {
  test('opens a centre of others to himself', async () => {
    const { id } = await draft({ fromId: stranger.id, toId: county.id }, outsider);
    expect(await codeOf(sign(id, outsider))).toBe('forbidden');
    expect(await codeOf(sign((await draft()).id, sender))).toBe('forbidden');
  });

  test('signs, ends, reads or writes between two others', async () => {
    const { id } = await draft();
    expect(await codeOf(sign(id, outsider))).toBe('not-found');
    expect(await codeOf(endAgreement(deps, ctxFor(outsider), { id, revision: 1, reason: '我' }))).toBe('not-found');
    expect(await codeOf(draft({}, outsider))).toBe('forbidden');
    expect(await codeOf(draft({}, doctor))).toBe('forbidden');
    expect((await listAgreements(deps, ctxFor(outsider))).map((one) => one.id)).not.toContain(id);
    expect(await codeOf(listReachableCentres(deps, ctxFor(outsider), { facilityId: township.id }))).toBe('forbidden');
  });

  test('sees facilities or machines that he has nothing to do with', async () => {
    const clinic = await given.facility({ level: 'village', kind: 'clinic', parent: township });
    await sign((await draft()).id);
    await database.db.device.create({ data: { facilityId: township.id, aeTitle: `AE${numbers}`, name: '胸片机' } });
    const seen = async (by: GivenAccount) => (await listFacilities(deps, ctxFor(by))).map(({ id }) => id);
    expect(new Set(await seen(doctor))).toEqual(new Set([township.id, county.id, clinic.id]));
    expect(await seen(outsider)).toEqual([stranger.id]);
    expect(await listDevices(deps, ctxFor(outsider))).toEqual([]);
    expect(await listDevices(deps, ctxFor(doctor))).toMatchObject([{ name: '胸片机', charsetOverride: null }]);
  });
});
