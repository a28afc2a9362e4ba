import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '../../server/api/context.ts';
import { listTraces } from '../../server/api/ecg/list-traces.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { ecgUseCases } from '../../server/api/ecg/routes.ts';
import { asHubError } from '../../server/api/http/problem.ts';
import { dicomWebScope } from '../../server/api/imaging/dicomweb-access.ts';
import { listStudies } from '../../server/api/imaging/list-studies.ts';
import { studyInScopeByUid } from '../../server/api/imaging/retrieve-store.ts';
import { ctxFor, machineOf, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, infarction, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
type Name = keyof typeof ecgUseCases;
const names = Object.keys(ecgUseCases) as Name[];
let region: EcgRegion;
let inputs: Record<Name, object>;
/** What must not come out, by whatever route. */
let secrets: string[];
/** The alarm as it was before; it may have got its case at once or a moment later. */
let before: { state: string; revision: number };
beforeAll(async () => {
  region = await ecgRegion(database);
  const { order } = await orderedEcg(database, edge, region);
  const device = machineOf(region.township, ['studies:send']);
  const critical = aecgOf(infarction());
  const { body } = await edge.upload(device, critical, `?orderId=${order.id}`);
  await edge.settle();
  const alarm = await database.db.ecgAlarm.findFirstOrThrow();
  before = { state: 'raised', revision: alarm.revision };
  const trace = await database.db.ecgTrace.findFirstOrThrow();
  const statement = await database.db.ecgStatement.create({
    data: {
      ...{
        centreId: region.ecgCentre.id,
        code: 'OWN',
        zh: '本中心语句',
        en: 'Ours',
        group: 'summary',
        positive: false,
      },
    },
  });
  const { id: traceId } = body;
  const act = { id: alarm.id, revision: alarm.revision };
  const ofCentre = { centreId: region.ecgCentre.id };
  const edit = { ...ofCentre, base: { code: 'default', version: 1 }, patterns: [] };
  inputs = {
    list: { orderId: order.id },
    read: { id: traceId },
    samples: { id: traceId },
    saveMeasurements: { id: traceId, revision: 0, measurements: null, fiducials: null, calipers: [] },
    linkRepeat: { id: traceId, traceId },
    statements: {},
    saveStatement: { id: statement.id, code: 'OWN', zh: 'x', en: 'x', group: 'summary', positive: false, revision: 1 },
    removeStatement: { id: statement.id },
    alarms: { state: 'all' },
    acknowledgeAlarm: act,
    callBack: { ...act, text: 'x' },
    readBack: { ...act, text: 'x', doctor: 'x' },
    closeAlarm: { ...act, isFalse: true, note: 'x' },
    noteRead: { id: alarm.id },
    askRoom: { id: alarm.id },
    times: { orderId: order.id },
    setFirstContact: { orderId: order.id, firstContactAt: new Date(0).toISOString() },
    ruleCentres: {},
    rules: ofCentre,
    ruleVersion: { ...ofCentre, version: 1 },
    tryRules: edit,
    publishRules: { ...edit, newest: 0, source: 'x', validFrom: '2026-11-22' },
  };
  secrets = [
    traceId,
    alarm.id,
    order.id,
    trace.sopInstanceUid,
    trace.studyInstanceUid,
    region.patient.id,
    region.ecgCentre.id,
    '本中心语句',
  ];
});

async function outcomeOf(name: Name, actor: Actor): Promise<string> {
  const { inputSchema } = hubContract.ecg[name]['~orpc'] as { inputSchema?: z.ZodType };
  const useCase = ecgUseCases[name] as (...all: unknown[]) => Promise<unknown>;
  const input = inputSchema?.parse(inputs[name]) ?? {};
  return useCase(edge.apiDeps(), ctxFor(actor), input).then(
    (answer) => {
      const text = JSON.stringify(answer);
      return secrets.some((secret) => text.includes(secret)) ? 'told' : 'nothing';
    },
    (cause: unknown) => asHubError(cause).code,
  );
}

test.each(names)('%s is refused to nobody, and tells nothing to a stranger of whatever role', async (name) => {
  expect(await outcomeOf(name, nobody)).toBe('unauthenticated');
  const strangers: Actor[] = [
    region.outsider,
    region.strangerReader,
    machineOf(region.stranger, ['results:read', 'studies:send', 'orders:send']),
  ];
  for (const actor of strangers) {
    const outcome = await outcomeOf(name, actor);
    expect(['nothing', 'not-found', 'forbidden', 'unauthenticated', 'not-senior']).toContain(outcome);
  }
});

test('after all that, everything is as it was', async () => {
  expect(await database.db.ecgAlarm.findFirstOrThrow()).toMatchObject(before);
  expect(await database.db.ecgStatement.findMany({ where: { code: 'OWN' } })).toMatchObject([{ zh: '本中心语句' }]);
  expect(await database.db.ecgMeasurement.count({ where: { authorId: { not: null } } })).toBe(0);
  expect(await database.db.ecgFirstContact.count()).toBe(0);
  expect(await database.db.ecgRuleSet.count()).toBe(0);
});

describe('what a house recorded and nobody ordered', () => {
  let traceId: string;
  let uid: string;
  /** Studies of the same house that are no electrocardiograms, or not only. */
  const others = ['1.2.826.9.1', '1.2.826.9.2', '1.2.826.9.3'];
  beforeAll(async () => {
    const { county } = region;
    const { body } = await edge.upload(machineOf(county, ['studies:send']), aecgOf(recordedNow()));
    await edge.settle();
    traceId = body.id;
    uid = (await database.db.ecgTrace.findUniqueOrThrow({ where: { id: traceId } })).studyInstanceUid;
    const from = { facilityId: county.id, state: 'unmatched', instanceCount: 1 };
    const kinds = [['CT'], ['CT', 'ECG'], []];
    const data = others.map((studyInstanceUid, at) => ({ ...from, studyInstanceUid, modalities: kinds[at] ?? [] }));
    await database.db.study.createMany({ data });
  });
  const page = { page: 1, pageSize: 50 };
  /** In the list of traces, the list of studies, by its own address, and as DICOM. */
  async function seenBy(actor: Actor): Promise<boolean[]> {
    const traces = await listTraces(edge.apiDeps(), ctxFor(actor), page);
    const studies = await listStudies(edge.apiDeps(), ctxFor(actor), { ...page, q: '' });
    const one = await readTrace(edge.apiDeps(), ctxFor(actor), { id: traceId }).then(
      () => true,
      () => false,
    );
    const samples = await readSamples(edge.apiDeps(), ctxFor(actor), { id: traceId, recording: 0 }).then(
      () => true,
      () => false,
    );
    const dicom = await studyInScopeByUid(database.db, dicomWebScope(ctxFor(actor)), uid);
    return [
      traces.rows.some(({ id }) => id === traceId),
      studies.rows.some(({ studyInstanceUid }) => studyInstanceUid === uid),
      one,
      samples,
      dicom !== null,
    ];
  }
  const all = [true, true, true, true, true];
  const none = all.map(() => false);

  test('is seen by whoever reads for its ECG centre, and by its imaging readers as before; it stands in the trail', async () => {
    for (const actor of [region.reader, region.senior, region.resident]) expect(await seenBy(actor)).toEqual(all);
    const { accountId: actorId } = region.reader;
    for (const action of ['ecg.tracesListed', 'ecg.traceRead'])
      expect(await database.db.auditEntry.count({ where: { actorId, action } })).toBeGreaterThan(0);
  });

  test('is not seen by readers of another house, of another centre of the house, or of none', async () => {
    const given = givenIn(database);
    const { county, stranger } = region;
    const data = { facilityId: county.id, line: 'pathology', name: '病理诊断中心' };
    const pathology = await database.db.centre.create({ data });
    const roles = ['reader', 'senior-reader'] as const;
    const reader = (centreIds: string[], facility = county) =>
      given.account({ facility, roles: [...roles], title: 'chief', centreIds });
    const ofOther = await reader([pathology.id]);
    const ofNone = await reader([]);
    // He reads here, and is a member of the ECG centre of a house where he has no seat.
    const elsewhere = await reader([region.ecgCentre.id], stranger);
    for (const actor of [ofOther, ofNone, elsewhere, region.strangerReader, region.outsider, region.cardiologist])
      expect(await seenBy(actor)).toEqual(none);
  });

  test('is all that the ECG centre sees of the house’s machines', async () => {
    const listed = async (actor: Actor) =>
      (await listStudies(edge.apiDeps(), ctxFor(actor), { ...page, q: '' })).rows.map(
        ({ studyInstanceUid }) => studyInstanceUid,
      );
    expect(await listed(region.resident)).toEqual(expect.arrayContaining(others));
    expect((await listed(region.reader)).filter((one) => others.includes(one))).toEqual([]);
    const scope = dicomWebScope(ctxFor(region.reader));
    for (const one of others) expect(await studyInScopeByUid(database.db, scope, one)).toBeNull();
  });
});
