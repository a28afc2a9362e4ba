import type { Config } from '@lianzhen/platform/config.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDestination, listDestinations, setDestination } from '../../server/api/delivery/destinations.ts';
import { acknowledgeResult, listInbox } from '../../server/api/delivery/inbox.ts';
import { type LedgerFilter, listAttempts, listDeliveries } from '../../server/api/delivery/list-deliveries.ts';
import { resendDelivery } from '../../server/api/delivery/resend-delivery.ts';
import { ctxFor, type GivenAccount, movableClock, seatAt } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { type GivenReport, givenDestination, givenReport, signVersion } from '../factories/signed-version.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = {
  get db() {
    return database.db;
  },
  clock: movableClock(),
  // Any host may be named, as in the demo region; see destinations.test.ts for the list of a production store.
  config: { HUB_DESTINATION_HOSTS: [], HUB_DEMO: true } as unknown as Config,
};
let region: Region;
let report: GivenReport;
let inbox: { id: string; facilityId: string };
let his: { id: string; facilityId: string };
let admin: GivenAccount;
beforeEach(async () => {
  region = await given.region();
  report = await givenReport(database.db, region);
  inbox = await given.inbox(region.township);
  his = await givenDestination(database.db, region.county, 'hl7-mllp', { host: 'his', port: 2575 });
  admin = await given.account({ facility: region.county, roles: ['facility-admin'] });
});
/** One version, accepted by the township's inbox, and in the given state at the county's system. */
async function delivered(state = 'rejected') {
  const version = await signVersion(database.db, report, [inbox, his]);
  const idOf = (destinationId: string) =>
    version.deliveries.find((one) => one.destinationId === destinationId)?.id ?? '';
  const [toInbox, toHis] = [idOf(inbox.id), idOf(his.id)];
  await database.db.delivery.update({ where: { id: toInbox }, data: { state: 'accepted' } });
  await database.db.delivery.update({
    where: { id: toHis },
    data: { state, attemptCount: 3, answer: 'AR 张三 未登记' },
  });
  return { versionId: version.id, toInbox, toHis };
}
const ledger = (caller: GivenAccount, filter: Partial<LedgerFilter> = {}) =>
  listDeliveries(deps, ctxFor(caller), { page: 1, pageSize: 50, q: '', ...filter });
const idsOf = async (caller: GivenAccount, filter = {}) =>
  (await ledger(caller, filter)).rows.map(({ id }) => id).sort();

describe('the ledger', () => {
  test('shows every result by every facility to those with a part in it, and to nobody else', async () => {
    const { toInbox, toHis, versionId } = await delivered();
    for (const caller of [region.doctor, region.attending, admin])
      expect(await idsOf(caller)).toEqual([toInbox, toHis].sort());
    expect(await idsOf(region.outsider)).toEqual([]);
    for (const filter of [
      { versionId },
      { orderId: report.content.order.id },
      { facilityId: region.county.id },
      { q: report.content.order.number },
    ])
      expect(await idsOf(region.outsider, filter)).toEqual([]);
    const { rows, counts, total } = await ledger(region.doctor, { facilityId: region.county.id });
    expect([total, counts]).toEqual([1, { rejected: 1 }]);
    expect(rows[0]).toMatchObject({
      state: 'rejected',
      answer: 'AR 张三 未登记',
      channel: 'hl7-mllp',
      attemptCount: 3,
    });
  });

  test('is asked by state, order, version and words, in which wildcards are letters', async () => {
    const { toInbox, toHis, versionId } = await delivered();
    expect(await idsOf(region.doctor, { state: ['rejected', 'failed'] })).toEqual([toHis]);
    expect((await ledger(region.doctor, { state: ['failed'] })).counts).toEqual({ rejected: 1 });
    for (const filter of [
      { versionId },
      { orderId: report.content.order.id },
      { q: ` ${report.content.order.number} ` },
      { q: '张三' },
    ])
      expect(await idsOf(region.doctor, filter)).toEqual([toInbox, toHis].sort());
    for (const q of ['%', '_', '李四', '\\']) expect(await idsOf(region.doctor, { q })).toEqual([]);
  });

  test('tells whoever watches over the region that results arrive, not whose', async () => {
    const { toHis } = await delivered();
    const commission = await given.facility({ kind: 'commission' });
    const person = await given.account({ facility: commission, roles: ['regulator'] });
    const covers = [commission.id, region.township.id, region.county.id];
    const regulator = { ...person, seats: [seatAt(commission, ['regulator'], covers)] };
    const { rows } = await ledger(regulator);
    expect(rows).toHaveLength(2);
    expect(rows.map(({ patientName }) => patientName)).toEqual(
      Array(2).fill(`${report.content.patient.name[0]}*`.padEnd([...report.content.patient.name].length, '*')),
    );
    expect(await idsOf(regulator, { q: '张三' })).toEqual([]);
    expect(await codeOf(resendDelivery(deps, ctxFor(regulator), { id: toHis }))).toBe('forbidden');
  });

  test('keeps what each try heard for those who may see it, and writes down that they did', async () => {
    const { toHis } = await delivered();
    await database.db.deliveryAttempt.create({
      data: { deliveryId: toHis, number: 1, outcome: 'rejected', answer: 'AR' },
    });
    expect(await listAttempts(deps, ctxFor(region.attending), { id: toHis })).toMatchObject([
      { number: 1, answer: 'AR' },
    ]);
    expect(await codeOf(listAttempts(deps, ctxFor(region.outsider), { id: toHis }))).toBe('not-found');
    const read = await database.db.auditEntry.findFirstOrThrow({
      where: { action: 'delivery.attemptsRead', objectId: toHis },
    });
    expect(read.patientId).toBe(region.patient.id);
  });
});

describe('sending again', () => {
  const resend = (id: string, caller = region.attending) => resendDelivery(deps, ctxFor(caller), { id });

  test.each(['rejected', 'failed', 'waiting'])('what is %s goes out anew', async (state) => {
    const { toHis } = await delivered(state);
    await database.db.destination.update({
      where: { id: his.id },
      data: { pausedUntil: new Date('2099-01-01'), failures: 7 },
    });
    const view = await resend(toHis);
    expect(view).toMatchObject({ state: 'waiting', attemptCount: state === 'waiting' ? 3 : 0 });
    expect(await database.db.outbox.count({ where: { key: `delivery-${toHis}` } })).toBe(1);
    expect(await database.db.destination.findUnique({ where: { id: his.id } })).toMatchObject({
      pausedUntil: null,
      failures: 0,
    });
  });

  test.each(['accepted', 'sent'])('what is %s stays', async (state) => {
    const { toHis } = await delivered(state);
    expect(await refusalOf(resend(toHis))).toMatchObject({ code: 'wrong-state', details: { from: state } });
    expect(await database.db.outbox.count({ where: { key: `delivery-${toHis}` } })).toBe(0);
  });

  test('is for the newest version, by those who may, and once for two clicks', async () => {
    const { toHis } = await delivered();
    for (const caller of [region.doctor, region.technician, region.outsider])
      expect(await codeOf(resend(toHis, caller))).toMatch(/forbidden|not-found/);
    const clicks = await Promise.allSettled([resend(toHis), resend(toHis), resend(toHis)]);
    expect(clicks.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    for (const one of clicks) if (one.status === 'rejected') expect(one.reason.code).toBe('stale-revision');
    expect(await database.db.outbox.count({ where: { key: `delivery-${toHis}` } })).toBe(1);
    const second = await delivered();
    expect(await codeOf(resend(toHis))).toBe('wrong-state');
    await resend(second.toHis);
  });
});

describe('the inbox', () => {
  const read = (caller: GivenAccount, unread?: boolean) =>
    listInbox(deps, ctxFor(caller), { page: 1, pageSize: 50, unread });

  test('holds the newest version of one’s own results', async () => {
    const { toInbox } = await delivered();
    expect((await read(region.doctor)).rows).toMatchObject([
      { id: toInbox, versionNumber: 1, centreName: region.centre.name },
    ]);
    const second = await delivered();
    const { rows, total, unread } = await read(region.doctor);
    expect([rows.map(({ id }) => id), total, unread]).toEqual([[second.toInbox], 1, 1]);
    for (const caller of [region.outsider, region.attending]) expect((await read(caller)).rows).toEqual([]);
  });

  test('is acknowledged once; the first reader stays written', async () => {
    const { toInbox, toHis } = await delivered();
    const colleague = await given.account({ facility: region.township, roles: ['requesting-doctor'], name: '同事' });
    const acknowledge = (caller: GivenAccount, id = toInbox) => acknowledgeResult(deps, ctxFor(caller), { id });
    expect((await acknowledge(region.doctor)).readByName).toBe('李医生');
    const both = await Promise.all([acknowledge(colleague), acknowledge(region.doctor), acknowledge(colleague)]);
    expect(both.map(({ readByName, revision }) => [readByName, revision])).toEqual(Array(3).fill(['李医生', 2]));
    const trail = await database.db.auditEntry.count({
      where: { action: 'delivery.resultAcknowledged', objectId: toInbox },
    });
    expect(trail).toBe(1);
    expect((await read(region.doctor, true)).rows).toEqual([]);
    expect((await read(region.doctor)).unread).toBe(0);
    expect(await codeOf(acknowledge(region.outsider))).toBe('not-found');
    expect(await codeOf(acknowledge(region.attending))).toBe('forbidden');
    expect(await codeOf(acknowledge(region.doctor, toHis))).toBe('not-found');
  });
});

describe('a destination', () => {
  const create = (
    kind: 'fhir' | 'hl7-mllp' | 'dicom-store' | 'inbox',
    config: object,
    caller = admin,
    facilityId = region.county.id,
  ) => createDestination(deps, ctxFor(caller), { facilityId, kind, name: '院内系统', config: { ...config } });
  const fieldsOf = async (...wish: Parameters<typeof create>) => {
    const { code, details } = await refusalOf(create(...wish));
    return [code, (details.fields as { field: string }[]).map(({ field }) => field)];
  };

  test('names the setting that its channel cannot work with', async () => {
    expect(await fieldsOf('hl7-mllp', { host: '', port: 70_000 })).toEqual([
      'bad-input',
      ['config.host', 'config.port'],
    ]);
    expect(await fieldsOf('fhir', {})).toEqual(['bad-input', ['config.baseUrl']]);
    for (const baseUrl of ['file:///etc/passwd', 'javascript:alert(1)', 'his'])
      expect(await fieldsOf('fhir', { baseUrl })).toEqual(['bad-input', ['config.baseUrl']]);
    expect(await fieldsOf('dicom-store', { host: 'pacs', port: 104, calledAeTitle: 'X'.repeat(17) })).toEqual([
      'bad-input',
      ['config.calledAeTitle'],
    ]);
  });

  test('uses the secrets of its own facility alone', async () => {
    const baseUrl = 'https://his.example/fhir';
    const config = (bearerTokenName: string) => ({ baseUrl, bearerTokenName });
    expect((await create('fhir', config(`${region.county.code}-his`))).config).toMatchObject({ timeoutMs: 15_000 });
    for (const name of [`${region.stranger.code}-his`, region.county.code, 'his', `x${region.county.code}-his`])
      expect(await fieldsOf('fhir', config(name))).toEqual(['bad-input', ['config.bearerTokenName']]);
  });

  test('is its own admin’s, is changed as it was seen, and the trail names the settings, not their values', async () => {
    const { id } = await create('hl7-mllp', { host: 'his', port: 2575 });
    const change = (caller = admin, revision = 1) =>
      setDestination(deps, ctxFor(caller), {
        id,
        revision,
        name: '新系统',
        config: { host: 'his2', port: 2575 },
        enabled: false,
      });
    expect(await codeOf(change(region.outsider))).toBe('not-found');
    expect(await codeOf(change(region.attending))).toBe('forbidden');
    expect(await change()).toMatchObject({ enabled: false, revision: 2, config: { host: 'his2' } });
    expect(await codeOf(change())).toBe('stale-revision');
    const entry = await database.db.auditEntry.findFirstOrThrow({
      where: { action: 'delivery.destinationChanged', objectId: id },
    });
    expect(entry.detail).toEqual({ enabled: false, fields: ['name', 'config.host'] });
    expect((await listDestinations(deps, ctxFor(region.outsider))).map((one) => one.id)).not.toContain(id);
    expect(await codeOf(create('inbox', {}, admin, region.township.id))).toBe('forbidden');
  });
});
