import { randomUUID } from 'node:crypto';
import type { Role } from '@lianzhen/contracts/access.ts';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { type DeskDeps, readyCase } from '../factories/asking.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { type Caller, logIn } from '../factories/hub-client.ts';
import { password, someoneWithPassword } from '../factories/people.ts';
import { opened, reportText, signedReport } from '../factories/reading.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const edge = withEdge(database, withRedis());
const { worklist, reporting, orders, imaging, delivery, identity } = hubContract;
const deps = (): DeskDeps => edge.deps as unknown as DeskDeps;
let region: Region;
/** The radiologists of the county hospital, its ECG readers, one whom nobody gave a centre, and a doctor who reads as well. */
let radiologist: Caller;
let ecg: Caller;
let nowhere: Caller;
let admin: Caller;
let ecgId: string;
/** What the imaging centre has: a case to read, one that is read, one that is signed; what only its people may know. */
let ready: string;
let held: { caseId: string; reportId: string; revision: number; leaseToken: string };
let signed: { caseId: string; reportId: string; revision: number; versionId: string };
let study: { id: string; uid: string };
let stray: { id: string; uid: string };
let orderExamId: string;
let imagingId: string;
let ecgCentreId: string;

async function somebody(roles: Role[], centreIds: string[]): Promise<[caller: Caller, accountId: string]> {
  const options = { facility: region.county, roles, title: 'chief' as const, centreIds };
  const { username, accountId } = await someoneWithPassword(database, given, options);
  return [await logIn(edge.url, username, password), accountId];
}

beforeAll(async () => {
  region = await given.region();
  const { db } = database;
  imagingId = region.centre.id;
  ecgCentreId = (await db.centre.create({ data: { facilityId: region.county.id, line: 'ecg', name: '心电中心' } })).id;
  [radiologist] = await somebody(['reader', 'senior-reader'], [imagingId]);
  [ecg, ecgId] = await somebody(['reader', 'senior-reader'], [ecgCentreId]);
  [nowhere] = await somebody(['reader', 'senior-reader'], []);
  [admin] = await somebody(['facility-admin'], []);

  ready = await readyCase(deps(), region);
  const caseId = await readyCase(deps(), region);
  const { report, signing } = await opened(deps(), region.resident, caseId);
  held = { caseId, reportId: report.id, revision: report.revision, leaseToken: signing.leaseToken };
  const inbox = await given.inbox(region.county);
  const view = await signedReport(deps(), region);
  const versionId = view.versions[0]?.id ?? '';
  signed = { caseId: view.caseId, reportId: view.id, revision: view.revision, versionId };
  await db.delivery.updateMany({ where: { destinationId: inbox.id }, data: { state: 'accepted' } });
  const exam = await db.orderExam.findFirstOrThrow({ where: { order: { case: { id: ready } } } });
  const ordered = await db.study.findFirstOrThrow({ where: { orderExamId: exam.id } });
  orderExamId = exam.id;
  study = { id: ordered.id, uid: ordered.studyInstanceUid };
  const uid = '1.2.826.0.1.3680043.10.998.1';
  const from = { facilityId: region.county.id, studyInstanceUid: uid };
  stray = { id: (await db.study.create({ data: { ...from, state: 'unmatched', instanceCount: 1 } })).id, uid };
});
const found = async (who: Caller, path: string) => {
  const answer = await who.fetch(`/dicomweb${path}`, { headers: { accept: 'application/dicom+json' } });
  return { status: answer.status, text: await answer.text() };
};
const page = { page: 1, pageSize: 50 };
const codeFor = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    ({ code }: { code: string }) => code,
  );

describe('the queue of the imaging centre', () => {
  test('is the radiologist’s, and neither the ECG reader’s nor nobody’s, who are told why', async () => {
    const own = await radiologist.call(worklist.list, page);
    expect(own.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([ready, held.caseId]));
    expect(own.centres).toMatchObject([{ id: imagingId, line: 'imaging' }]);
    for (const centreId of [undefined, imagingId]) {
      const others = await ecg.call(worklist.list, { ...page, ...(centreId ? { centreId } : {}) });
      expect(others).toMatchObject({ rows: [], total: 0, counts: {}, centres: [{ id: ecgCentreId, line: 'ecg' }] });
    }
    expect(await nowhere.call(worklist.list, page)).toMatchObject({ rows: [], total: 0, counts: {}, centres: [] });
  });

  test('has no next case for them, whatever they filter by', async () => {
    for (const who of [ecg, nowhere])
      for (const query of [{}, { centreId: imagingId }, { q: '张三' }, { mine: true }])
        for (const purpose of ['read', 'review'] as const)
          expect(await who.call(worklist.next, { query, purpose })).toEqual({ case: null });
    expect(await database.db.case.findUniqueOrThrow({ where: { id: ready } })).toMatchObject({ state: 'ready' });
  });

  test.each([
    ['read', (who: Caller) => who.call(worklist.read, { id: ready })],
    ['claim', (who: Caller) => who.call(worklist.claim, { id: ready })],
    ['take over', (who: Caller) => who.call(worklist.takeOver, { id: held.caseId, reason: '我来' })],
    ['return', (who: Caller) => who.call(worklist.returnCase, { id: ready, kind: 'other', reason: '退回去' })],
    ['beat', (who: Caller) => who.call(worklist.heartbeat, { id: held.caseId, leaseToken: held.leaseToken })],
    ['release', (who: Caller) => who.call(worklist.release, { id: held.caseId, leaseToken: held.leaseToken })],
  ])('cannot be touched: %s', async (_, act) => {
    for (const who of [ecg, nowhere]) expect(await codeFor(act(who))).toBe('not-found');
    const { state, lease } = await database.db.case.findUniqueOrThrow({
      where: { id: held.caseId },
      include: { lease: true },
    });
    expect([state, lease?.token]).toEqual(['reading', held.leaseToken]);
  });
});

describe('its reports', () => {
  const signing = () => ({ id: held.reportId, revision: held.revision, leaseToken: held.leaseToken });
  test.each([
    ['read what is written', (who: Caller) => who.call(reporting.ofCase, { caseId: held.caseId })],
    ['read what is signed', (who: Caller) => who.call(reporting.ofCase, { caseId: signed.caseId })],
    ['write', (who: Caller) => who.call(reporting.saveDraft, { ...signing(), ...reportText() })],
    ['sign', (who: Caller) => who.call(reporting.submit, signing())],
    ['issue', (who: Caller) => who.call(reporting.issuePreliminary, signing())],
    ['approve', (who: Caller) => who.call(reporting.approve, signing())],
    ['reject', (who: Caller) => who.call(reporting.reject, { ...signing(), reason: '不对' })],
    [
      'amend',
      (who: Caller) =>
        who.call(reporting.amend, { id: signed.reportId, revision: signed.revision, reason: '更正结论' }),
    ],
    ['abandon', (who: Caller) => who.call(reporting.abandon, signing())],
    ['read a version', (who: Caller) => who.call(reporting.version, { id: signed.versionId })],
  ])('cannot be touched: %s', async (_, act) => {
    for (const who of [ecg, nowhere]) expect(await codeFor(act(who))).toBe('not-found');
    const { revision } = await database.db.report.findUniqueOrThrow({ where: { id: held.reportId } });
    expect(revision).toBe(held.revision);
  });

  test('do not come out by the inbox, the ledger or as a document; the radiologist has them', async () => {
    const pdf = `/api/report-versions/${signed.versionId}/document.pdf`;
    for (const who of [ecg, nowhere]) {
      expect(await who.call(delivery.inbox, page)).toMatchObject({ rows: [], total: 0, unread: 0 });
      expect(await who.call(delivery.list, page)).toMatchObject({ rows: [], total: 0, counts: {} });
      expect((await who.fetch(pdf)).status).toBe(404);
    }
    expect((await radiologist.call(delivery.inbox, page)).rows).toHaveLength(1);
    expect((await radiologist.call(delivery.list, page)).total).toBeGreaterThan(0);
    expect((await radiologist.call(reporting.version, { id: signed.versionId })).id).toBe(signed.versionId);
  });

  test('lend their templates to nobody else', async () => {
    const data = { centreId: imagingId, line: 'imaging', name: '胸片正常', findings: '…', impression: '…' };
    const { id } = await database.db.reportTemplate.create({ data });
    const idsFor = async (who: Caller) =>
      (await who.call(reporting.templates, { line: 'imaging' })).map((template) => template.id);
    expect(await idsFor(radiologist)).toContain(id);
    expect(await idsFor(ecg)).not.toContain(id);
    expect(await codeFor(ecg.call(reporting.removeTemplate, { id }))).toBe('not-found');
  });
});

describe('its orders and images', () => {
  test('are not listed and not found', async () => {
    const { orderId } = await database.db.case.findUniqueOrThrow({ where: { id: ready } });
    for (const who of [ecg, nowhere]) {
      expect(await who.call(orders.list, page)).toMatchObject({ rows: [], total: 0 });
      expect(await codeFor(who.call(orders.read, { id: orderId }))).toBe('not-found');
      expect(await who.call(imaging.studies, page)).toMatchObject({ rows: [], total: 0 });
    }
    expect((await radiologist.call(orders.list, page)).total).toBe(3);
    expect((await radiologist.call(imaging.studies, page)).rows.map(({ id }) => id)).toContain(stray.id);
  });

  test('do not come out by QIDO-RS or WADO-RS, ordered or not', async () => {
    for (const { uid } of [study, stray]) {
      const query = `/studies?StudyInstanceUID=${uid}`;
      expect((await found(radiologist, query)).text).toContain(uid);
      for (const who of [ecg, nowhere]) {
        expect((await found(who, query)).text).not.toContain(uid);
        for (const path of ['/series', '/instances'])
          expect((await found(who, `/studies/${uid}${path}`)).text).toBe('[]');
        for (const path of ['', '/metadata', '/series/1.2/instances/1.3/frames/1'])
          expect((await found(who, `/studies/${uid}${path}`)).status).toBe(404);
      }
    }
  });

  test('are not attached, detached or decided about', async () => {
    const reason = '应当属于这个申请';
    const kind = { kind: 'demographics', facilityId: region.county.id, studyInstanceUid: study.uid };
    const item = await database.db.quarantineItem.create({ data: { ...kind, studyId: study.id, orderExamId } });
    for (const who of [ecg, nowhere]) {
      expect(await codeFor(who.call(imaging.attachStudy, { id: stray.id, orderExamId, reason }))).toBe('not-found');
      expect(await codeFor(who.call(imaging.detachStudy, { id: study.id, reason }))).toBe('not-found');
      expect(await who.call(imaging.quarantine, page)).toMatchObject({ rows: [], total: 0 });
      const decision = { id: item.id, decision: 'reject', reason } as const;
      expect(await codeFor(who.call(imaging.decideQuarantine, decision))).toBe('not-found');
    }
    expect((await radiologist.call(imaging.quarantine, page)).rows.map(({ id }) => id)).toContain(item.id);
  });
});

describe('a way into the centre', () => {
  test('is not opened by the reader himself, nor by an admin for a stranger’s centre', async () => {
    const set = (who: Caller, centreIds: string[]) =>
      codeFor(who.call(identity.setAccount, { id: ecgId, facilityId: region.county.id, centreIds }));
    expect(await set(ecg, [imagingId])).toBe('forbidden');
    const strange = await database.db.centre.findFirstOrThrow({ where: { facilityId: region.stranger.id } });
    for (const centreIds of [[strange.id], [randomUUID()]]) expect(await set(admin, centreIds)).toBe('bad-input');
    const member = { accountId: ecgId };
    expect(await database.db.centreMember.findMany({ where: member })).toMatchObject([{ centreId: ecgCentreId }]);
  });

  test('is opened by the admin, and closed again, from one request to the next', async () => {
    const set = (centreIds: string[]) =>
      admin.call(identity.setAccount, { id: ecgId, facilityId: region.county.id, centreIds });
    expect((await set([ecgCentreId, imagingId])).centreIds.sort()).toEqual([ecgCentreId, imagingId].sort());
    expect((await ecg.call(worklist.read, { id: ready })).id).toBe(ready);
    expect((await found(ecg, `/studies?StudyInstanceUID=${study.uid}`)).text).toContain(study.uid);
    await set([ecgCentreId]);
    expect(await codeFor(ecg.call(worklist.read, { id: ready }))).toBe('not-found');
    expect((await found(ecg, `/studies?StudyInstanceUID=${study.uid}`)).text).not.toContain(study.uid);
  });
});
