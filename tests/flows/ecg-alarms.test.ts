import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { acknowledgeAlarm, callBack, closeAlarm, readBack } from '../../server/api/ecg/alarms/answer-alarm.ts';
import { readTimes, setFirstContact } from '../../server/api/ecg/alarms/green-channel.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { escalate } from '../../workers/ecg/escalate-alarm.ts';
import { sweepAlarms } from '../../workers/ecg/sweep.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { alarmsAt } from '../factories/ecg-alarms.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, infarction, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { refusalOf } from '../factories/refusals.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
let region: EcgRegion;
let device: Actor;
beforeAll(async () => {
  region = await ecgRegion(database);
  device = machineOf(region.township, ['studies:send']);
});
beforeEach(async () => {
  // Alarms of other tests are answered.
  await database.db.ecgAlarm.updateMany({
    data: { state: 'closed', closedAt: new Date(), dueAt: null },
  });
});
const deps = () => edge.apiDeps();
const { alarmsOf, only, acknowledge } = alarmsAt(edge);
const queue = { page: 1, pageSize: 50, q: '', sort: 'priority', direction: 'asc' } as const;

/** A recording of an infarction for an order, read; `settle` also finds its order. */
async function infarctionSent(settle = true) {
  const { order, exam } = await orderedEcg(database, edge, region);
  const { body } = await edge.upload(device, aecgOf(infarction()), `?orderId=${order.id}`);
  await edge.work();
  if (settle) await edge.settle();
  return { order, exam, traceId: body.id };
}

describe('a recording that meets a critical pattern', () => {
  test('calls the readers of the centre before its study has settled, and its case then goes first', async () => {
    const { order: other } = await orderedEcg(database, edge, region);
    await edge.upload(device, aecgOf(recordedNow()), `?orderId=${other.id}`);
    await edge.settle();
    const { order, traceId } = await infarctionSent(false);
    const early = await only(region.reader);
    expect(early).toMatchObject({ state: 'raised', isCalled: true, isOwn: false, caseId: null, traceId });
    expect(early).toMatchObject({ patientName: '张*', centreName: '区域心电诊断中心', hops: [{ why: 'raised' }] });
    expect(early.hits).toMatchObject([{ from: 'measured' }]);
    expect(early.rules).toMatchObject({ version: '1' });
    await edge.settle();
    const found = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
    expect(await only(region.reader)).toMatchObject({ caseId: found.id, orderId: order.id, patientName: '张三' });
    expect(found).toMatchObject({ state: 'ready', rank: -1 });
    const { rows } = await listCases(deps(), ctxFor(region.reader), queue);
    expect(rows[0]).toMatchObject({ id: found.id, alarm: { state: 'raised' }, traceCount: 1, quality: 'clean' });
    expect(rows.find(({ orderId }) => orderId === other.id)).toMatchObject({ alarm: null, traceCount: 1 });
    // The recorder said nothing of it, and nothing is a result.
    expect(await database.db.report.count()).toBe(0);
  });

  test('has one alarm, however often it is read and sent', async () => {
    const { traceId } = await infarctionSent();
    await database.db.ecgTrace.update({ where: { id: traceId }, data: { readAt: null } });
    const { body } = await edge.upload(device, aecgOf(infarction()));
    await edge.settle(3);
    const traces = await database.db.ecgAlarm.findMany({ where: { closedAt: null }, select: { traceId: true } });
    expect(traces.map((one) => one.traceId).toSorted()).toEqual([traceId, body.id].toSorted());
  });

  test('without an order calls the centres under agreement, who may look at it while the alarm is open', async () => {
    const { body } = await edge.upload(device, aecgOf(infarction()));
    await edge.settle();
    const alarm = await only(region.reader);
    expect(alarm).toMatchObject({ traceId: body.id, isCalled: true, caseId: null, orderId: null, patientName: '张*' });
    const view = await readTrace(deps(), ctxFor(region.reader), { id: body.id });
    expect(view).toMatchObject({ patient: null, patientId: null });
    await closeAlarm(deps(), ctxFor(region.senior), { ...alarm, isFalse: true, note: '早期复极' });
    expect(await refusalOf(readTrace(deps(), ctxFor(region.reader), { id: body.id }))).toMatchObject({
      code: 'not-found',
    });
    // Where nobody reads for the township there is nobody to call.
    expect(await alarmsOf(region.strangerReader, 'all')).toEqual([]);
  });
});

describe('an alarm', () => {
  test('is one reader’s: of two at once the other is told who', async () => {
    await infarctionSent();
    const { id, revision } = await only(region.reader);
    const both = await Promise.allSettled(
      [region.reader, region.senior].map((one) => acknowledgeAlarm(deps(), ctxFor(one), { id, revision })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const winner = both[0]?.status === 'fulfilled' ? region.reader : region.senior;
    const loser = both.find((one) => one.status === 'rejected');
    expect(loser?.reason).toMatchObject({ code: 'already-claimed', details: { by: winner.displayName } });
    // A second click of his own is none.
    expect(await acknowledgeAlarm(deps(), ctxFor(winner), { id, revision })).toMatchObject({ state: 'acknowledged' });
    expect((await only(winner)).isCalled).toBe(false);
    expect(await database.db.auditEntry.count({ where: { action: 'ecg.alarmAcknowledged', objectId: id } })).toBe(1);
  });

  test('is closed only when the sender has read back what he was told', async () => {
    const { order } = await infarctionSent();
    const { id, revision } = await acknowledge(region.reader);
    const told = { id, revision, text: '急性下壁心梗，立即转诊，阿司匹林 300 mg 嚼服' };
    expect(
      await refusalOf(closeAlarm(deps(), ctxFor(region.reader), { id, revision, isFalse: false, note: '' })),
    ).toMatchObject({ code: 'wrong-state' });
    expect(await refusalOf(callBack(deps(), ctxFor(region.technician), told))).toMatchObject({ code: 'forbidden' });
    const after = await callBack(deps(), ctxFor(region.reader), told);
    expect(await only(region.doctor)).toMatchObject({
      state: 'told',
      isOwn: true,
      toldText: told.text,
      patientName: '张三',
    });
    const repeated = { id, revision: after.revision, text: '下壁心梗，转诊，阿司匹林', doctor: '李医生' };
    expect(await refusalOf(readBack(deps(), ctxFor(region.reader), repeated))).toMatchObject({ code: 'forbidden' });
    expect(await refusalOf(readBack(deps(), ctxFor(region.technician), { ...repeated, revision }))).toMatchObject({
      code: 'stale-revision',
    });
    const confirmed = await readBack(deps(), ctxFor(region.technician), repeated);
    expect(confirmed).toMatchObject({
      state: 'confirmed',
      confirmedByName: '技师',
      confirmedText: expect.stringContaining('李医生'),
    });
    const closed = await closeAlarm(deps(), ctxFor(region.reader), {
      id,
      revision: confirmed.revision,
      isFalse: false,
      note: '',
    });
    expect(closed.state).toBe('closed');
    expect(await alarmsOf(region.reader)).toEqual([]);
    const times = await readTimes(deps(), ctxFor(region.doctor), { orderId: order.id });
    expect(times).toMatchObject({
      recordedAt: '2026-03-01T08:00:00+08:00',
      firstContactAt: null,
      openedAt: null,
      decidedAt: null,
    });
    for (const name of ['receivedAt', 'alarmAt', 'acknowledgedAt', 'toldAt', 'confirmedAt'] as const)
      expect(times[name]).toBeTypeOf('string');
  });

  test('that nobody answers goes on to the seniors of the house, then to the cardiologist of the paired hospital', async () => {
    const { traceId } = await infarctionSent();
    const { id } = await only(region.reader);
    expect(await alarmsOf(region.cardiologist)).toEqual([]);
    expect(await alarmsOf(region.attending)).toEqual([]);
    expect(
      await refusalOf(readSamples(deps(), ctxFor(region.cardiologist), { id: traceId, recording: 0 })),
    ).toMatchObject({ code: 'not-found' });
    edge.clock.advance(60_000);
    await escalate(edge.deps(), id);
    edge.clock.advance(60_000);
    // The job and the sweep come at once, and twice.
    await Promise.all([edge.work(2), sweepAlarms(edge.deps()), sweepAlarms(edge.deps())]);
    expect((await only(region.attending)).hops.map(({ why }) => why)).toEqual(['raised', 'overdue']);
    expect(await alarmsOf(region.cardiologist)).toEqual([]);
    edge.clock.advance(121_000);
    await sweepAlarms(edge.deps());
    const called = await only(region.cardiologist);
    expect(called.hops.map(({ why, to }) => [why, to])).toEqual([
      ['raised', '区域心电诊断中心'],
      ['overdue', '区域心电诊断中心'],
      ['paired-hospital', '省医院'],
    ]);
    expect(called).toMatchObject({ isCalled: true, dueAt: null, patientName: '张*' });
    const { leads } = await readSamples(deps(), ctxFor(region.cardiologist), { id: traceId, recording: 0 });
    expect(leads).toHaveLength(12);
    expect(await refusalOf(acknowledgeAlarm(deps(), ctxFor(region.expert), called))).toMatchObject({
      code: 'not-found',
    });
    expect(await acknowledge(region.cardiologist)).toMatchObject({ acknowledgedByName: '何心内', isCalled: false });
    expect(await database.db.auditEntry.count({ where: { action: 'ecg.alarmEscalated', objectId: id } })).toBe(2);
  });

  test('is nobody else’s', async () => {
    await infarctionSent();
    const { id, revision } = await only(region.reader);
    for (const actor of [region.outsider, region.strangerReader, region.expert, region.resident]) {
      expect(await alarmsOf(actor, 'all')).toEqual([]);
      expect(await refusalOf(acknowledgeAlarm(deps(), ctxFor(actor), { id, revision }))).toMatchObject({
        code: 'not-found',
      });
      const note = { id, revision, isFalse: true, note: 'x' };
      expect(await refusalOf(closeAlarm(deps(), ctxFor(actor), note))).toMatchObject({ code: 'not-found' });
    }
    const back = { id, revision, text: 'x', doctor: 'x' };
    expect(await refusalOf(readBack(deps(), ctxFor(region.outsider), back))).toMatchObject({ code: 'not-found' });
    expect(await only(region.reader)).toMatchObject({ state: 'raised' });
  });
});

test('the green channel knows first contact from the sender alone, and when the case was opened', async () => {
  const { order } = await infarctionSent();
  const orderId = order.id;
  const now = edge.clock.now().getTime();
  const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const set = (actor: Actor, firstContactAt: string, symptomAt: string | null) =>
    setFirstContact(deps(), ctxFor(actor), { orderId, firstContactAt, symptomAt });
  expect(await refusalOf(set(region.reader, at(9), null))).toMatchObject({ code: 'forbidden' });
  expect(await refusalOf(set(region.outsider, at(9), null))).toMatchObject({ code: 'not-found' });
  expect(await refusalOf(set(region.doctor, at(-60), null))).toMatchObject({ code: 'bad-input' });
  expect(await refusalOf(set(region.doctor, at(9), at(3)))).toMatchObject({ code: 'bad-input' });
  await set(region.doctor, at(10), null);
  expect(await set(region.doctor, at(9), at(50))).toMatchObject({ firstContactAt: at(9), symptomAt: at(50) });
  const found = await database.db.case.findUniqueOrThrow({ where: { orderId } });
  await claimCase({ ...deps(), config: { HUB_LEASE_SECONDS: 90 } as never }, ctxFor(region.reader), { id: found.id });
  expect((await readTimes(deps(), ctxFor(region.reader), { orderId })).openedAt).toBeTypeOf('string');
  expect(await refusalOf(readTimes(deps(), ctxFor(region.outsider), { orderId }))).toMatchObject({ code: 'not-found' });
});

test('a recording of somebody else under the same order is an alarm about nobody, and not about the order’s patient', async () => {
  const { order } = await orderedEcg(database, edge, region);
  await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}`);
  await edge.settle();
  const another = { id: 'X', name: '李^四', sex: 'F' as const, birthDate: '19900101' };
  const { body } = await edge.upload(device, aecgOf({ ...infarction(), patient: another }), `?orderId=${order.id}`);
  await edge.settle();
  expect(await only(region.reader)).toMatchObject({ traceId: body.id, isCalled: true, patientName: '', caseId: null });
  const view = await readTrace(deps(), ctxFor(region.reader), { id: body.id });
  expect(view).toMatchObject({ patient: null, orderId: null });
  expect(await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } })).toMatchObject({ rank: 2 });
});

test('a later recording of the same order raises its case', async () => {
  const { order } = await orderedEcg(database, edge, region);
  await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}`);
  await edge.settle();
  await edge.upload(device, aecgOf(infarction()), `?orderId=${order.id}`);
  await edge.settle();
  const found = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
  expect(found.rank).toBe(-1);
  expect(await only(region.reader)).toMatchObject({ caseId: found.id, patientName: '张三' });
});
