import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '../../server/api/context.ts';
import { problemFor, statusOf } from '../../server/api/http/problem.ts';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { amendReport } from '../../server/api/reporting/amend-report.ts';
import { approveReport } from '../../server/api/reporting/approve-report.ts';
import { documentRouter } from '../../server/api/reporting/document-routes.ts';
import { issuePreliminary } from '../../server/api/reporting/issue-preliminary.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { rejectReport } from '../../server/api/reporting/reject-report.ts';
import { listTemplates, removeTemplate, saveTemplate } from '../../server/api/reporting/report-templates.ts';
import { saveDraft } from '../../server/api/reporting/save-draft.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { releaseCase } from '../../server/api/worklist/release-case.ts';
import { returnCase } from '../../server/api/worklist/return-case.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, opened, reportText, saved, signedReport, written } from '../factories/reading.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database, movableClock());
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const resident = () => ctxFor(region.resident);
const attending = () => ctxFor(region.attending);
const doctor = () => ctxFor(region.doctor);
const versionOf = (report: { versions: Array<{ id: string }> }) => report.versions.at(-1)?.id ?? '';

describe('a correction', () => {
  const reason = '漏诊肋骨骨折';
  const corrected = { impression: '右侧第 5 肋骨骨折。', positive: true };

  test('replaces the version before it; who received that one receives this one', async () => {
    const first = await signedReport(deps, region, {}, { pairedFacilityId: region.paired.id });
    const amended = await amendReport(deps, resident(), { id: first.id, revision: first.revision, reason });
    expect(amended).toMatchObject({ state: 'draft', amendmentReason: reason, impression: '心肺膈未见明确异常。' });
    // Until it is approved, the signed version is the one in force, for everybody else.
    const during = await readReport(deps, doctor(), { caseId: first.caseId });
    expect(during).toMatchObject({ state: 'final', amendmentReason: null, versions: [{ isReplaced: false }] });
    const held = await opened(deps, region.resident, first.caseId);
    const { signing } = await saved(deps, region.resident, held, corrected);
    await submitReport(deps, resident(), signing);
    const second = await approved(deps, region.attending, first.caseId);
    expect(second.versions).toMatchObject([
      { number: 1, kind: 'final', isReplaced: true },
      { number: 2, kind: 'corrected', isReplaced: false },
    ]);
    const old = await readVersion(deps, doctor(), { id: first.versions[0]?.id ?? '' });
    expect(old).toMatchObject({
      isReplaced: true,
      replacedByNumber: 2,
      content: { impression: '心肺膈未见明确异常。' },
    });
    const { content } = await readVersion(deps, doctor(), { id: versionOf(second) });
    expect(content).toMatchObject({ ...corrected, kind: 'corrected', replacesVersion: 1, amendmentReason: reason });
    const receivers = async (versionId: string) =>
      (await database.db.delivery.findMany({ where: { versionId } })).map(({ destinationId }) => destinationId).sort();
    expect(await receivers(versionOf(second))).toEqual(await receivers(versionOf(first)));
    const order = await readOrder(deps, doctor(), { id: content.order.id });
    expect(order).toMatchObject({ state: 'completed', latestVersionId: versionOf(second) });
    expect(order.events.map(({ kind }) => kind)).toContain('amended');
  });

  test('of a correction is a chain, each link replaced once', async () => {
    let report = await signedReport(deps, region);
    for (let round = 2; round <= 4; round++) {
      await amendReport(deps, resident(), { id: report.id, revision: report.revision, reason });
      const { signing } = await saved(deps, region.resident, await opened(deps, region.resident, report.caseId), {
        impression: `第 ${round} 版`,
      });
      await submitReport(deps, resident(), signing);
      report = await approved(deps, region.attending, report.caseId);
    }
    expect(report.versions.map(({ number, kind, isReplaced }) => [number, kind, isReplaced])).toEqual([
      [1, 'final', true],
      [2, 'corrected', true],
      [3, 'corrected', true],
      [4, 'corrected', false],
    ]);
  });

  test('is begun once, by one; again is no error for him', async () => {
    const { id, revision, caseId } = await signedReport(deps, region);
    const outcomes = await Promise.allSettled(
      [resident(), attending()].map((ctx) => amendReport(deps, ctx, { id, revision, reason })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = outcomes[0]?.status === 'fulfilled' ? resident() : attending();
    expect((await amendReport(deps, winner, { id, revision, reason })).state).toBe('draft');
    expect(await database.db.caseEvent.count({ where: { caseId, kind: 'amended' } })).toBe(1);
  });

  test('that is let go waits in the queue, and is not sent back to the sender', async () => {
    const { id, revision, caseId } = await signedReport(deps, region);
    await amendReport(deps, resident(), { id, revision, reason });
    const { leaseToken } = await claimCase(deps, resident(), { id: caseId });
    const back = { id: caseId, leaseToken, kind: 'other', reason: '无' } as const;
    expect(await codeOf(returnCase(deps, resident(), back))).toBe('wrong-state');
    await releaseCase(deps, resident(), { id: caseId, leaseToken });
    expect((await readCase(deps, attending(), { id: caseId })).state).toBe('ready');
    const { orderId } = await database.db.case.findUniqueOrThrow({ where: { id: caseId } });
    expect((await readOrder(deps, doctor(), { id: orderId })).progress).toMatchObject({
      step: 'reported',
      waitsFor: 'reader',
    });
  });
});

describe('the document', () => {
  let blobs: BlobStore;
  let server: Server;
  let root: string;
  let caller: Ctx;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lianzhen-blobs-'));
    blobs = await openDirectoryBlobs(root);
    server = createServer((req, res) => {
      const next = (cause?: unknown) => {
        res.statusCode = statusOf(cause);
        res.end(JSON.stringify(problemFor(cause, '', 'zh')));
      };
      const router = documentRouter({ db: database.db, blobs });
      router(req as never, Object.assign(res, { locals: { ctx: caller } }) as never, next);
    }).listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    server.close();
    await blobs.close();
    await rm(root, { recursive: true, force: true });
  });
  const fetchAs = (ctx: Ctx, id: string) => {
    caller = ctx;
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report-versions/${id}/document.pdf`);
  };

  test('is not ready, then it is; only for the parties', async () => {
    const versionId = versionOf(await signedReport(deps, region));
    const early = await fetchAs(doctor(), versionId);
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await readVersion(deps, doctor(), { id: versionId })).pdfReady).toBe(false);
    const bytes = Buffer.from('%PDF-1.7 test');
    const { place: blob, sha256, size } = await blobs.write(one(bytes), { maxBytes: 1000 });
    await database.db.document.create({ data: { versionId, form: 'pdf', blob, sha256, size } });
    const ready = await fetchAs(doctor(), versionId);
    expect(ready.headers.get('content-type')).toBe('application/pdf');
    expect(ready.headers.get('content-disposition')).toMatch(/^inline; filename="[A-Za-z0-9-]+-v1\.pdf"$/);
    // What a browser's own viewer needs, and no script.
    const policy = ready.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "object-src 'self'", "frame-src 'self'"]) expect(policy).toContain(rule);
    expect(policy).not.toMatch(/script-src|sandbox/);
    expect(Buffer.from(await ready.arrayBuffer())).toEqual(bytes);
    expect((await readVersion(deps, doctor(), { id: versionId })).pdfReady).toBe(true);
    expect((await fetchAs(ctxFor(region.outsider), versionId)).status).toBe(404);
    expect((await fetchAs(doctor(), 'not-an-id')).status).toBe(404);
    const read = await database.db.auditEntry.findMany({
      where: { objectId: versionId, action: 'reporting.documentRead' },
    });
    expect(read.map(({ actorId }) => actorId)).toEqual([region.doctor.accountId]);
  });
});

describe('templates', () => {
  const body = {
    line: 'imaging',
    modality: 'DX',
    bodyPart: 'CHEST',
    name: '胸片',
    findings: '',
    impression: '',
    advice: '',
    kind: 'template',
  } as const;

  test('everybody’s, the centre’s and one’s own, for a modality and body part or any', async () => {
    const own = await saveTemplate(deps, resident(), { ...body, name: '我的' });
    await database.db.reportTemplate.createMany({
      data: [
        { ...body, name: '公用' },
        { ...body, name: '不限', modality: null, bodyPart: null },
        { ...body, name: '本中心', centreId: region.centre.id },
        { ...body, name: '另一部位', bodyPart: 'HAND' },
      ],
    });
    const names = async (ctx: Ctx) =>
      (await listTemplates(deps, ctx, { line: 'imaging', modality: 'DX', bodyPart: 'CHEST' }))
        .map(({ name }) => name)
        .sort();
    expect(await names(resident())).toEqual(['我的', '公用', '不限', '本中心'].sort());
    expect(await names(attending())).toEqual(['公用', '不限', '本中心'].sort());
    expect(await names(ctxFor(region.outsider))).toEqual(['公用', '不限'].sort());
    expect(own).toMatchObject({ isOwn: true, revision: 1 });
  });

  test('one’s own are changed by oneself, the centre’s by a senior, everybody’s by nobody', async () => {
    const { id } = await saveTemplate(deps, resident(), body);
    const changed = { ...body, id, revision: 1, name: '新名' };
    expect(await codeOf(saveTemplate(deps, attending(), changed))).toBe('not-found');
    expect(await saveTemplate(deps, resident(), changed)).toMatchObject({ name: '新名', revision: 2 });
    expect(await codeOf(saveTemplate(deps, resident(), changed))).toBe('stale-revision');
    const ours = await database.db.reportTemplate.create({ data: { ...body, centreId: region.centre.id } });
    const all = await database.db.reportTemplate.create({ data: body });
    expect(await codeOf(removeTemplate(deps, resident(), { id: ours.id }))).toBe('forbidden');
    expect(await codeOf(removeTemplate(deps, attending(), { id: all.id }))).toBe('forbidden');
    expect(await codeOf(removeTemplate(deps, ctxFor(region.outsider), { id: ours.id }))).toBe('not-found');
    expect(await removeTemplate(deps, attending(), { id: ours.id })).toEqual({ ok: true });
    expect(await removeTemplate(deps, resident(), { id })).toEqual({ ok: true });
  });
});

describe('another facility', () => {
  test('neither reads, writes nor signs', async () => {
    const signed = await signedReport(deps, region);
    const caseId = await readyCase(deps, region, { urgency: 'emergency' });
    const { signing } = await written(deps, region.resident, caseId);
    for (const person of [region.outsider, region.expert, region.doctor]) {
      const ctx = ctxFor(person);
      const attempts: Record<string, () => Promise<unknown>> = {
        ofCase: () => readReport(deps, ctx, { caseId }),
        saveDraft: () => saveDraft(deps, ctx, { ...signing, ...reportText() }),
        submit: () => submitReport(deps, ctx, signing),
        issuePreliminary: () => issuePreliminary(deps, ctx, signing),
        approve: () => approveReport(deps, ctx, signing),
        reject: () => rejectReport(deps, ctx, { ...signing, reason: '无' }),
        amend: () => amendReport(deps, ctx, { id: signed.id, revision: signed.revision, reason: '无' }),
      };
      if (person !== region.doctor) attempts.version = () => readVersion(deps, ctx, { id: versionOf(signed) });
      for (const [name, attempt] of Object.entries(attempts))
        expect([name, await codeOf(attempt())]).toEqual([name, expect.stringMatching(/^(forbidden|not-found)$/)]);
    }
  });

  test('a doctor of the centre’s own hospital sees what is signed, not what is written', async () => {
    const own = ctxFor(await given.account({ facility: region.county, roles: ['requesting-doctor'] }));
    const report = await signedReport(deps, region);
    expect(await readReport(deps, own, { caseId: report.caseId })).toMatchObject({ state: 'final', warnings: [] });
    const { caseId } = (await written(deps, region.resident, await readyCase(deps, region))).report;
    expect(await codeOf(readReport(deps, own, { caseId }))).toBe('not-found');
  });
});

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
