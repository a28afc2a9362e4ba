import { beforeEach, describe, expect, test } from 'vitest';
import { attachStudy } from '../../server/api/imaging/attach-study.ts';
import { detachStudy } from '../../server/api/imaging/detach-study.ts';
import { listStudies } from '../../server/api/imaging/list-studies.ts';
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
