import { beforeAll, expect, test } from 'vitest';
import { type GivenAccount, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam } from '../factories/imaging-order.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
let radiologist: GivenAccount;
let others: GivenAccount[];
/** A study, and the way to one of its images. */
interface Kept {
  studyUid: string;
  instance: string;
}
let ordered: Kept;
let stray: Kept;

beforeAll(async () => {
  region = await given.region();
  const { county, centre, township } = region;
  const data = { facilityId: county.id, line: 'ecg', name: '心电中心' };
  const ecgCentre = await database.db.centre.create({ data });
  const reader = (centreIds: string[]) => given.account({ facility: county, roles: ['reader'], centreIds });
  radiologist = await reader([centre.id]);
  others = [await reader([ecgCentre.id]), await reader([])];
  const { exam } = await orderedExam(database, edge, region);
  ordered = await arrived(imagesFor(exam.accessionNumber), township);
  // Of the house's own machine, and nobody asked for it.
  stray = await arrived(imagesFor('NOBODY-ASKED'), county);
});

async function arrived(images: ReturnType<typeof imagesFor>, from: Region['county']): Promise<Kept> {
  const files = images.map(({ bytes }) => bytes);
  await edge.stow(machineOf(from, ['studies:send']), files);
  await edge.settle();
  const sopInstanceUid = images[0]?.sopInstanceUid ?? '';
  const { studyInstanceUid: studyUid, seriesInstanceUid } = await database.db.instance.findUniqueOrThrow({
    where: { sopInstanceUid },
  });
  return { studyUid, instance: `/studies/${studyUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}` };
}
const statusFor = async (who: GivenAccount, path: string) => {
  const answer = await edge.fetchAs(who, path, { headers: { accept: '*/*' } });
  await answer.arrayBuffer();
  return answer.status;
};
const foundBy = async (who: GivenAccount, path: string) => {
  const answer = await edge.fetchAs(who, path, { headers: { accept: 'application/dicom+json' } });
  return JSON.stringify(await answer.json());
};

test('images are searched and loaded by the readers of their centre alone', async () => {
  for (const { studyUid, instance } of [ordered, stray]) {
    const study = `/studies/${studyUid}`;
    const loads = [study, `${study}/metadata`, instance, `${instance}/metadata`, `${instance}/frames/1`];
    for (const path of loads) {
      expect([path, await statusFor(radiologist, path)]).toEqual([path, 200]);
      for (const who of others) expect([path, await statusFor(who, path)]).toEqual([path, 404]);
    }
    for (const path of [`/studies?StudyInstanceUID=${studyUid}`, `${study}/series`, `${study}/instances`]) {
      expect(await foundBy(radiologist, path)).toContain(studyUid);
      for (const who of others) expect(await foundBy(who, path)).toBe('[]');
    }
  }
});

test('whoever holds the case loads its images to the end, and no others', async () => {
  const [ecgReader] = others;
  if (!ecgReader) throw new Error('there is one');
  const found = await database.db.case.findFirstOrThrow({
    where: { order: { exams: { some: { studies: { some: { studyInstanceUid: ordered.studyUid } } } } } },
  });
  const lease = {
    ...{ caseId: found.id, accountId: ecgReader.accountId, accountName: '孙', purpose: 'read' },
    ...{ token: crypto.randomUUID(), expiresAt: new Date(Date.now() + 60_000) },
  };
  await database.db.caseLease.create({ data: lease });
  expect(await statusFor(ecgReader, `${ordered.instance}/frames/1`)).toBe(200);
  expect(await foundBy(ecgReader, `/studies?StudyInstanceUID=${ordered.studyUid}`)).toContain(ordered.studyUid);
  expect(await statusFor(ecgReader, `${stray.instance}/frames/1`)).toBe(404);
  await database.db.caseLease.update({ where: { caseId: found.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
  expect(await statusFor(ecgReader, `${ordered.instance}/frames/1`)).toBe(404);
  expect(await foundBy(ecgReader, `/studies?StudyInstanceUID=${ordered.studyUid}`)).toBe('[]');
});

test('the sides that asked see what they saw: the township, and whoever is more than a reader', async () => {
  const doctor = await given.account({
    facility: region.county,
    roles: ['reader', 'requesting-doctor'],
    centreIds: [],
  });
  for (const who of [region.doctor, region.technician, doctor])
    expect(await statusFor(who, `${ordered.instance}/frames/1`)).toBe(200);
});
