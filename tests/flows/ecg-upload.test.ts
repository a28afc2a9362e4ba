import { pdfFile } from '@lianzhen/ecg/formats/picture/test-kit/pictures.ts';
import { ecgLeads } from '@lianzhen/ecg/formats/scp/test-kit/heart.ts';
import { writeScp } from '@lianzhen/ecg/formats/scp/test-kit/write-scp.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { attachStudy } from '../../server/api/imaging/attach-study.ts';
import { decideQuarantine } from '../../server/api/imaging/decide-quarantine.ts';
import { detachStudy } from '../../server/api/imaging/detach-study.ts';
import { listQuarantine } from '../../server/api/imaging/list-quarantine.ts';
import { sweepTraces } from '../../workers/ecg/sweep.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, dicomOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
let region: EcgRegion;
let device: Actor;
beforeAll(async () => {
  region = await ecgRegion(database);
  device = machineOf(region.township, ['studies:send']);
});
const traceOf = (id: string) => database.db.ecgTrace.findUniqueOrThrow({ where: { id } });
const studyOf = async (id: string) => {
  const { studyInstanceUid } = await traceOf(id);
  return database.db.study.findUniqueOrThrow({ where: { studyInstanceUid } });
};
const read = (actor: Actor, id: string) => readTrace(edge.apiDeps(), ctxFor(actor), { id });
const samples = (actor: Actor, id: string) => readSamples(edge.apiDeps(), ctxFor(actor), { id, recording: 0 });
const valuesOf = ({ samples: units, gain, baseline }: { samples: Int32Array; gain: number; baseline: number }) =>
  Array.from(units, (unit) => unit * gain + baseline);

describe('a recording of any format', () => {
  test('becomes samples in microvolts at once, before any worker has seen it', async () => {
    const trace = recordedNow({ seconds: 4, leads: ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] });
    const { status, body } = await edge.upload(device, aecgOf(trace));
    expect({ status, warnings: body.warnings }).toEqual({ status: 201, warnings: [] });
    const { samplingFrequency, leads } = await samples(region.doctor, body.id);
    expect(samplingFrequency).toBe(500);
    expect(leads.map(({ code }) => code)).toEqual('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' '));
    expect(leads.filter(({ derived }) => derived).map(({ code }) => code)).toEqual(['III', 'aVR', 'aVL', 'aVF']);
    const [one, two] = trace.recordings[0]?.leads ?? [];
    if (!one || !two) throw new Error('no leads');
    expect(leads[0]?.samples).toEqual(valuesOf(one));
    expect(leads[2]?.samples).toEqual(valuesOf(two).map((uv, at) => uv - (valuesOf(one)[at] ?? 0)));
    expect(await read(region.doctor, body.id)).toMatchObject({ state: 'reading', format: 'hl7-aecg' });
    await edge.settle();
    const view = await read(region.doctor, body.id);
    expect(view).toMatchObject({ state: 'read', format: 'hl7-aecg', quality: [{ code: 'too-short' }] });
    expect(view.automatic?.measurements?.heartRate).toBe(72);
    expect(view.device).toMatchObject({ manufacturer: 'Synthetic' });
  });

  test('SCP-ECG, a DICOM waveform and a PDF are kept as they came and read back byte by byte', async () => {
    const files: Array<[string, Buffer]> = [
      ['scp-ecg', writeScp({ leads: ecgLeads({ count: 2500 }) })],
      ['dicom', dicomOf(recordedNow())],
      ['picture', pdfFile(2)],
    ];
    for (const [format, bytes] of files) {
      const { status, body } = await edge.upload(device, bytes);
      expect({ format, status }).toEqual({ format, status: 201 });
      await edge.settle();
      expect(await read(region.doctor, body.id)).toMatchObject({
        format,
        state: format === 'picture' ? 'picture' : 'read',
      });
      const answer = await edge.fetchAs(device, `/api/ecg/traces/${body.id}/original`);
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="ecg-[0-9a-f-]+\.\w+"$/);
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  test('the same bytes again are the same trace, however often and at once', async () => {
    const bytes = aecgOf(recordedNow());
    const answers = await Promise.all(Array.from({ length: 4 }, () => edge.upload(device, bytes)));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
    await edge.settle(2);
    const again = await edge.upload(device, bytes);
    expect(again).toMatchObject({ status: 200, body: { id: [...ids][0], warnings: [] } });
    const { sopInstanceUid, studyInstanceUid } = await traceOf(again.body.id);
    expect(await database.db.instance.count({ where: { studyInstanceUid } })).toBe(1);
    expect(await database.db.quarantineItem.count({ where: { sopInstanceUid } })).toBe(0);
    expect(await database.db.ecgMeasurement.count({ where: { traceId: again.body.id } })).toBe(1);
    // Of another facility it is another recording.
    const other = await edge.upload(machineOf(region.stranger, ['studies:send']), bytes);
    expect(other.status).toBe(201);
    expect(ids.has(other.body.id)).toBe(false);
  });

  test('what cannot be read is refused with the place, and leaves nothing behind', async () => {
    const before = await database.db.instance.count();
    const scp = writeScp({ leads: ecgLeads({ count: 500 }) });
    const cut = await edge.upload(device, scp.subarray(0, 400));
    expect(cut).toMatchObject({ status: 422, body: { code: 'ecg-invalid', details: { format: 'scp-ecg' } } });
    expect(cut.body.details?.where).toBeTypeOf('string');
    const text = await edge.upload(device, Buffer.from('no electrocardiogram at all'));
    expect(text).toMatchObject({ status: 422, body: { code: 'ecg-invalid' } });
    expect((await edge.upload(device, Buffer.alloc(0))).status).toBe(400);
    expect(await database.db.instance.count()).toBe(before);
  });
});

describe('a recording whose order is named', () => {
  test('is matched by it, and its case is ready within a second of quiet', async () => {
    const { order, exam } = await orderedEcg(database, edge, region);
    const { body } = await edge.upload(region.technician, aecgOf(recordedNow()), `?orderId=${order.id}`);
    edge.clock.advance(1100);
    await edge.work();
    edge.clock.advance(1100);
    await edge.work();
    expect(await studyOf(body.id)).toMatchObject({
      state: 'matched',
      orderExamId: exam.id,
      studyInstanceUid: exam.studyInstanceUid,
      accessionNumber: exam.accessionNumber,
    });
    expect(await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } })).toMatchObject({
      state: 'ready',
    });
    expect(await read(region.reader, body.id)).toMatchObject({ orderId: order.id, patient: { name: '张三' } });
  });

  test('a picture or a file without a name is the patient of the order; one of another person is not', async () => {
    const nobody = { id: null, name: null, sex: null, birthDate: null };
    const another = { id: 'X', name: '李^四', sex: 'F' as const, birthDate: '19900101' };
    const cases: Array<[Buffer, string]> = [
      [pdfFile(1), 'matched'],
      [aecgOf(recordedNow({}, nobody)), 'matched'],
      [aecgOf(recordedNow({}, another)), 'quarantined'],
    ];
    for (const [bytes, state] of cases) {
      const { order } = await orderedEcg(database, edge, region);
      const { body } = await edge.upload(device, bytes, `?orderId=${order.id}`);
      await edge.settle();
      expect((await studyOf(body.id)).state).toBe(state);
      const reading = read(region.reader, body.id).then(
        () => 'matched',
        ({ code }) => (code === 'not-found' ? 'quarantined' : code),
      );
      expect(await reading).toBe(state);
    }
  });

  test('an order of another facility, of another line, or withdrawn is none', async () => {
    const { order } = await orderedEcg(database, edge, region);
    const bytes = aecgOf(recordedNow());
    const stranger = machineOf(region.stranger, ['studies:send']);
    expect((await edge.upload(stranger, bytes, `?orderId=${order.id}`)).status).toBe(404);
    expect((await edge.upload(device, bytes, '?orderId=first')).status).toBe(422);
    await database.db.order.update({ where: { id: order.id }, data: { state: 'withdrawn' } });
    expect(await edge.upload(device, bytes, `?orderId=${order.id}`)).toMatchObject({ body: { code: 'wrong-state' } });
    expect(
      await database.db.ecgTrace.count({ where: { orderExamId: { not: null }, facilityId: region.stranger.id } }),
    ).toBe(0);
  });

  test('named afterwards, the same bytes find it; named for a second one, they stay where they are', async () => {
    const bytes = aecgOf(recordedNow());
    const { body } = await edge.upload(device, bytes);
    await edge.settle();
    expect((await studyOf(body.id)).state).toBe('unmatched');
    const { order, exam } = await orderedEcg(database, edge, region);
    expect(await edge.upload(device, bytes, `?orderId=${order.id}`)).toMatchObject({
      status: 200,
      body: { id: body.id },
    });
    await edge.settle();
    expect(await studyOf(body.id)).toMatchObject({ state: 'matched', orderExamId: exam.id, matchedBy: 'sender' });
    const { order: other } = await orderedEcg(database, edge, region);
    expect(await edge.upload(device, bytes, `?orderId=${other.id}`)).toMatchObject({ status: 409 });
  });
});

describe('a person', () => {
  const technician = () => ctxFor(region.technician);
  const list = { page: 1, pageSize: 50, state: 'open' as const };

  test('attaches a recording that nobody had named an order for, and takes it away again', async () => {
    const { order, exam } = await orderedEcg(database, edge, region);
    const { body } = await edge.upload(device, aecgOf(recordedNow()));
    await edge.settle();
    const { id } = await studyOf(body.id);
    await attachStudy(edge.apiDeps(), technician(), { id, orderExamId: exam.id, reason: '急诊先做' });
    await edge.settle();
    expect(await read(region.reader, body.id)).toMatchObject({ orderId: order.id });
    expect(await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } })).toMatchObject({
      state: 'ready',
    });
    await detachStudy(edge.apiDeps(), technician(), { id, reason: '接错人' });
    await edge.settle();
    expect(await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } })).toMatchObject({
      state: 'waiting',
    });
    expect(await read(region.reader, body.id).catch(({ code }) => code)).toBe('not-found');
  });

  test('says that a recording under another name is the patient’s all the same', async () => {
    const { order } = await orderedEcg(database, edge, region);
    const misspelt = { id: null, name: '章^三', sex: 'M' as const, birthDate: '19600501' };
    const { body } = await edge.upload(device, aecgOf(recordedNow({}, misspelt)), `?orderId=${order.id}`);
    await edge.settle();
    const { rows } = await listQuarantine(edge.apiDeps(), technician(), list);
    const item = rows.find((row) => row.order?.id === order.id);
    expect(item?.differences).toMatchObject([{ field: 'name', order: '张三' }]);
    const decision = { id: item?.id ?? '', decision: 'accept' as const, reason: '录入笔误' };
    await decideQuarantine(edge.apiDeps(), technician(), decision);
    await edge.settle();
    expect(await read(region.reader, body.id)).toMatchObject({ orderId: order.id, patient: { name: '张三' } });
  });
});

describe('a process that dies in the middle of an upload', () => {
  test('between instance and trace leaves a trace that the index makes, and that the upload again completes', async () => {
    const bytes = aecgOf(recordedNow());
    const { body: first } = await edge.upload(device, bytes);
    const { sopInstanceUid } = await traceOf(first.id);
    // As if what came last had never been committed.
    await database.db.ecgTrace.delete({ where: { id: first.id } });
    await edge.settle();
    const made = await database.db.ecgTrace.findUniqueOrThrow({ where: { sopInstanceUid } });
    expect(made).toMatchObject({ format: 'dicom', state: 'read', originalBlob: null });
    const again = await edge.upload(device, bytes);
    expect(again).toMatchObject({ status: 201, body: { id: made.id } });
    expect(await traceOf(made.id)).toMatchObject({ format: 'hl7-aecg', state: 'read', originalSize: bytes.length });
    expect(await database.db.instance.count({ where: { sopInstanceUid } })).toBe(1);
    expect(await database.db.quarantineItem.count({ where: { sopInstanceUid } })).toBe(0);
  });

  test('before its job was relayed is read by the sweep', async () => {
    const { body } = await edge.upload(device, aecgOf(recordedNow()));
    // Both who could have promised it, door and index, are done; the queue has lost it.
    await database.db.$executeRaw`DELETE FROM "Outbox" WHERE "kind" = 'job'`;
    edge.clock.advance(120_000);
    await sweepTraces()(edge.deps());
    await edge.work();
    expect(await traceOf(body.id)).toMatchObject({ state: 'read' });
  });
});
