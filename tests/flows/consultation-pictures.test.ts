import { randomUUID } from 'node:crypto';
import { saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import type { RoomFact } from '@lianzhen/contracts/room-signals.ts';
import type { Mark } from '@lianzhen/contracts/shared-view.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { beforeAll, expect, test } from 'vitest';
import { readPictures } from '../../server/api/consultation/pictures/read-pictures.ts';
import { savePictures } from '../../server/api/consultation/pictures/save-pictures.ts';
import { evidenceHandlers } from '../../workers/consultation/evidence/handlers.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam } from '../factories/imaging-order.ts';
import { partsOf } from '../factories/modality.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { runDueJobs } from '../factories/worker.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
let count = 0;
beforeAll(async () => {
  region = await given.region();
});

const work = (times = 1) => runDueJobs(edge.deps(), [...imagingHandlers, ...evidenceHandlers], times);

type Name = '李主任' | '王医生';

/** A consultation over a settled study of three images, with what its room will say. */
async function session() {
  const { exam } = await orderedExam(database, edge, region);
  const files = imagesFor(exam.accessionNumber, { instances: 3, rows: 64, columns: 64 });
  await edge.stow(
    machineOf(region.township, ['studies:send']),
    files.map(({ bytes }) => bytes),
  );
  await edge.settle();
  const study = await database.db.study.findFirstOrThrow({ where: { orderExamId: exam.id } });
  const { studyInstanceUid: studyUid } = study;
  const images = await database.db.instance.findMany({
    where: { studyInstanceUid: studyUid },
    orderBy: { number: 'asc' },
  });
  const consultationId = await consultationOver(study.id);
  const seats: Record<Name, string> = { 李主任: randomUUID(), 王医生: randomUUID() };
  await database.db.roomSeat.createMany({
    data: (['李主任', '王医生'] as const).map((name) => ({
      ...{
        consultationId,
        seatId: seats[name],
        name,
        role: 'expert',
        facilityName: '',
        secretHash: '',
        colour: '#ffb000',
      },
      accountId: name === '李主任' ? region.expert.accountId : region.doctor.accountId,
    })),
  });
  let seq = 0;
  const said = async (what: RoomFact, name: Name = '李主任') => {
    seq += 1;
    const at = new Date(`2026-11-22T06:00:${String(seq).padStart(2, '0')}Z`);
    const row = { consultationId, seq, at, kind: what.kind, peerId: null, seatId: seats[name], name, what };
    await database.db.roomEntry.create({ data: row });
  };
  const placeOf = (at: number) => ({
    studyUid,
    seriesUid: images[at]?.seriesInstanceUid ?? '',
    sopInstanceUid: images[at]?.sopInstanceUid ?? '',
    frame: 1,
  });
  return {
    ...{ consultationId, studyUid, images, seats, said },
    looked: (at: number): RoomFact => ({ kind: 'looked', ...placeOf(at) }),
    length: (at: number, change: Partial<Mark> = {}): RoomFact => ({
      kind: 'marked',
      mark: { ...lengthMark(), ...placeOf(at), ...change },
    }),
    save: async (times = 1) => {
      await database.db.transaction((tx) => enqueue(tx, saveConsultationMarks, { consultationId }));
      await work(times);
      edge.clock.advance(120_000);
      await work();
    },
    made: () =>
      database.db.instance.findMany({
        where: { door: 'consultation', studyInstanceUid: studyUid },
        orderBy: { receivedAt: 'asc' },
        include: { series: true },
      }),
  };
}

async function consultationOver(studyId: string): Promise<string> {
  const { id } = await database.db.consultation.create({
    data: {
      number: `C20261122-${++count}`,
      patientId: region.patient.id,
      requestingFacilityId: region.township.id,
      requesterId: region.doctor.accountId,
      chairId: region.expert.accountId,
      state: 'live',
      kind: 'clinical',
      urgency: 'routine',
      specialty: 'radiology',
      title: 'chief',
      reason: '会诊',
      purpose: '会诊',
      summary: '会诊',
      isImmediate: true,
      submittedAt: new Date(),
      parties: { create: { facilityId: region.township.id, part: 'requester' } },
      studies: { create: { studyId } },
    },
  });
  return id;
}

const lengthMark = () => ({
  id: randomUUID(),
  kind: 'length' as const,
  points: [
    { x: 4, y: 5 },
    { x: 40, y: 50 },
  ],
  text: '',
  calibration: 'patient',
  values: [{ name: 'length', value: 57.6, unit: 'mm' }],
});

const seen = (objects: { series: { modality: string } | null }[]) =>
  objects.map(({ series }) => series?.modality).sort();

test('looks and marks become objects of the study, found and read like every other', async () => {
  const { said, looked, length, save, made, studyUid } = await session();
  await said(looked(0));
  await said(length(0));
  const before = await database.db.study.count();
  await save();
  const objects = await made();
  expect(seen(objects)).toEqual(['KO', 'PR', 'SR']);
  expect(await database.db.study.count()).toBe(before);
  const found = await edge.fetchAs(region.technician, `/studies?StudyInstanceUID=${studyUid}`, {
    headers: { accept: 'application/dicom+json' },
  });
  const [row] = (await found.json()) as Record<string, { Value?: unknown[] }>[];
  expect(row?.['00080061']?.Value).toEqual(['DX', 'KO', 'PR', 'SR']);
  expect(row?.['00100010']?.Value).toEqual([{ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' }]);
  const [one] = objects;
  const path = `/studies/${studyUid}/series/${one?.seriesInstanceUid}/instances/${one?.sopInstanceUid}`;
  const accept = 'multipart/related; type="application/dicom"';
  const read = await edge.fetchAs(region.technician, path, { headers: { accept } });
  expect(read.status).toBe(200);
  const [bytes] = await partsOf(read.headers.get('content-type') ?? '', Buffer.from(await read.arrayBuffer()));
  expect(bytes?.includes('DICM')).toBe(true);
});

test('what is saved is no late image to whoever reads the case', async () => {
  const { said, length, save, studyUid } = await session();
  await said(length(0));
  await save();
  const study = await database.db.study.findUniqueOrThrow({ where: { studyInstanceUid: studyUid } });
  expect(study).toMatchObject({ state: 'matched', lateInstances: 0, settleAfter: null, instanceCount: 6 });
  expect(await database.db.case.count({ where: { hasLateImages: true } })).toBe(0);
  expect(await database.db.quarantineItem.count({ where: { studyInstanceUid: studyUid } })).toBe(0);
});

test('a job that runs beside itself, and again, adds nothing; later marks add to the same series', async () => {
  const { said, length, save, made, consultationId } = await session();
  await said(length(0));
  await save(3);
  await save();
  expect(await made()).toHaveLength(3);
  await said(length(1, { kind: 'arrow', values: [] }), '王医生');
  await savePictures(database, ctxFor(region.doctor), { id: consultationId });
  await work();
  const all = await made();
  expect(all).toHaveLength(6);
  expect(new Set(all.map(({ seriesInstanceUid }) => seriesInstanceUid)).size).toBe(3);
});

test('a room in which nobody looked at a picture leaves nothing', async () => {
  const { said, save, made, studyUid } = await session();
  await said({ kind: 'chat', id: randomUUID(), text: '好' });
  await said({ kind: 'opened', studyUid });
  await save();
  expect(await made()).toEqual([]);
});

test('the case tells who looked at what, when, and what was saved of it', async () => {
  const { said, looked, length, save, images, studyUid, seats, consultationId } = await session();
  await said({ kind: 'lead', toSeatId: seats.王医生 });
  await said({ kind: 'opened', studyUid });
  await said(looked(2), '王医生');
  await said(length(0));
  await said({ kind: 'away' });
  await said({ kind: 'opinion', versionNumber: 1 });
  await save();
  const { events, saved, isWhole } = await readPictures(database, ctxFor(region.doctor), { id: consultationId });
  expect(isWhole).toBe(true);
  expect(events.map(({ byName, what }) => `${byName} ${what.kind}`)).toEqual([
    '李主任 lead',
    '李主任 opened',
    '王医生 looked',
    '李主任 marked',
    '李主任 opinion',
  ]);
  expect(events[0]?.what).toEqual({ kind: 'lead', toName: '王医生' });
  expect(events[2]).toMatchObject({
    at: '2026-11-22T06:00:03.000Z',
    what: { place: { sopInstanceUid: images[2]?.sopInstanceUid, imageNumber: 3 } },
  });
  expect(saved.map(({ modality }) => modality).sort()).toEqual(['KO', 'PR', 'SR']);
});

test('who has no part in a consultation neither reads nor saves', async () => {
  const { consultationId } = await session();
  const outside = ctxFor(region.outsider);
  await expect(readPictures(database, outside, { id: consultationId })).rejects.toThrow();
  await expect(savePictures(database, outside, { id: consultationId })).rejects.toThrow();
});

test('what a browser claims about images that are not there becomes nothing', async () => {
  const { said, length, save, made } = await session();
  await said(length(0, { sopInstanceUid: '1.2.3.4' }));
  await said(length(0, { seriesUid: '1.2.3.4' }));
  await said(length(0, { frame: 7 }));
  await said(length(0, { studyUid: '1.2.3.4' }));
  await save();
  expect(await made()).toEqual([]);
});
