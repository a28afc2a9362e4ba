import { decodeSamples } from '@lianzhen/contracts/ecg-window.ts';
import { completeTrace } from '@lianzhen/ecg/complete-leads.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { linkRepeat } from '../../server/api/ecg/link-repeat.ts';
import { listTraces } from '../../server/api/ecg/list-traces.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { saveMeasurements } from '../../server/api/ecg/save-measurements.ts';
import { listStatements, removeStatement, saveStatement } from '../../server/api/ecg/statements.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, dicomOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
let region: EcgRegion;
let device: Actor;
/** A matched recording of ten seconds. */
let read: { id: string; orderId: string };
beforeAll(async () => {
  region = await ecgRegion(database);
  device = machineOf(region.township, ['studies:send']);
  const { order } = await orderedEcg(database, edge, region);
  const { body } = await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}`);
  await edge.settle();
  read = { id: body.id, orderId: order.id };
});
const deps = () => edge.apiDeps();
const page = { page: 1, pageSize: 50 };
const traceOf = (id: string) => database.db.ecgTrace.findUniqueOrThrow({ where: { id } });
const windowOf = async (actor: Actor, id: string, query: string) => {
  const answer = await edge.fetchAs(actor, `/api/ecg/traces/${id}/${query}`);
  return { status: answer.status, bytes: await answer.arrayBuffer() };
};

describe('a waveform that comes as an image comes', () => {
  test('has its trace with its index, and is read, measured and matched', async () => {
    const { order, exam } = await orderedEcg(database, edge, region);
    const trace = recordedNow({ heartRate: 61 });
    const bytes = dicomOf(trace, { accessionNumber: exam.accessionNumber });
    expect(await edge.stow(device, [bytes])).toBe(200);
    await edge.settle(2);
    const { rows } = await listTraces(deps(), ctxFor(region.reader), { ...page, orderId: order.id });
    expect(rows).toMatchObject([{ format: 'dicom', state: 'read', orderId: order.id, patientId: region.patient.id }]);
    const view = await readTrace(deps(), ctxFor(region.reader), { id: rows[0]?.id ?? '' });
    expect(view.automatic?.measurements?.heartRate).toBe(61);
    expect(view.original).toMatchObject({ mediaType: 'application/dicom', size: bytes.length });
    expect(view.recordings[0]).toMatchObject({
      kind: 'rhythm',
      samplingFrequency: 500,
      sampleCount: 5000,
      durationMs: 10_000,
    });
    // The same file by the upload page is the same trace.
    expect(await edge.upload(device, bytes)).toMatchObject({ body: { id: view.id } });
    expect(await database.db.ecgTrace.count({ where: { sopInstanceUid: view.sopInstanceUid } })).toBe(1);
  });

  test('and cannot be read, says why to who sent it', async () => {
    const bytes = dicomOf(recordedNow());
    // Fewer samples than the header says: the sampling points of the first group are doubled.
    const at = bytes.indexOf(Buffer.from('3a001000554c0400', 'hex'));
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 8) * 2, at + 8);
    expect(await edge.stow(device, [bytes])).toBe(200);
    await edge.settle();
    const { rows } = await listTraces(deps(), ctxFor(region.doctor), page);
    const broken = rows.find(({ state }) => state === 'unreadable');
    const view = await readTrace(deps(), ctxFor(region.doctor), { id: broken?.id ?? '' });
    expect(view.error).toMatchObject({ where: expect.stringContaining('5400,1010') });
    expect(await refusalOf(readSamples(deps(), ctxFor(region.doctor), { id: view.id, recording: 0 }))).toMatchObject({
      code: 'ecg-invalid',
    });
  });
});

describe('samples', () => {
  test('come by windows of time, as numbers and as floats', async () => {
    const asked = { id: read.id, recording: 0, fromMs: 1000, toMs: 1020 };
    const { leads } = await readSamples(deps(), ctxFor(region.reader), asked);
    expect(leads.map(({ samples }) => samples.length)).toEqual(Array(12).fill(10));
    const { bytes } = await windowOf(region.reader, read.id, 'window?fromMs=1000&toMs=1020');
    const { header, values } = decodeSamples(bytes);
    expect(header).toMatchObject({ kind: 'window', fromMs: 1000, valueCount: 10, samplingFrequency: 500 });
    expect(values.map((lead) => [...lead])).toEqual(leads.map(({ samples }) => [...Float32Array.from(samples)]));
    expect(await windowOf(region.reader, read.id, 'window?fromMs=x')).toMatchObject({ status: 422 });
    expect(await windowOf(region.reader, read.id, 'window?recording=7')).toMatchObject({ status: 404 });
    expect(await windowOf(region.reader, read.id, 'overview?level=64')).toMatchObject({ status: 404 });
  });

  test('of a long recording have an overview, and are not sent whole as JSON', async () => {
    const leads = ['II', 'V1', 'V5'];
    const trace = {
      ...syntheticTrace({ seconds: 1500, leads, rateHz: 500, heartRate: 80 }),
      patient: recordedNow().patient,
    };
    const { body } = await edge.upload(device, dicomOf(trace));
    await edge.settle();
    const { overviewLevels, automatic } = await readTrace(deps(), ctxFor(region.doctor), { id: body.id });
    expect(overviewLevels).toEqual([64, 256, 1024]);
    expect(automatic?.measurements).toMatchObject({ heartRate: 80, durationMs: 1_500_000 });
    const whole = readSamples(deps(), ctxFor(region.doctor), { id: body.id, recording: 0 });
    expect(await refusalOf(whole)).toMatchObject({ code: 'bad-input', details: { fields: [{ field: 'toMs' }] } });
    const { header, values } = decodeSamples(
      (await windowOf(region.doctor, body.id, 'overview?level=256&fromMs=600000&toMs=660000')).bytes,
    );
    expect(header).toMatchObject({ kind: 'overview', samplesPerPair: 256, leads: leads.map((code) => ({ code })) });
    const samples = await readSamples(deps(), ctxFor(region.doctor), {
      ...{ id: body.id, recording: 0, fromMs: header.fromMs, toMs: header.fromMs + 512 },
    });
    const first = samples.leads[1]?.samples.slice(0, 256) ?? [];
    expect([...(values[1] ?? [])].slice(0, 2)).toEqual([...Float32Array.of(Math.min(...first), Math.max(...first))]);
  });

  test('of 32 bits are stored in the class that is made for them', async () => {
    const trace = completeTrace(recordedNow({ gain: 0.01 }));
    const { status, body } = await edge.upload(device, aecgOf(trace));
    expect(status).toBe(201);
    const { leads } = await readSamples(deps(), ctxFor(region.doctor), { id: body.id, recording: 0 });
    const [lead] = trace.recordings[0]?.leads ?? [];
    expect(leads[0]?.samples.slice(0, 500)).toEqual(
      Array.from(lead?.samples.subarray(0, 500) ?? [], (unit) => Math.round(unit * 1e4) / 1e6),
    );
  });
});

test('nobody outside sees, fetches or changes anything of a trace', async () => {
  const { id } = read;
  const attackers: Actor[] = [
    region.outsider,
    region.strangerReader,
    region.expert,
    machineOf(region.stranger, ['results:read']),
  ];
  for (const actor of attackers) {
    const ctx = ctxFor(actor);
    expect(await refusalOf(readTrace(deps(), ctx, { id }))).toMatchObject({ code: 'not-found' });
    expect(await refusalOf(readSamples(deps(), ctx, { id, recording: 0 }))).toMatchObject({ code: 'not-found' });
    for (const path of ['original', 'window', 'overview?level=64'])
      expect(await windowOf(actor, id, path)).toMatchObject({ status: 404 });
    for (const filter of [{}, { orderId: read.orderId }, { patientId: region.patient.id }])
      expect((await listTraces(deps(), ctx, { ...page, ...filter })).rows).toEqual([]);
  }
  const empty = { id, revision: 0, measurements: null, fiducials: null, calipers: [] };
  expect(await refusalOf(saveMeasurements(deps(), ctxFor(region.outsider), empty))).toMatchObject({
    code: 'not-found',
  });
  expect(await refusalOf(saveMeasurements(deps(), ctxFor(region.technician), empty))).toMatchObject({
    code: 'forbidden',
  });
  expect(await refusalOf(linkRepeat(deps(), ctxFor(region.outsider), { id, traceId: id }))).toMatchObject({
    code: 'not-found',
  });
  // Another house's machine can repeat nothing of this one's, nor send for it.
  const stranger = machineOf(region.stranger, ['studies:send']);
  expect((await edge.upload(stranger, aecgOf(recordedNow()), `?replaces=${id}`)).status).toBe(404);
  expect((await edge.upload(machineOf(region.township, ['results:read']), aecgOf(recordedNow()))).status).toBe(403);
  expect((await edge.upload(region.reader, aecgOf(recordedNow()))).status).toBe(403);
  expect((await edge.fetchAs({ kind: 'nobody' }, `/api/ecg/traces/${id}/original`)).status).toBe(401);
});

test('a consultation shows a trace to the invited house for a while, to be looked at and measured', async () => {
  const { studyInstanceUid } = await traceOf(read.id);
  const { id: studyId } = await database.db.study.findUniqueOrThrow({ where: { studyInstanceUid } });
  const look = () => readTrace(deps(), ctxFor(region.cardiologist), { id: read.id });
  expect(await refusalOf(look())).toMatchObject({ code: 'not-found' });
  const grant = { studyId, facilityId: region.paired.id, consultationId: crypto.randomUUID() };
  await database.db.studyGrant.create({ data: grant });
  expect(await look()).toMatchObject({ id: read.id, patient: { name: '张三' } });
  expect(await windowOf(region.cardiologist, read.id, 'window?toMs=100')).toMatchObject({ status: 200 });
  const machines = machineOf(region.paired, ['results:read']);
  expect(await windowOf(machines, read.id, 'window')).toMatchObject({ status: 404 });
  const guest = await givenIn(database).account({ facility: region.paired, roles: ['reader'], title: 'chief' });
  const link = linkRepeat(deps(), ctxFor(guest), { id: read.id, traceId: read.id });
  expect(await refusalOf(link)).toMatchObject({ code: 'not-found' });
  await database.db.studyGrant.updateMany({ where: grant, data: { until: new Date(Date.now() - 1000) } });
  expect(await refusalOf(look())).toMatchObject({ code: 'not-found' });
});

test('measurements are kept under the name of who measured; two at once do not overwrite each other', async () => {
  const { automatic } = await readTrace(deps(), ctxFor(region.reader), { id: read.id });
  const caliper = {
    id: 'c1',
    kind: 'time' as const,
    lead: 'II',
    fromMs: 100,
    toMs: 500,
    fromUv: null,
    toUv: null,
    label: 'PR',
  };
  const { measurements = null, fiducials = null } = automatic ?? {};
  const save = (actor: Actor, revision: number) =>
    saveMeasurements(deps(), ctxFor(actor), { id: read.id, revision, measurements, fiducials, calipers: [caliper] });
  const both = await Promise.allSettled([save(region.reader, 0), save(region.reader, 0)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await refusalOf(save(region.reader, 0))).toMatchObject({ code: 'stale-revision' });
  await save(region.reader, 1);
  await save(region.senior, 0);
  const view = await readTrace(deps(), ctxFor(region.doctor), { id: read.id });
  expect(view.measured.map(({ authorName, revision }) => [authorName, revision]).toSorted()).toEqual([
    ['吴心电', 1],
    ['孙心电', 2],
  ]);
  expect(view.measured[0]?.calipers).toEqual([caliper]);
  expect(view.automatic).toEqual(automatic);
  expect(await database.db.ecgMeasurement.count({ where: { traceId: read.id } })).toBe(4);
});

describe('a repeated recording', () => {
  test('of an exam whose first was no good is linked to it by itself, and the case stays as it is', async () => {
    const { order } = await orderedEcg(database, edge, region);
    const { body: bad } = await edge.upload(device, aecgOf(recordedNow({ seconds: 3 })), `?orderId=${order.id}`);
    await edge.settle();
    const before = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
    edge.clock.advance(60_000);
    const { body: good } = await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}`);
    await edge.settle();
    expect((await traceOf(good.id)).replacesId).toBe(bad.id);
    expect(await readTrace(deps(), ctxFor(region.reader), { id: bad.id })).toMatchObject({
      replacedByTraceId: good.id,
    });
    const after = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
    expect(after).toMatchObject({ state: 'ready', readyAt: before.readyAt, dueAt: before.dueAt });
  });

  test('is linked as the sender says, or as a reader does; not in a circle, and not to two', async () => {
    const { order } = await orderedEcg(database, edge, region);
    const send = async (more = '') =>
      (await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}${more}`)).body.id;
    const first = await send();
    const second = await send(`&replaces=${first}`);
    const third = await send();
    await edge.settle();
    expect((await traceOf(second)).replacesId).toBe(first);
    const link = (id: string, traceId: string) => linkRepeat(deps(), ctxFor(region.reader), { id, traceId });
    expect(await refusalOf(link(first, second))).toMatchObject({ code: 'bad-input' });
    expect(await refusalOf(link(third, first))).toMatchObject({ code: 'already-exists' });
    expect(await link(third, second)).toMatchObject({ replacesTraceId: second });
    expect(await refusalOf(link(first, third))).toMatchObject({ code: 'bad-input' });
  });
});

test('a centre words sentences of its own beside everybody’s; a resident only uses them', async () => {
  const common = { code: 'NORM', zh: '正常心电图', en: 'Normal ECG', group: 'summary', positive: false };
  await database.db.ecgStatement.create({ data: { ...common, key: 'n' } });
  const list = (actor: Actor) => listStatements(deps(), ctxFor(actor));
  const [norm] = await list(region.reader);
  expect(norm).toMatchObject({ code: 'NORM', isOwn: false, key: 'n' });
  const body = { ...common, group: 'summary' as const, zh: '心电图正常', critical: false, key: 'n' };
  const save = (actor: Actor, more: object = {}) => saveStatement(deps(), ctxFor(actor), { ...body, ...more });
  expect(await refusalOf(save(region.reader))).toMatchObject({ code: 'not-senior' });
  expect(await refusalOf(save(region.attending))).toMatchObject({ code: 'forbidden' });
  const own = await save(region.senior, { id: norm?.id });
  expect(await list(region.reader)).toMatchObject([{ zh: '心电图正常', isOwn: true }]);
  expect(await list(region.strangerReader)).toMatchObject([{ zh: '正常心电图', isOwn: false }]);
  expect(await refusalOf(save(region.senior))).toMatchObject({ code: 'already-exists' });
  expect(await refusalOf(save(region.senior, { id: own.id, revision: 7 }))).toMatchObject({ code: 'stale-revision' });
  expect(await refusalOf(removeStatement(deps(), ctxFor(region.strangerReader), { id: own.id }))).toMatchObject({
    code: 'not-found',
  });
  await removeStatement(deps(), ctxFor(region.senior), { id: own.id });
  expect(await list(region.reader)).toMatchObject([{ zh: '正常心电图' }]);
});
