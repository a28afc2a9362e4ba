import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import { reportLayout } from '@lianzhen/contracts/report-layout.ts';
import { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { RoomFact } from '@lianzhen/contracts/room-signals.ts';
import { beforeAll, expect, test } from 'vitest';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import { contentHash } from '../../server/api/reporting/report-hash.ts';
import { evidenceHandlers } from '../../workers/consultation/evidence/handlers.ts';
import type { HandlerEntry } from '../../workers/deps.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { type ConsultingRegion, consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam } from '../factories/imaging-order.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';
import { givenDestination } from '../factories/signed-version.ts';
import { runDueJobs } from '../factories/worker.ts';

const hasPdftotext = spawnSync('pdftotext', ['-v']).status === 0;
if (!hasPdftotext) console.log('skipped: no pdftotext (poppler-utils), the text of the PDF is not read back');
const database = withDatabase();
const edge = withImagingEdge(database);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, givenIn(database));
  await givenDestination(database.db, region.county, 'hl7-mllp', { host: '127.0.0.1', port: 9, timeoutMs: 1000 });
});
const desk = () => deskDeps(database, edge.clock);
/** Where documents go is of no matter here. */
const keptHere: HandlerEntry = { job: sendDocument, handle: async () => undefined };
const work = async () => {
  for (let round = 0; round < 2; round++) {
    await runDueJobs(edge.deps(), [...imagingHandlers, ...evidenceHandlers, ...reportingHandlers, keptHere]);
    edge.clock.advance(120_000);
  }
};

/** A live consultation over two images, its room's words, and the opinion written but not signed. */
async function session() {
  const { exam } = await orderedExam(database, edge, region);
  const files = imagesFor(exam.accessionNumber, { instances: 2, rows: 64, columns: 64 });
  await edge.stow(
    machineOf(region.township, ['studies:send']),
    files.map(({ bytes }) => bytes),
  );
  await work();
  const study = await database.db.study.findFirstOrThrow({ where: { orderExamId: exam.id } });
  const images = await database.db.instance.findMany({
    where: { studyInstanceUid: study.studyInstanceUid },
    orderBy: { number: 'asc' },
  });
  const attachments = { studyIds: [study.id], orderIds: [exam.orderId], versionIds: [] };
  const { id } = await live(desk(), region, { attachments });
  const text = { findings: '右下肺结节。', opinion: '考虑周围型肺癌。', advice: '' };
  let { revision } = await saveOpinion(desk(), ctxFor(region.first), { id, revision: 1, ...text });
  let seq = 100;
  const marked = (at: number, changes: object = {}): RoomFact => ({
    kind: 'marked',
    mark: {
      ...{ id: randomUUID(), kind: 'length', text: '', calibration: 'patient', frame: 1 },
      points: [
        { x: 4, y: 5 },
        { x: 40, y: 50 },
      ],
      values: [{ name: 'length', value: 57.63, unit: 'mm' }],
      studyUid: study.studyInstanceUid,
      seriesUid: images[at]?.seriesInstanceUid ?? '',
      sopInstanceUid: images[at]?.sopInstanceUid ?? '',
      ...changes,
    },
  });
  return {
    ...{ id, study, marked },
    said: async (what: RoomFact, name = '何专家') => {
      seq += 1;
      const row = { consultationId: id, seq, at: edge.clock.now(), kind: what.kind, peerId: null };
      await database.db.roomEntry.create({ data: { ...row, seatId: randomUUID(), name, what } });
    },
    sign: async () => {
      const view = await signOpinion(desk(), ctxFor(region.first), { id, revision });
      revision = view.revision;
      return view.versions.at(-1)?.id ?? '';
    },
    made: () =>
      database.db.instance.findMany({
        where: { door: 'consultation', studyInstanceUid: study.studyInstanceUid },
        include: { series: true },
      }),
  };
}

const contentOf = async (versionId: string) => {
  const row = await database.db.reportVersion.findUniqueOrThrow({ where: { id: versionId } });
  return { content: ReportContent.parse(row.content), hash: row.contentHash };
};
const form = async (versionId: string, name: string): Promise<Buffer> => {
  const { blob } = await database.db.document.findFirstOrThrow({ where: { versionId, form: name } });
  return edge.blobs.read(blob);
};
const pdfText = async (versionId: string): Promise<string> =>
  spawnSync('pdftotext', ['-raw', '-', '-'], { input: await form(versionId, 'pdf'), encoding: 'utf8' }).stdout;

test('an opinion is not signed before its marks are in objects, and names exactly those that are kept', async () => {
  const { said, marked, sign, made, study } = await session();
  await said(marked(0));
  await said(marked(1, { kind: 'arrow', values: [], text: '毛刺' }), '李文军');
  expect(await codeOf(sign())).toBe('marks-unsaved');
  expect(await made()).toEqual([]);
  await work();
  const versionId = await sign();
  await work();
  const { content, hash } = await contentOf(versionId);
  const evidence = content.consultation?.evidence;
  const kept = await made();
  expect(kept).toHaveLength(3);
  expect(evidence?.objects.map(({ sopInstanceUid }) => sopInstanceUid).sort()).toEqual(
    kept.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
  );
  for (const { sopInstanceUid, ...object } of evidence?.objects ?? []) {
    const row = kept.find((one) => one.sopInstanceUid === sopInstanceUid);
    expect(object).toMatchObject({ studyInstanceUid: study.studyInstanceUid, sopClassUid: row?.sopClassUid });
    expect(object).toMatchObject({ modality: row?.series?.modality, seriesInstanceUid: row?.seriesInstanceUid });
  }
  const counts = Object.fromEntries(evidence?.objects.map(({ modality, count }) => [modality, count]) ?? []);
  expect(counts).toEqual({ PR: 2, KO: 2, SR: 1 });
  expect(contentHash(content)).toBe(hash);
  const altered = structuredClone(content);
  altered.consultation?.evidence?.objects.pop();
  expect(contentHash(altered)).not.toBe(hash);

  const lines = ['何专家 长度测量 序列 1 图像 1：长度 57.63 mm', '李文军 箭头 序列 1 图像 2：毛刺'];
  const uids = kept.map(({ sopInstanceUid }) => sopInstanceUid);
  const screen = JSON.stringify(reportLayout(content, 'zh').sections.filter(({ key }) => key === 'evidence'));
  const hl7 = (await form(versionId, 'hl7-oru')).toString('utf8').split('\r');
  const fhir = (await form(versionId, 'fhir-bundle')).toString('utf8');
  for (const said of [...lines, ...uids]) {
    expect(screen).toContain(said);
    expect(hl7.some((line) => line.startsWith('OBX|') && line.includes(said))).toBe(true);
    expect(fhir).toContain(said);
  }
  if (hasPdftotext) {
    const text = await pdfText(versionId);
    expect(text).toContain('标注与测量');
    expect(text).toContain('DICOM 测量报告（1 项测量）');
    for (const said of [...lines, ...uids]) expect(text).toContain(said);
  }
});

test('FHIR: the report refers to the objects as a study inside it, and to each mark', async () => {
  const { said, marked, sign, study } = await session();
  await said(marked(0));
  await codeOf(sign());
  await work();
  const versionId = await sign();
  await work();
  const bundle = JSON.parse((await form(versionId, 'fhir-bundle')).toString('utf8')) as {
    entry: Array<{ resource: { resourceType: string; contained?: unknown[] } }>;
  };
  const report = bundle.entry.map(({ resource }) => resource).find((one) => one.resourceType === 'DiagnosticReport');
  expect(report).toMatchObject({
    imagingStudy: expect.arrayContaining([{ reference: '#evidence-1' }]),
    result: expect.arrayContaining([{ reference: '#mark-1' }]),
    contained: expect.arrayContaining([
      expect.objectContaining({
        ...{ resourceType: 'ImagingStudy', id: 'evidence-1' },
        identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${study.studyInstanceUid}` }],
      }),
    ]),
  });
});

test('a mark after the objects is waited for; one that was taken away is not in it', async () => {
  const { said, marked, sign } = await session();
  const first = marked(0);
  await said(first);
  await codeOf(sign());
  await work();
  await said(marked(1, { text: '晚到' }));
  await said({ kind: 'unmarked', id: first.kind === 'marked' ? first.mark.id : '' });
  expect(await codeOf(sign())).toBe('marks-unsaved');
  await work();
  const { content } = await contentOf(await sign());
  const evidence = content.consultation?.evidence;
  expect(evidence?.marks.map(({ text }) => text)).toEqual(['晚到']);
  // Of the objects only the last of each kind: those with the mark that was taken away are not what it rests on.
  expect(evidence?.objects.map(({ modality, count }) => `${modality} ${count}`).sort()).toEqual([
    'KO 2',
    'PR 1',
    'SR 1',
  ]);
});

test('without marks, or with marks on images that are not there, it is signed at once and looks as before', async () => {
  const { said, marked, sign } = await session();
  await said(marked(0, { sopInstanceUid: '1.2.3.4' }));
  const versionId = await sign();
  await work();
  const { content } = await contentOf(versionId);
  expect(content.consultation).not.toHaveProperty('evidence');
  expect(reportLayout(content, 'zh').sections.map(({ key }) => key)).not.toContain('evidence');
  expect((await form(versionId, 'hl7-oru')).toString('utf8')).not.toMatch(/CONSULTATION-MARK|EVIDENCE-/);
  if (hasPdftotext) expect(await pdfText(versionId)).not.toContain('标注与测量');
});
