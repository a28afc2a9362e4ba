import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { seed } from '@lianzhen/db/seed/main.ts';
import { beforeAll, expect, test } from 'vitest';
import { ecgHandlers } from '../../workers/ecg/handlers.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { withDatabase } from '../factories/database.ts';
import { aecgOf, infarction, recordedNow } from '../factories/ecg-region.ts';
import { withEdge } from '../factories/edge.ts';
import { type Caller, logIn, machine } from '../factories/hub-client.ts';
import { withRedis } from '../factories/redis.ts';
import { movableClock, runDueJobs, workerDeps } from '../factories/worker.ts';

const database = withDatabase();
const edge = withEdge(database, withRedis());
const { ecg, orders, worklist, facilities, patients } = hubContract;
let device: Caller;
let doctor: Caller;
let reader: Caller;
beforeAll(async () => {
  await seed(database.url, true);
  device = machine(edge.url, 'demo-device-T01');
  [doctor, reader] = (await Promise.all(['township01', 'ecg01'].map((name) => logIn(edge.url, name)))) as [
    Caller,
    Caller,
  ];
});
/** Everything that was promised, as if a minute had passed. */
async function work(): Promise<void> {
  const deps = workerDeps(database.db, edge.deps.blobs, movableClock(Date.now() + 60_000));
  await runDueJobs(deps, [...imagingHandlers, ...ecgHandlers]);
}
const upload = async (caller: Caller, bytes: Buffer, query = '') => {
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await caller.fetch(`/api/ecg/traces${query}`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers,
  });
  return { status: answer.status, body: await answer.json() };
};

test('the door takes a file of a machine with its token and of a person with his cookie, and nobody’s', async () => {
  const trace = recordedNow();
  const { status, body } = await upload(device, aecgOf(trace));
  expect({ status, body }).toEqual({ status: 201, body: { id: expect.any(String), warnings: [] } });
  const answer = await device.fetch(`/api/ecg/traces/${body.id}/samples`);
  const samples = (await answer.json()) as { samplingFrequency: number; leads: Array<Record<string, unknown>> };
  expect(Object.keys(samples)).toEqual(['samplingFrequency', 'leads']);
  expect(samples.leads.map((lead) => Object.keys(lead))).toEqual(
    Array(12).fill(['code', 'unit', 'derived', 'samples']),
  );
  expect(samples.leads[0]).toMatchObject({ code: 'I', unit: 'uV', derived: false });
  expect(await doctor.call(ecg.read, { id: body.id })).toMatchObject({ id: body.id, format: 'hl7-aecg' });
  expect(await upload(doctor, aecgOf(recordedNow()))).toMatchObject({ status: 201 });
  const refused = await upload(device, Buffer.from('<?xml version="1.0"?><AnnotatedECG xmlns="urn:hl7-org:v3"/>'));
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'ecg-invalid', status: 422, requestId: expect.any(String), details: { where: expect.any(String) } },
  });
  const nobody = await edge.ask('/api/ecg/traces', { method: 'POST', body: 'x' });
  expect([nobody.status, ((await nobody.json()) as { code: string }).code]).toEqual([401, 'unauthenticated']);
  const foreign = { method: 'POST', body: 'x', headers: { origin: 'https://elsewhere.example', ...doctor.headers } };
  expect((await edge.ask('/api/ecg/traces', foreign)).status).toBe(403);
  const { paths } = (await (await edge.ask('/api/openapi.json')).json()) as { paths: Record<string, object> };
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/ecg/traces', '/ecg/traces/{id}/samples', '/ecg/alarms']),
  );
});

test('a village’s heart attack is ordered, sent, alarmed, answered and read back over HTTP', async () => {
  const { seats } = await doctor.call(hubContract.identity.session);
  const facilityId = seats[0]?.facilityId ?? '';
  const [centre] = await doctor.call(facilities.centres, { facilityId, line: 'ecg' });
  const { rows } = await doctor.call(patients.search, { q: '刘建军' });
  const [patient] = rows;
  const [exam] = await doctor.call(orders.catalogue, { line: 'ecg' });
  if (!centre || !patient || !exam) throw new Error('the demo region has no electrocardiograms');
  const order = await doctor.call(orders.send, {
    ...{ facilityId, patientId: patient.id, centreId: centre.id, exams: [{ examCode: exam.code }] },
    ...{ urgency: 'emergency', purpose: '胸痛', history: '胸痛半小时', diagnosisCode: 'R07.4', diagnosisText: '胸痛' },
    consent: { signer: patient.name, relation: 'self', method: 'written', givenAt: new Date().toISOString() },
  });
  const person = {
    id: null,
    name: patient.name,
    sex: 'M' as const,
    birthDate: patient.birthDate?.replaceAll('-', '') ?? null,
  };
  const { body } = await upload(device, aecgOf(infarction(person)), `?orderId=${order.id}`);
  await work();
  const { rows: queue } = await reader.call(worklist.list, {});
  expect(queue[0]).toMatchObject({ orderId: order.id, line: 'ecg', state: 'ready', alarm: { state: 'raised' } });
  const [alarm] = await reader.call(ecg.alarms, {});
  expect(alarm).toMatchObject({ traceId: body.id, isCalled: true, patientName: patient.name });
  if (!alarm) throw new Error('no alarm');
  const { id } = alarm;
  const taken = await reader.call(ecg.acknowledgeAlarm, { id, revision: alarm.revision });
  const told = await reader.call(ecg.callBack, { id, revision: taken.revision, text: '急性下壁心梗，立即转诊' });
  const [shown] = await doctor.call(ecg.alarms, { orderId: order.id });
  expect(shown).toMatchObject({ id, isOwn: true, state: 'told', toldText: '急性下壁心梗，立即转诊' });
  await doctor.call(ecg.readBack, { id, revision: told.revision, text: '下壁心梗，转诊', doctor: '李文军' });
  const times = await doctor.call(ecg.times, { orderId: order.id });
  expect(times).toMatchObject({ alarmAt: alarm.raisedAt, confirmedAt: expect.any(String) });
  const statements = await reader.call(ecg.statements);
  expect(statements.find(({ key }) => key === 'n')).toMatchObject({ code: 'NORM', zh: '正常心电图' });
});
