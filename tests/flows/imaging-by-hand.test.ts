import type { ReturnKind } from '@lianzhen/contracts/orders.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { attachStudy } from '../../server/api/imaging/attach-study.ts';
import { attachableExams } from '../../server/api/imaging/attachable-exams.ts';
import { detachStudy } from '../../server/api/imaging/detach-study.ts';
import { listStudies } from '../../server/api/imaging/list-studies.ts';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { supplementOrder } from '../../server/api/orders/supplement-order.ts';
import { returnCase } from '../../server/api/worklist/return-case.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import type { SyntheticPatient } from '../factories/dicom-attributes.ts';
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

describe('by hand', () => {
  test('a study that nobody ordered is attached, and detached again', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor('');
    await send(images);
    await edge.settle();
    const { id } = await studyOf(images);
    const attached = await attachStudy(deps(), technician(), { id, orderExamId: exam.id, reason: '急诊先拍' });
    expect(attached).toMatchObject({ state: 'matched', orderId: order.id, orderNumber: order.number });
    await edge.settle();
    expect((await caseOf(order.id)).state).toBe('ready');

    expect(await detachStudy(deps(), technician(), { id, reason: '拍错人' })).toMatchObject({
      state: 'unmatched',
      orderId: null,
    });
    await edge.settle();
    expect(await caseOf(order.id)).toMatchObject({ state: 'waiting', readyAt: null, dueAt: null });
    expect(await database.db.orderExam.findUnique({ where: { id: exam.id } })).toMatchObject({ state: 'scheduled' });
    expect((await studyOf(images)).state).toBe('unmatched');
  });

  test('what was detached is not matched to the same order again', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber);
    await send(images);
    await edge.settle();
    const { id, studyInstanceUid } = await studyOf(images);
    await detachStudy(deps(), technician(), { id, reason: '拍错人' });
    await send(imagesFor(exam.accessionNumber, { studyInstanceUid }));
    await edge.settle();
    expect(await database.db.study.findUnique({ where: { id } })).toMatchObject({ state: 'unmatched' });
    expect((await caseOf(order.id)).state).toBe('waiting');
  });

  test('nobody attaches to, or detaches, what is not his', async () => {
    const { exam } = await orderedExam(database, edge, region);
    const images = imagesFor('');
    await send(images);
    const strange = imagesFor('');
    await send(strange, region.stranger);
    await edge.settle();
    const outsider = ctxFor(region.outsider);
    const { id } = await studyOf(images);
    const own = await studyOf(strange);
    const reason = 'x';
    await expect(attachStudy(deps(), outsider, { id, orderExamId: exam.id, reason })).rejects.toMatchObject({
      code: 'P2025',
    });
    await expect(attachStudy(deps(), outsider, { id: own.id, orderExamId: exam.id, reason })).rejects.toMatchObject({
      code: 'not-found',
    });
    const { rows } = await listStudies(deps(), outsider, { ...page, q: '' });
    expect(rows.map((row) => row.id)).toEqual([own.id]);
  });

  test('a house that only receives the result attaches no images of its own to the request', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor('');
    await send(images, region.village);
    await edge.settle();
    const doctor = ctxFor(await given.account({ facility: region.village, roles: ['requesting-doctor'] }));
    const { id } = await studyOf(images);
    await expect(readOrder(deps(), doctor, { id: order.id })).resolves.toMatchObject({ id: order.id });
    await expect(attachStudy(deps(), doctor, { id, orderExamId: exam.id, reason: '试' })).rejects.toMatchObject({
      code: 'forbidden',
      details: { why: 'receives-only' },
    });
    expect((await studyOf(images)).state).toBe('unmatched');
    expect(await attachableExams(deps(), doctor, { id, q: '' })).toEqual({ rows: [], hasMore: false });
  });
});

describe('where a study may belong', () => {
  const orderFor = async (name: string, pinyin: string, number: string) => {
    const sick = await given.patient({ facility: region.township, name, pinyin, mrn: number });
    return orderedExam(database, edge, { ...region, patient: sick });
  };
  const sentBy = async (patient: SyntheticPatient) => {
    const images = imagesFor('', { patient });
    await send(images);
    await edge.settle();
    return (await studyOf(images)).id;
  };

  test('whom the header means comes first, then the latest; each says where the two disagree', async () => {
    const meant = await orderFor('孙尚香', 'sunshangxiang', 'SSX-1');
    const later = await orderFor('周瑜', 'zhouyu', 'ZY-1');
    const id = await sentBy({ ...samePerson, name: { Alphabetic: 'SUN^SHANGXIANG' } });
    const { rows, hasMore } = await attachableExams(deps(), technician(), { id, q: '' });
    expect(hasMore).toBe(false);
    expect(rows.map((row) => row.id)).toEqual([meant.exam.id, later.exam.id]);
    expect(rows[0]).toMatchObject({
      hasImages: false,
      order: { id: meant.order.id, number: meant.order.number, facilityName: region.township.name },
      patient: { name: '孙尚香', birthDate: '1960-05-01' },
      differences: [],
    });
    expect(rows[1]?.differences).toEqual([{ field: 'name', header: 'SUN SHANGXIANG', order: '周瑜' }]);
  });

  test('a search finds others by name and number; a returned request is there, one that is over is not', async () => {
    const returned = await orderFor('孙尚香', 'sunshangxiang', 'SSX-1');
    const withdrawn = await orderFor('周瑜', 'zhouyu', 'ZY-1');
    const { db } = database;
    await db.order.update({ where: { id: returned.order.id }, data: { state: 'returned' } });
    await db.order.update({ where: { id: withdrawn.order.id }, data: { state: 'withdrawn' } });
    const id = await sentBy({ ...samePerson, name: { Alphabetic: 'LIU^BEI' } });
    const found = async (q: string) =>
      (await attachableExams(deps(), technician(), { id, q })).rows.map((row) => row.id);
    expect(await found('')).toEqual([returned.exam.id]);
    expect(await found('孙尚')).toEqual([returned.exam.id]);
    expect(await found(returned.order.number)).toEqual([returned.exam.id]);
    expect(await found(withdrawn.order.number)).toEqual([]);
    expect(await found('没有')).toEqual([]);
  });

  test('what disagreed is in the trail by its field, and what nobody answers for is not shown', async () => {
    const { order, exam } = await orderFor('周瑜', 'zhouyu', 'ZY-1');
    const id = await sentBy({ ...samePerson, name: { Alphabetic: 'SUN^SHANGXIANG' }, sex: 'F' });
    await attachStudy(deps(), technician(), { id, orderExamId: exam.id, reason: '机房确认' });
    const entry = await database.db.auditEntry.findFirstOrThrow({
      where: { action: 'imaging.studyAttached', objectId: id },
    });
    expect(entry.detail).toMatchObject({ orderId: order.id, though: ['name', 'sex'] });
    expect(JSON.stringify(entry.detail)).not.toContain('SHANGXIANG');
    const strange = imagesFor('');
    await send(strange, region.stranger);
    await edge.settle();
    const own = await studyOf(strange);
    const outsider = ctxFor(region.outsider);
    expect((await attachableExams(deps(), outsider, { id: own.id, q: order.number })).rows).toEqual([]);
    await expect(attachableExams(deps(), outsider, { id, q: '' })).rejects.toMatchObject({ code: 'P2025' });
  });
});

test('late images raise the revision, are marked, and the case says so', async () => {
  const { order, exam } = await orderedExam(database, edge, region);
  const images = imagesFor(exam.accessionNumber);
  await send(images);
  await edge.settle();
  const before = await studyOf(images);
  const late = imagesFor(exam.accessionNumber, { studyInstanceUid: before.studyInstanceUid });
  await send(late);
  await edge.settle();
  const after = await studyOf(images);
  expect(after).toMatchObject({ state: 'matched', instanceCount: 4, lateInstances: 2, settleAfter: null });
  expect(after.revision).toBeGreaterThan(before.revision);
  expect(await caseOf(order.id)).toMatchObject({ state: 'ready', hasLateImages: true });
  const rows = await database.db.instance.findMany({ where: { studyInstanceUid: after.studyInstanceUid } });
  expect(
    rows
      .filter((row) => row.late)
      .map((row) => row.sopInstanceUid)
      .sort(),
  ).toEqual(late.map(({ sopInstanceUid }) => sopInstanceUid).sort());
});

describe('images that are taken again', () => {
  const returned = async (kind: ReturnKind, examCount = 1) => {
    const { order, exam } = await orderedExam(database, edge, region);
    const { id: _, ...first } = await database.db.orderExam.findUniqueOrThrow({ where: { id: exam.id } });
    const others = Array.from({ length: examCount - 1 }, (_, n) => ({
      ...first,
      accessionNumber: `${first.accessionNumber}-${n}`,
      studyInstanceUid: `${first.studyInstanceUid}.${n}`,
    }));
    await database.db.orderExam.createMany({ data: others });
    const images = imagesFor(exam.accessionNumber);
    for (const sent of [images, ...others.map(({ accessionNumber }) => imagesFor(accessionNumber))]) await send(sent);
    await edge.settle();
    const { id } = await caseOf(order.id);
    await returnCase(deps(), ctxFor(region.attending), { id, kind, reason: '体位不正' });
    return { order, exam, images, others };
  };
  const orderOf = (id: string) => readOrder(deps(), ctxFor(region.doctor), { id });

  test.each(['a study of its own', 'the same study'])('bring a returned request back: %s', async (where) => {
    const { order, exam, images } = await returned('bad-quality');
    expect((await orderOf(order.id)).progress).toMatchObject({ step: 'returned', waitsFor: 'images' });
    const { studyInstanceUid } = await studyOf(images);
    await send(imagesFor(exam.accessionNumber, where === 'the same study' ? { studyInstanceUid } : {}));
    await edge.settle();
    const back = await orderOf(order.id);
    expect(back).toMatchObject({ state: 'submitted', returnedReason: null, returnedKind: null });
    expect(back.progress).toMatchObject({ step: 'in-queue', waitsFor: 'reader' });
    expect(back.progress.dueAt).not.toBeNull();
    expect(back.events.at(-1)).toMatchObject({ kind: 'taken-again' });
    expect(await caseOf(order.id)).toMatchObject({ state: 'ready', returnedReason: null, hasLateImages: true });
    // A supplement that was on its way is one to a request that goes on.
    await supplementOrder(deps(), ctxFor(region.doctor), { id: order.id, text: '已重拍' });
    expect((await orderOf(order.id)).progress.step).toBe('in-queue');
  });

  test('not one that was returned for something else: what is missing has to be said', async () => {
    const { order, exam } = await returned('missing-data');
    await send(imagesFor(exam.accessionNumber));
    await edge.settle();
    expect(await orderOf(order.id)).toMatchObject({ state: 'returned', progress: { waitsFor: 'supplement' } });
    expect(await caseOf(order.id)).toMatchObject({ state: 'returned', hasLateImages: true });
  });

  test('not before each of its exams has new ones', async () => {
    const { order, exam, others } = await returned('bad-quality', 2);
    await send(imagesFor(exam.accessionNumber));
    await edge.settle();
    expect((await orderOf(order.id)).state).toBe('returned');
    await send(imagesFor(others[0]?.accessionNumber ?? ''));
    await edge.settle();
    expect((await orderOf(order.id)).progress.step).toBe('in-queue');
  });
});

test('studies are found by name in any writing, and by number', async () => {
  const images = imagesFor('ACC-77', { patient: { ...samePerson, id: 'P-771' } });
  await send(images);
  await edge.settle();
  const { id } = await studyOf(images);
  for (const q of ['张三', 'zhangsan', 'ACC-7', 'p-77']) {
    const { rows } = await listStudies(deps(), technician(), { ...page, q });
    expect(rows.map((row) => row.id)).toContain(id);
  }
  expect((await listStudies(deps(), technician(), { ...page, q: '王五' })).rows).toEqual([]);
});
