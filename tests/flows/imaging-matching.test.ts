import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { decideQuarantine } from '../../server/api/imaging/decide-quarantine.ts';
import { listQuarantine } from '../../server/api/imaging/list-quarantine.ts';
import { withdrawOrder } from '../../server/api/orders/withdraw-order.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam, samePerson } from '../factories/imaging-order.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
beforeEach(async () => {
  region = await given.region();
});
type Images = ReturnType<typeof imagesFor>;
const send = (images: Images, from = region.township) =>
  edge.stow(
    machineOf(from, ['studies:send']),
    images.map(({ bytes }) => bytes),
  );
const studyOf = async ([first]: Images) => {
  const { studyInstanceUid } = await database.db.instance.findUniqueOrThrow({
    where: { sopInstanceUid: first?.sopInstanceUid ?? '' },
  });
  return database.db.study.findUniqueOrThrow({ where: { studyInstanceUid } });
};
const caseOf = (orderId: string) => database.db.case.findUniqueOrThrow({ where: { orderId } });
const technician = () => ctxFor(region.technician);
const page = { page: 1, pageSize: 50 };
const deps = () => ({ ...edge.deps(), redis: undefined as never });

describe('a settled study', () => {
  test('finds its order by accession number, and the case may be read', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber);
    await send(images);
    await edge.settle();
    expect(await studyOf(images)).toMatchObject({
      state: 'matched',
      matchedBy: 'accession-number',
      orderExamId: exam.id,
      patientId: region.patient.id,
      instanceCount: 2,
      seriesCount: 1,
      modalities: ['DX'],
      lateInstances: 0,
    });
    const found = await caseOf(order.id);
    expect(found.state).toBe('ready');
    expect(found.dueAt?.getTime()).toBe((found.readyAt?.getTime() ?? 0) + found.deadlineMinutes * 60_000);
    expect(await database.db.orderExam.findUnique({ where: { id: exam.id } })).toMatchObject({ state: 'acquired' });
  });

  test('is settled once by workers that all run twice, and at once', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber, { instances: 20 });
    await send(images);
    await edge.settle(3);
    expect(await studyOf(images)).toMatchObject({ state: 'matched', instanceCount: 20, lateInstances: 0 });
    const { id } = await caseOf(order.id);
    expect(await database.db.caseEvent.count({ where: { caseId: id, kind: 'ready' } })).toBe(1);
  });

  test('waits while images still come', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber, { instances: 3 });
    await send(images.slice(0, 1));
    edge.clock.advance(2000);
    await edge.work();
    await send(images.slice(1));
    edge.clock.advance(3000);
    await edge.work();
    expect((await studyOf(images)).state).toBe('receiving');
    await edge.settle();
    expect(await studyOf(images)).toMatchObject({ state: 'matched', instanceCount: 3, lateInstances: 0 });
    expect((await caseOf(order.id)).state).toBe('ready');
  });

  test('is found by the UID that the worklist offered, when the number was lost on the way', async () => {
    const { exam } = await orderedExam(database, edge, region);
    const images = imagesFor('', { studyInstanceUid: exam.studyInstanceUid });
    await send(images);
    await edge.settle();
    expect(await studyOf(images)).toMatchObject({ state: 'matched', matchedBy: 'worklist-uid' });
  });

  test("is found by the patient's number and modality, where only one exam waits", async () => {
    const { exam } = await orderedExam(database, edge, region);
    const { value } = await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } });
    const images = imagesFor('', { patient: { ...samePerson, id: value } });
    await send(images);
    await edge.settle();
    expect(await studyOf(images)).toMatchObject({
      state: 'matched',
      matchedBy: 'patient-and-time',
      orderExamId: exam.id,
    });
  });

  test('is nobody’s where two exams fit, or only the name does', async () => {
    await orderedExam(database, edge, region);
    await orderedExam(database, edge, region);
    const { value } = await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } });
    const two = imagesFor('', { patient: { ...samePerson, id: value } });
    const nameOnly = imagesFor('', { patient: { ...samePerson, id: 'UNKNOWN' } });
    await send(two);
    await send(nameOnly);
    await edge.settle();
    expect((await studyOf(two)).state).toBe('unmatched');
    expect((await studyOf(nameOnly)).state).toBe('unmatched');
  });

  test("never takes another facility's order by its accession number", async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber);
    await send(images, region.stranger);
    await edge.settle();
    expect(await studyOf(images)).toMatchObject({ state: 'unmatched', orderExamId: null });
    expect((await caseOf(order.id)).state).toBe('waiting');
  });

  test('does not wake an order that was withdrawn', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const { revision } = await database.db.order.findUniqueOrThrow({ where: { id: order.id } });
    await withdrawOrder(deps(), ctxFor(region.doctor), { id: order.id, revision, reason: '患者离开' });
    const images = imagesFor(exam.accessionNumber);
    await send(images);
    await edge.settle();
    expect((await studyOf(images)).state).toBe('unmatched');
    expect((await caseOf(order.id)).state).toBe('withdrawn');
  });
});

describe('identities that disagree', () => {
  const wrong = { ...samePerson, name: { Ideographic: '李^四', Alphabetic: 'LI^SI' }, sex: 'F' as const };

  async function quarantined() {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber, { patient: wrong });
    await send(images);
    await edge.settle();
    const { rows } = await listQuarantine(deps(), technician(), { ...page, state: 'open' });
    const item = rows.find(({ order: shown }) => shown?.id === order.id);
    if (!item) throw new Error('nothing in quarantine');
    return { order, exam, images, item };
  }

  test('wait as a queue, the oldest first, and stand the other way round once decided', async () => {
    const [first, second] = [(await quarantined()).item.id, (await quarantined()).item.id];
    const listed = async (state: 'open' | 'rejected') =>
      (await listQuarantine(deps(), technician(), { ...page, state })).rows.map(({ id }) => id);
    expect(await listed('open')).toEqual([first, second]);
    for (const id of [first, second]) {
      await decideQuarantine(deps(), technician(), { id, decision: 'reject', reason: '不是同一人' });
    }
    expect(await listed('rejected')).toEqual([second, first]);
  });

  test('wait for a person, with both sides in view', async () => {
    const { order, images, item } = await quarantined();
    expect(await studyOf(images)).toMatchObject({ state: 'quarantined', orderExamId: null });
    expect((await caseOf(order.id)).state).toBe('waiting');
    expect(item.differences).toEqual([
      { field: 'name', header: '李 四', order: '张三' },
      { field: 'sex', header: 'female', order: 'male' },
    ]);
    expect(item.study?.headerName).toMatchObject({ Ideographic: '李^四' });
    expect(item.order?.patient.name).toBe('张三');
  });

  test('accepted: the images go to the order, and what they say stays', async () => {
    const { order, exam, images, item } = await quarantined();
    await decideQuarantine(deps(), technician(), { id: item.id, decision: 'accept', reason: '登记错误' });
    await edge.settle();
    expect(await studyOf(images)).toMatchObject({
      state: 'matched',
      matchedBy: 'person',
      orderExamId: exam.id,
      headerSex: 'F',
    });
    expect((await caseOf(order.id)).state).toBe('ready');
  });

  test('rejected: they do not, nor when more of them come', async () => {
    const { order, images, item } = await quarantined();
    await decideQuarantine(deps(), technician(), { id: item.id, decision: 'reject', reason: '不是同一人' });
    await edge.settle();
    const { studyInstanceUid, id } = await studyOf(images);
    await send(
      imagesFor('', {
        studyInstanceUid,
        patient: wrong,
        accessionNumber: (await studyOf(images)).accessionNumber ?? '',
      }),
    );
    await edge.settle();
    expect(await database.db.study.findUnique({ where: { id } })).toMatchObject({
      state: 'unmatched',
      lateInstances: 2,
    });
    expect((await caseOf(order.id)).state).toBe('waiting');
    expect(await database.db.quarantineItem.count({ where: { studyId: id, state: 'open' } })).toBe(0);
  });

  test('are decided once: of two who decide, the second is told', async () => {
    const { item } = await quarantined();
    const both = await Promise.allSettled(
      (['accept', 'reject'] as const).map((decision) =>
        decideQuarantine(deps(), technician(), { id: item.id, decision, reason: '核对' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('are none of a stranger’s business', async () => {
    const { item } = await quarantined();
    const { rows } = await listQuarantine(deps(), ctxFor(region.outsider), { ...page, state: 'open' });
    expect(rows.map(({ id }) => id)).not.toContain(item.id);
    const deciding = decideQuarantine(deps(), ctxFor(region.outsider), {
      id: item.id,
      decision: 'accept',
      reason: 'x',
    });
    await expect(deciding).rejects.toMatchObject({ code: 'not-found' });
  });

  test('within one study: the others’ images are held back until a person has looked', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const studyInstanceUid = uidFrom(`mixed ${order.id}`);
    const own = imagesFor(exam.accessionNumber, { studyInstanceUid });
    const others = imagesFor(exam.accessionNumber, { studyInstanceUid, patient: { ...wrong, id: 'SOMEBODY' } });
    await send(own);
    await edge.settle();
    await send(others);
    await edge.settle();
    expect(await studyOf(own)).toMatchObject({ state: 'matched', instanceCount: 2 });
    // Who reads the others is told that these are not all.
    const { id: caseId } = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
    const hidden = async () =>
      (await readCase(deps(), ctxFor(region.attending), { id: caseId })).studies.map((one) => one.hiddenInstances);
    expect(await hidden()).toEqual([2]);
    const [item] = await database.db.quarantineItem.findMany({ where: { studyInstanceUid, state: 'open' } });
    expect(item?.differences).toEqual([
      { field: 'patientId', header: 'SOMEBODY', order: samePerson.id },
      { field: 'name', header: 'LI^SI', order: 'ZHANG^SAN' },
    ]);
    await decideQuarantine(deps(), technician(), { id: item?.id ?? '', decision: 'accept', reason: '同一人' });
    await edge.settle();
    expect(await studyOf(own)).toMatchObject({ instanceCount: 4, lateInstances: 2 });
    expect(await hidden()).toEqual([0]);
  });
});
