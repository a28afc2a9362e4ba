import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { listInbox } from '../../server/api/delivery/inbox.ts';
import { findReports } from '../../server/api/fhir/find-reports.ts';
import { subjectWithNumber } from '../../server/api/fhir/number-search.ts';
import { findPdf } from '../../server/api/reporting/document-routes.ts';
import { evidenceHandlers } from '../../workers/consultation/evidence/handlers.ts';
import { deliveryHandlers } from '../../workers/delivery/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, machineOf, movableClock } from '../factories/callers.ts';
import { type ConsultingRegion, consultingRegion, signedOpinion, withImages } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';
import { givenDestination } from '../factories/signed-version.ts';
import { runDueJobs, workerDeps } from '../factories/worker.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: ConsultingRegion;
let blobs: BlobStore;
let folder: string;
let versionId: string;
let number: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianzhen-opinion-'));
  blobs = await openDirectoryBlobs(folder);
  region = await consultingRegion(database, given);
  await givenDestination(database.db, region.county, 'hl7-mllp', { host: '127.0.0.1', port: 9, timeoutMs: 1000 });
  const { studyIds, orderId } = await withImages(deps, region);
  const attachments = { studyIds, orderIds: [orderId], versionIds: [] };
  const { view, opinion } = await signedOpinion(deps, region, { attachments });
  versionId = opinion.versions[0]?.id ?? '';
  number = view.number;
  await runDueJobs(workerDeps(database.db, blobs, clock), [
    ...evidenceHandlers,
    ...reportingHandlers,
    ...deliveryHandlers,
  ]);
});
afterAll(async () => {
  await blobs.close();
  await rm(folder, { recursive: true, force: true });
});
const form = async (name: string): Promise<Buffer> => {
  const { blob } = await database.db.document.findFirstOrThrow({ where: { versionId, form: name } });
  return blobs.read(blob);
};

test('HL7: a consultation under its own number, its opinion and the studies that lay before it; no positive or negative', async () => {
  const segments = (await form('hl7-oru')).toString('utf8').split('\r');
  const [obr, ...others] = segments.filter((line) => line.startsWith('OBR|'));
  expect(others).toEqual([]);
  expect(obr).toContain('CONSULT-RADIOLOGY^远程会诊（医学影像科）^99LIANZHEN');
  expect(obr).toContain(number);
  const obx = segments.filter((line) => line.startsWith('OBX|'));
  expect(obx.some((line) => line.includes('会诊意见') && line.includes('考虑周围型肺癌可能性大。'))).toBe(true);
  expect(obx.some((line) => line.includes('113014^DICOM Study^DCM'))).toBe(true);
  expect(obx.some((line) => /POLARITY|CRITICAL\^/.test(line))).toBe(false);
});

test('FHIR: a consult note (LOINC 11488-4) that names its opinion and is found by the systems of who received it', async () => {
  const bundle = JSON.parse((await form('fhir-bundle')).toString('utf8')) as {
    entry: Array<{ resource: { resourceType: string } }>;
  };
  const report = bundle.entry.map(({ resource }) => resource).find((one) => one.resourceType === 'DiagnosticReport');
  expect(report).toMatchObject({
    ...{ code: { coding: [{ code: '11488-4' }] }, conclusion: '考虑周围型肺癌可能性大。', status: 'final' },
    text: { div: expect.stringContaining('会诊意见书') },
  });
  expect(report).not.toHaveProperty('conclusionCode');
  const system = (facility: typeof region.county) => ctxFor(machineOf(facility, ['results:read']));
  const ask = { db: database.db, blobs };
  const numbered = subjectWithNumber({ value: number });
  const found = await findReports(ask, system(region.county), { numbered }, 1, 10);
  expect(found.total).toBe(1);
  expect((await findReports(ask, system(region.stranger), { numbered }, 1, 10)).total).toBe(0);
});

test('PDF: for every party, under the consultation’s number', async () => {
  expect((await form('pdf')).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  for (const by of [region.doctor, region.first, region.attending])
    expect((await findPdf(deps, ctxFor(by), versionId))?.name).toBe(`${number}-v1.pdf`);
  expect(await codeOf(findPdf(deps, ctxFor(region.outsider), versionId))).toBe('not-found');
});

test('it stands in the inbox of each, and the ledger says what did not arrive', async () => {
  for (const by of [region.doctor, region.first]) {
    const { rows } = await listInbox(deps, ctxFor(by), { page: 1, pageSize: 10 });
    expect(rows.map((row) => row.orderNumber)).toContain(number);
  }
  const states = await database.db.delivery.findMany({
    where: { versionId },
    select: { state: true, destination: { select: { kind: true } } },
  });
  for (const { state, destination } of states)
    expect(state).toBe(destination.kind === 'inbox' ? 'accepted' : 'waiting');
  const view = await readConsultation(deps, ctxFor(region.doctor), {
    id: (await database.db.consultation.findUniqueOrThrow({ where: { number } })).id,
  });
  expect(view).toMatchObject({ state: 'concluded', latestVersionId: versionId });
});
