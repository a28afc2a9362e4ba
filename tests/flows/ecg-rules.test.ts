import type { PatternEdit } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { listAlarms } from '../../server/api/ecg/alarms/list-alarms.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { publishRules } from '../../server/api/ecg/rules/publish-rules.ts';
import { listRuleCentres, readRules, readRuleVersion } from '../../server/api/ecg/rules/read-rules.ts';
import { tryRules } from '../../server/api/ecg/rules/try-rules.ts';
import { ctxFor, type GivenAccount, machineOf, nobody, seatAt } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
const given = givenIn(database);
let region: EcgRegion;
let admin: GivenAccount;
let regulator: GivenAccount;
let auditor: GivenAccount;
let centreId: string;
beforeEach(async () => {
  region = await ecgRegion(database);
  centreId = region.ecgCentre.id;
  admin = await given.account({ facility: region.county, roles: ['facility-admin'], name: '韩管理' });
  const commission = await given.facility({ level: 'county', kind: 'commission' });
  const watch = async (role: 'regulator' | 'auditor') => ({
    ...(await given.account({ facility: commission, roles: [role] })),
    seats: [seatAt(commission, [role], [commission.id, region.county.id])],
  });
  [regulator, auditor] = [await watch('regulator'), await watch('auditor')];
});
const deps = () => edge.apiDeps();
const inDays = (days: number) =>
  new Date(edge.clock.now().getTime() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
const source = '县卫健局〔2026〕18号';
const edit = (code: string, thresholds: PatternEdit['thresholds'], more: Partial<PatternEdit> = {}): PatternEdit => ({
  ...{ code, off: false, reason: '', thresholds },
  ...more,
});
/** Forty-five beats a minute and fewer, where the default list says thirty-five. */
const slow = edit('slow', [{ at: '0.0.value', value: 45 }]);
const slowOff = edit('slow', [], { off: true, reason: '由监护系统报警' });
const fallback = { code: 'default', version: 1 };
const draft = (more: object = {}) => ({
  ...{ centreId, newest: 0, base: fallback, patterns: [slow], source, note: '', validFrom: inDays(0) },
  ...more,
});
const publish = (more: object = {}, by: Parameters<typeof ctxFor>[0] = admin) =>
  publishRules(deps(), ctxFor(by), draft(more));
const rulesFor = (by: Parameters<typeof ctxFor>[0], id = centreId) => readRules(deps(), ctxFor(by), { centreId: id });

/** A recording for an order of the centre, read by the worker. */
async function recorded(options: Parameters<typeof recordedNow>[0]) {
  const { order } = await orderedEcg(database, edge, region);
  const { body } = await edge.upload(
    machineOf(region.township, ['studies:send']),
    aecgOf(recordedNow(options)),
    `?orderId=${order.id}`,
  );
  await edge.settle();
  return body.id;
}
const criticalOf = async (id: string) =>
  (await readTrace(deps(), ctxFor(region.doctor), { id })).critical.map(({ code, zh }) => [code, zh]);
const alarmOf = async (traceId: string) =>
  (await listAlarms(deps(), ctxFor(region.reader), { state: 'all' })).find((row) => row.traceId === traceId);
const judgedBy = async (traceId: string) => {
  const [{ content } = { content: null }] = await database.db.ecgMeasurement.findMany({ where: { traceId } });
  return (content as { judgedBy?: unknown } | null)?.judgedBy;
};

describe('the list of a centre', () => {
  test('is that of its province until it publishes its own, and is seen by who runs, reads for or watches over it', async () => {
    for (const by of [admin, region.reader, region.senior, regulator, auditor]) {
      const { inForce, versions, newest, centre, today } = await rulesFor(by);
      expect(inForce).toMatchObject({ code: 'default', version: 1, origin: 'hub', publishedAt: null });
      expect({ versions, newest, today }).toEqual({ versions: [], newest: 0, today: inDays(0) });
      expect(centre.canPublish).toBe(by === admin);
      expect((await listRuleCentres(deps(), ctxFor(by))).map(({ id }) => id)).toEqual([centreId]);
    }
    await database.db.facility.update({ where: { id: region.county.id }, data: { regionCode: '330424' } });
    const { inForce, defaults } = await rulesFor(admin);
    expect(inForce).toMatchObject({ code: 'zhejiang', province: '330000' });
    expect(defaults.map(({ code }) => code)).toEqual(['zhejiang', 'default', 'shanxi']);
  });

  test('judges the next recording once it is published, and none before; the alarm names version and source', async () => {
    const early = await recorded({ heartRate: 42, seconds: 20 });
    expect(await criticalOf(early)).toEqual([]);
    const view = await publish();
    expect(view).toMatchObject({
      newest: 1,
      inForce: { code: 'own', version: 1, origin: 'own', publishedByName: '韩管理' },
    });
    const next = await recorded({ heartRate: 42, seconds: 20 });
    expect(await criticalOf(next)).toEqual([['slow', '平均心室率<45次/分']]);
    expect(await alarmOf(next)).toMatchObject({ rules: { code: 'own', version: '1', source } });
    expect(await criticalOf(early)).toEqual([]);
    expect(await alarmOf(early)).toBeUndefined();
    // Also of a recording that met nothing it is known by which list.
    expect(await judgedBy(early)).toEqual(fallback);
    expect(await judgedBy(next)).toEqual({ code: 'own', version: 1 });
    // Switched off, it is kept with its reason and judges nothing; what was judged stays as it was.
    await publish({ newest: 1, base: { code: 'own', version: 1 }, patterns: [slowOff] });
    const last = await recorded({ heartRate: 42, seconds: 20 });
    expect(await criticalOf(last)).toEqual([]);
    expect(await alarmOf(next)).toMatchObject({ state: 'raised', rules: { version: '1', source } });
    const { rules } = (await rulesFor(region.reader)).inForce;
    expect(rules.find(({ code }) => code === 'slow')).toMatchObject({
      off: '由监护系统报警',
      zh: '平均心室率<45次/分',
    });
  });

  test('counts from its day on; the one before it until then, and the last published of two', async () => {
    await publish();
    await publish({ newest: 1, patterns: [slowOff], validFrom: inDays(10) });
    await publish({ newest: 2, patterns: [edit('slow', [{ at: '0.0.value', value: 40 }])], validFrom: inDays(5) });
    const standings = async () => (await rulesFor(admin)).versions.map(({ version, standing }) => [version, standing]);
    expect(await standings()).toEqual([
      [3, 'coming'],
      [2, 'passed-over'],
      [1, 'in-force'],
    ]);
    expect((await rulesFor(region.senior)).coming).toMatchObject({ version: 3 });
    expect(await criticalOf(await recorded({ heartRate: 42, seconds: 20 }))).toHaveLength(1);
    edge.clock.advance(5 * 86_400_000);
    expect(await criticalOf(await recorded({ heartRate: 42, seconds: 20 }))).toEqual([]);
    edge.clock.advance(6 * 86_400_000);
    expect(await standings()).toEqual([
      [3, 'in-force'],
      [2, 'passed-over'],
      [1, 'past'],
    ]);
    expect(await criticalOf(await recorded({ heartRate: 38, seconds: 20 }))).toHaveLength(1);
    const first = await readRuleVersion(deps(), ctxFor(auditor), { centreId, version: 1 });
    expect(first).toMatchObject({ version: 1, basedOn: fallback, source, publishedByName: '韩管理' });
    expect(first.rules.find(({ code }) => code === 'slow')).toMatchObject({ source, zh: '平均心室率<45次/分' });
  });

  test('is never changed once it is published', async () => {
    await publish();
    const row = await database.db.ecgRuleSet.findFirstOrThrow({ where: { centreId } });
    const { id } = row;
    await expect(database.db.ecgRuleSet.update({ where: { id }, data: { source: 'x' } })).rejects.toThrow();
    await expect(database.db.ecgRuleSet.delete({ where: { id } })).rejects.toThrow();
    expect(await database.db.ecgRuleSet.findUniqueOrThrow({ where: { id } })).toEqual(row);
    const [entry] = await database.db.auditEntry.findMany({ where: { objectId: id } });
    expect(entry).toMatchObject({
      action: 'ecg.rulesPublished',
      actorId: admin.accountId,
      facilityId: region.county.id,
    });
    expect(entry?.detail).toMatchObject({
      centreId,
      version: 1,
      base: 'default 1',
      changed: ['slow'],
      off: [],
      source,
    });
  });

  test('has one writer at a time: the others are told who was first', async () => {
    const other = await given.account({ facility: region.county, roles: ['facility-admin'], name: '另一位' });
    const done = await Promise.allSettled([admin, other, admin, other].map((by) => publish({}, by)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const first = await database.db.ecgRuleSet.findFirstOrThrow({ where: { centreId } });
    for (const one of done)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          code: 'stale-revision',
          details: { expected: 0, found: 1, publishedBy: first.publishedByName },
        });
    expect(await database.db.ecgRuleSet.count({ where: { centreId } })).toBe(1);
  });

  test('is refused where a number lies out of bounds, a reason is missing or its day has passed, by the name of the field', async () => {
    const fieldsOf = async (more: object) => {
      const { code, details } = await refusalOf(publish(more));
      return [code, (details.fields as Array<{ field: string; expected: string }>).map(({ field }) => field)];
    };
    const rate = (value: number) => edit('slow', [{ at: '0.0.value', value }]);
    expect(await fieldsOf({ patterns: [rate(350)] })).toEqual(['bad-input', ['patterns.slow.0.0.value']]);
    const { details } = await refusalOf(publish({ patterns: [rate(350)] }));
    expect(details.fields).toMatchObject([{ expected: 'a whole number from 20 to 50 bpm' }]);
    const reasonless = edit('pause', [], { off: true });
    expect(await fieldsOf({ patterns: [rate(0), reasonless] })).toEqual([
      'bad-input',
      ['patterns.slow.0.0.value', 'patterns.pause.reason'],
    ]);
    expect(await fieldsOf({ patterns: [edit('nothing', [])] })).toEqual(['bad-input', ['patterns.nothing']]);
    expect(await fieldsOf({ validFrom: inDays(-1) })).toEqual(['bad-input', ['validFrom']]);
    expect(await fieldsOf({ validFrom: inDays(800) })).toEqual(['bad-input', ['validFrom']]);
    expect(await fieldsOf({ base: { code: 'own', version: 7 } })).toEqual(['bad-input', ['base']]);
    expect(await database.db.ecgRuleSet.count({ where: { centreId } })).toBe(0);
  });
});

test('a draft is tried on what was measured: how many would have raised an alarm, before and after', async () => {
  await recorded({});
  await recorded({ heartRate: 42, seconds: 20 });
  await recorded({ st: { II: 350, I: 20 } });
  const tried = (patterns: PatternEdit[]) => tryRules(deps(), ctxFor(admin), { centreId, base: fallback, patterns });
  expect(await tried([slow])).toMatchObject({
    ...{ recordings: 3, before: 1, after: 2, added: 1, removed: 0 },
    patterns: [
      { code: 'st-elevation', before: 1, after: 1 },
      { code: 'slow', zh: '平均心室率<45次/分', before: 0, after: 1 },
    ],
  });
  const off = edit('st-elevation', [], { off: true, reason: '试算' });
  expect(await tried([off])).toMatchObject({ recordings: 3, before: 1, after: 0, added: 0, removed: 1 });
  expect(await codeOf(tried([edit('slow', [{ at: '0.0.value', value: 99 }])]))).toBe('bad-input');
  const elsewhere = await database.db.centre.findFirstOrThrow({
    where: { facilityId: region.stranger.id, line: 'ecg' },
  });
  const input = { centreId: elsewhere.id, base: fallback, patterns: [slow] };
  expect(await tryRules(deps(), ctxFor(region.outsider), input)).toMatchObject({
    recordings: 0,
    from: null,
    patterns: [],
  });
  expect(await database.db.ecgRuleSet.count({ where: { centreId } })).toBe(0);
  expect(await database.db.auditEntry.count({ where: { action: 'ecg.rulesTried', objectId: centreId } })).toBe(2);
});

describe('another house', () => {
  const attempts = (by: Parameters<typeof ctxFor>[0]) => [
    () => rulesFor(by),
    () => readRuleVersion(deps(), ctxFor(by), { centreId, version: 1 }),
    () => publish({ newest: 1 }, by),
    () => tryRules(deps(), ctxFor(by), { centreId, base: fallback, patterns: [] }),
  ];

  test('neither sees, tries nor changes the lists of this one', async () => {
    await publish();
    const before = await database.db.ecgRuleSet.findMany({ where: { centreId } });
    for (const attempt of attempts(region.outsider)) expect(await codeOf(attempt())).toBe('not-found');
    for (const by of [region.doctor, region.technician, region.strangerReader, region.resident, region.cardiologist])
      for (const attempt of attempts(by)) expect(['not-found', 'forbidden']).toContain(await codeOf(attempt()));
    for (const attempt of attempts(nobody)) expect(await codeOf(attempt())).toBe('unauthenticated');
    for (const by of [region.doctor, region.resident]) expect(await listRuleCentres(deps(), ctxFor(by))).toEqual([]);
    expect((await listRuleCentres(deps(), ctxFor(region.outsider))).map(({ id }) => id)).not.toContain(centreId);
    expect(await database.db.ecgRuleSet.findMany({ where: { centreId } })).toEqual(before);
  });

  test('cannot begin with a list of this one, nor can who only reads or watches publish', async () => {
    await publish();
    const elsewhere = await database.db.centre.findFirstOrThrow({
      where: { facilityId: region.stranger.id, line: 'ecg' },
    });
    const stolen = draft({ centreId: elsewhere.id, base: { code: 'own', version: 1 } });
    expect((await refusalOf(publishRules(deps(), ctxFor(region.outsider), stolen))).details).toMatchObject({
      fields: [{ field: 'base' }],
    });
    for (const by of [region.reader, region.senior, regulator, auditor])
      expect(await codeOf(publish({ newest: 1 }, by))).toBe('forbidden');
    const imaging = region.centre.id;
    expect(await codeOf(publish({ centreId: imaging }))).toBe('not-found');
    expect(await codeOf(rulesFor(admin, imaging))).toBe('not-found');
  });
});
