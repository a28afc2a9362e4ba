import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { pdfFile } from '@lianzhen/ecg/formats/picture/test-kit/pictures.ts';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { listTraces } from '../../server/api/ecg/list-traces.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { deliveryHandlers } from '../../workers/delivery/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { readReportTrace } from '../../workers/reporting/read-trace.ts';
import type { DeskDeps } from '../factories/asking.ts';
import { ctxFor, type GivenAccount } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, dicomOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { ecgPart } from '../factories/ecg-report.ts';
import { approved, submitted } from '../factories/reading.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';
import { givenDestination } from '../factories/signed-version.ts';
import { runDueJobs } from '../factories/worker.ts';
import { listenOn } from '../sims/listen.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
const given = givenIn(database);
let region: EcgRegion;
let villager: GivenAccount;
beforeAll(async () => {
  region = await ecgRegion(database);
  villager = await given.account({ facility: region.village, roles: ['requesting-doctor'], name: '村医' });
});
const desk = (): DeskDeps => edge.apiDeps();
const lying = '/MediaBox [0 0 841.89 595.28]';

/** A recording of an order, matched and read; what the desk knows of it. */
async function recorded(bytes: Buffer) {
  const { order } = await orderedEcg(database, edge, region);
  const { body } = await edge.upload(region.technician, bytes, `?orderId=${order.id}`);
  await edge.settle();
  const trace = await database.db.ecgTrace.findUniqueOrThrow({ where: { id: body.id } });
  const { id: caseId } = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
  const { sopInstanceUid, studyInstanceUid, acquiredAt } = trace;
  const ecg: EcgPart = ecgPart({ traceId: trace.id, sopInstanceUid, studyInstanceUid, acquiredAt });
  return { orderId: order.id, caseId, ecg };
}

/** Read by the resident, reviewed by the senior, rendered and delivered; the PDF that was made of it. */
async function signed(caseId: string, ecg: EcgPart) {
  await submitted(desk(), region.reader, caseId, { ecg, impression: '窦性心律，电轴左偏' });
  const report = await approved(desk(), region.senior, caseId);
  await runDueJobs(edge.deps(), [...reportingHandlers, ...deliveryHandlers]);
  const version = await database.db.reportVersion.findFirstOrThrow({
    where: { reportId: report.id },
    include: { documents: true, deliveries: true },
  });
  const document = version.documents.find(({ form }) => form === 'pdf');
  const pdf = await edge.blobs.read(document?.blob ?? '');
  return { version, pdf: pdf.toString('latin1'), content: ReportContent.parse(version.content) };
}

test('what the reader signed is in every form, with the trace behind the report', async () => {
  const { caseId, ecg } = await recorded(aecgOf(recordedNow()));
  const { version, pdf, content } = await signed(caseId, ecg);
  expect(content.ecg).toEqual(ecg);
  expect(pdf.split(lying)).toHaveLength(2);
  const bundle = version.documents.find(({ form }) => form === 'fhir-bundle');
  const text = (await edge.blobs.read(bundle?.blob ?? '')).toString('utf8');
  expect(text).toContain('"code":"8636-3"');
});

test('the trace itself opens for every facility that has a part in the order, and for no other', async () => {
  const { orderId, caseId, ecg } = await recorded(dicomOf(recordedNow()));
  await signed(caseId, ecg);
  const asked = (by: Actor) => listTraces(edge.apiDeps(), ctxFor(by), { orderId, page: 1, pageSize: 20 });
  const samples = (by: Actor) => readSamples(edge.apiDeps(), ctxFor(by), { id: ecg.traceId, recording: 0 });
  const parties = [region.doctor, region.technician, villager, region.reader, region.senior];
  const first = await samples(region.reader);
  expect(first.leads.map(({ code }) => code)).toHaveLength(12);
  for (const party of parties) {
    expect((await asked(party)).rows.map(({ id }) => id)).toEqual([ecg.traceId]);
    expect(await readTrace(edge.apiDeps(), ctxFor(party), { id: ecg.traceId })).toMatchObject({ state: 'read' });
    expect(await samples(party)).toEqual(first);
  }
  for (const other of [region.outsider, region.strangerReader]) {
    expect(await asked(other)).toEqual({ rows: [], total: 0 });
    expect(await codeOf(readTrace(edge.apiDeps(), ctxFor(other), { id: ecg.traceId }))).toBe('not-found');
    expect(await codeOf(samples(other))).toBe('not-found');
  }
});

test('a trace that is damaged in the store holds no report up: its page says why', async () => {
  const { caseId, ecg } = await recorded(aecgOf(recordedNow()));
  const { place, size } = await edge.blobs.write(Readable.from([Buffer.alloc(3000, 7)]), { maxBytes: 4000 });
  const where = { sopInstanceUid: ecg.sopInstanceUid };
  await database.db.instance.update({ where, data: { blob: place, size } });
  expect(await readReportTrace(edge.deps(), ecg, 1)).toMatchObject({ kind: 'unreadable', why: 'damaged' });
  const { version, pdf } = await signed(caseId, ecg);
  expect(pdf.split(lying)).toHaveLength(2);
  expect(version.documents.map(({ form }) => form).toSorted()).toEqual(['fhir-bundle', 'pdf']);
});

test('a store that does not give the trace out is asked again for a while, and then the report goes without it', async () => {
  const { ecg } = await recorded(aecgOf(recordedNow()));
  const gone = { ...edge.blobs, read: () => Promise.reject(new Error('gone')) };
  const deps = { ...edge.deps(), blobs: gone };
  await expect(readReportTrace(deps, ecg, 1)).rejects.toThrow('gone');
  expect(await readReportTrace(deps, ecg, 4)).toEqual({ kind: 'unreadable', why: 'lost', where: '' });
});

test('a picture gives no page; an instance that is nowhere is said to be nowhere', async () => {
  const { caseId, ecg } = await recorded(pdfFile(1));
  expect(await readReportTrace(edge.deps(), ecg, 1)).toEqual({ kind: 'picture' });
  expect((await signed(caseId, ecg)).pdf.includes(lying)).toBe(false);
  const absent = ecgPart({ sopInstanceUid: '1.2.3.4' });
  expect(await readReportTrace(edge.deps(), absent, 1)).toEqual({ kind: 'unreadable', why: 'absent', where: '' });
});

test('of a long recording the page holds its beginning, filtered as a whole would be', async () => {
  const { ecg } = await recorded(dicomOf(recordedNow({ seconds: 90 })));
  const trace = await readReportTrace(edge.deps(), ecg, 1);
  if (trace.kind !== 'recording') throw new Error(trace.kind);
  expect(trace.durationMs).toBe(90_000);
  for (const { samples, samplingFrequency } of trace.leads) {
    expect(samples.length / samplingFrequency).toBeCloseTo(297 / 25, 2);
    expect(samples.every(Number.isFinite)).toBe(true);
  }
  expect(trace.filter).toEqual({ highPassHz: 0.05, lowPassHz: 150, notchHz: null });
});

test('an archive that takes DICOM is sent the structured report, which names the stored trace', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/dicom+json' }).end('{}');
    });
  });
  const port = await listenOn(server, 0);
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${port}`;
  const { id } = await givenDestination(database.db, region.township, 'dicomweb', { baseUrl });
  onTestFinished(async () => void (await database.db.destination.update({ where: { id }, data: { enabled: false } })));
  const { caseId, ecg } = await recorded(aecgOf(recordedNow()));
  const { version } = await signed(caseId, ecg);
  const sent = version.deliveries.find(({ destinationId }) => destinationId === id);
  expect(sent).toMatchObject({ state: 'accepted', answer: 'HTTP 200' });
  const instance = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: ecg.sopInstanceUid } });
  const parts = bodies[0]?.split('Content-Type: application/dicom') ?? [];
  expect(parts).toHaveLength(3);
  for (const named of [ecg.sopInstanceUid, instance.sopClassUid, instance.seriesInstanceUid, ecg.studyInstanceUid])
    expect(parts[2]).toContain(named);
});
