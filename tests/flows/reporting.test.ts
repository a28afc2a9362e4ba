import { createHash } from 'node:crypto';
import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { approveReport } from '../../server/api/reporting/approve-report.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { rejectReport } from '../../server/api/reporting/reject-report.ts';
import { saveDraft } from '../../server/api/reporting/save-draft.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { claimNext } from '../../server/api/worklist/claim-next.ts';
import { takeOverCase } from '../../server/api/worklist/take-over-case.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, opened, reportText, saved, signedReport, submitted, written } from '../factories/reading.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const resident = () => ctxFor(region.resident);
const attending = () => ctxFor(region.attending);
const caseOf = (id: string) =>
  database.db.case.findUniqueOrThrow({ where: { id }, include: { order: true, lease: true } });

describe('writing', () => {
  test('the first look of the holder begins the report; two looks begin one', async () => {
    const id = await readyCase(deps, region);
    expect(await codeOf(readReport(deps, attending(), { caseId: id }))).toBe('not-found');
    await claimCase(deps, resident(), { id });
    const looks = await Promise.all([1, 2, 3].map(() => readReport(deps, resident(), { caseId: id })));
    expect(new Set(looks.map((report) => report.id)).size).toBe(1);
    expect(looks[0]).toMatchObject({ state: 'draft', revision: 1, findings: '', versions: [] });
  });

  test('two windows cannot overwrite each other', async () => {
    const held = await opened(deps, region.resident, await readyCase(deps, region));
    const outcomes = await Promise.allSettled(
      ['一', '二'].map((findings) => saveDraft(deps, resident(), { ...held.signing, ...reportText({ findings }) })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [lost] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(lost).toMatchObject({ code: 'stale-revision', details: { expected: 1, found: 2 } });
  });

  test('after a take-over every write of the one before is lost, and the text stays', async () => {
    const id = await readyCase(deps, region);
    const held = await written(deps, region.resident, id, { findings: '写到一半' });
    await takeOverCase(deps, attending(), { id, reason: '交接' });
    const late = [
      saveDraft(deps, resident(), { ...held.signing, ...reportText() }),
      submitReport(deps, resident(), held.signing),
    ];
    for (const attempt of late.map((work) => codeOf(work))) expect(await attempt).toBe('lease-lost');
    expect((await readReport(deps, attending(), { caseId: id })).findings).toBe('写到一半');
  });

  test('a lease that ran out takes no text', async () => {
    const held = await opened(deps, region.resident, await readyCase(deps, region));
    clock.advance(91);
    expect(await codeOf(saveDraft(deps, resident(), { ...held.signing, ...reportText() }))).toBe('lease-lost');
  });

  test('what is missing is named before the writer may sign', async () => {
    const changes = { findings: '', impression: ' ', positive: null, critical: true };
    const { signing } = await written(deps, region.resident, await readyCase(deps, region), changes);
    const error = await refusalOf(submitReport(deps, resident(), signing));
    expect(error.code).toBe('bad-input');
    expect((error.details.fields as Array<{ field: string }>).map(({ field }) => field)).toEqual([
      ...['findings', 'impression', 'positive', 'criticalText'],
    ]);
  });

  test('warnings are shown and do not block', async () => {
    const id = await readyCase(deps, region, { exams: [{ examCode: region.hand.code, laterality: 'left' }] });
    const held = await written(deps, region.resident, id, {
      findings: '右手诸骨骨皮质连续。',
      impression: '未见骨折。',
    });
    expect(held.report.warnings).toMatchObject([{ code: 'side-mismatch' }]);
    const { id: studyId } = await database.db.study.findFirstOrThrow({
      where: { orderExam: { order: { case: { id } } } },
    });
    await database.db.study.update({ where: { id: studyId }, data: { revision: 2, lateInstances: 1 } });
    const seen = await readReport(deps, resident(), { caseId: id });
    expect(seen.warnings.map(({ code }) => code)).toEqual(['side-mismatch', 'late-images']);
    expect((await readReport(deps, ctxFor(region.resident, 'en'), { caseId: id })).warnings[0]?.text).toContain('left');
    const signed = await submitReport(deps, resident(), held.signing);
    // Signed with the late images before him: the reviewer is warned only of what comes after.
    expect(signed.warnings.map(({ code }) => code)).toEqual(['side-mismatch']);
  });
});

describe('the writer signs', () => {
  test('the case waits for its reviewer, nobody holds it, and again is no error', async () => {
    const id = await readyCase(deps, region);
    const { signing } = await written(deps, region.resident, id);
    const signed = await submitReport(deps, resident(), signing);
    expect(signed).toMatchObject({ state: 'submitted', writerName: region.resident.displayName, versions: [] });
    expect(await caseOf(id)).toMatchObject({ state: 'submitted', lease: null });
    expect((await submitReport(deps, resident(), signing)).revision).toBe(signed.revision);
    expect(await database.db.caseEvent.count({ where: { caseId: id, kind: 'submitted' } })).toBe(1);
  });
});

describe('four eyes', () => {
  test('the writer cannot review, by any door', async () => {
    const id = await readyCase(deps, region);
    const report = await submitted(deps, region.attending, id);
    expect(await codeOf(claimCase(deps, attending(), { id }))).toBe('same-person');
    expect(await codeOf(takeOverCase(deps, attending(), { id, reason: '无' }))).toBe('same-person');
    const { case: next } = await claimNext(deps, attending(), {
      query: { q: (await caseOf(id)).order.number },
      purpose: 'review',
    });
    expect(next).toBeNull();
    const signing = { id: report.id, revision: report.revision, leaseToken: report.id };
    expect(await codeOf(approveReport(deps, attending(), signing))).toBe('same-person');
    expect(await codeOf(rejectReport(deps, attending(), { ...signing, reason: '无' }))).toBe('same-person');
  });

  test('a resident cannot review, nor one without the role', async () => {
    const id = await readyCase(deps, region);
    await submitted(deps, region.attending, id);
    expect(await codeOf(claimCase(deps, resident(), { id }))).toBe('not-senior');
    expect(await codeOf(claimNext(deps, resident(), { query: {}, purpose: 'review' }))).toBe('not-senior');
    const reader = await given.account({ facility: region.county, roles: ['reader'], title: 'chief' });
    expect(await codeOf(claimCase(deps, ctxFor(reader), { id }))).toBe('forbidden');
    const juniorWithRole = await given.account({
      facility: region.county,
      roles: ['senior-reader'],
      title: 'resident',
    });
    expect(await codeOf(claimCase(deps, ctxFor(juniorWithRole), { id }))).toBe('not-senior');
  });

  test('a reviewer who is given the case reviews it exclusively', async () => {
    const id = await readyCase(deps, region);
    await submitted(deps, region.resident, id);
    const other = await given.account({ facility: region.county, roles: ['senior-reader'], title: 'chief' });
    const outcomes = await Promise.allSettled([attending(), ctxFor(other)].map((ctx) => claimCase(deps, ctx, { id })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('approving', () => {
  test('freezes the whole content under its hash, and goes to every party once', async () => {
    const report = await signedReport(deps, region, {}, { pairedFacilityId: region.paired.id });
    expect(report).toMatchObject({ state: 'final', warnings: [] });
    const [version] = report.versions;
    expect(version).toMatchObject({
      number: 1,
      kind: 'final',
      isReplaced: false,
      reviewerName: region.attending.displayName,
    });
    const view = await readVersion(deps, attending(), { id: version?.id ?? '' });
    expect(createHash('sha256').update(canonicalJson(view.content)).digest('hex')).toBe(view.contentHash);
    expect(view.content).toMatchObject({
      patient: { name: '张三', identifiers: [{ issuer: region.township.code }] },
      order: { requester: region.doctor.displayName, requestingFacility: { code: region.township.code } },
      exams: [{ studies: [{ instanceCount: 2, revision: 1 }] }],
      writer: { name: region.resident.displayName, title: 'resident' },
      reviewer: { name: region.attending.displayName, title: 'attending' },
    });
    const deliveries = await database.db.delivery.findMany({
      where: { versionId: view.id },
      include: { destination: true },
    });
    expect(deliveries.map(({ part, state }) => [part, state]).sort()).toEqual([
      ...[
        ['centre', 'waiting'],
        ['paired', 'waiting'],
        ['requester', 'waiting'],
        ['village', 'waiting'],
      ],
    ]);
    expect(deliveries.every(({ destination }) => destination.kind === 'inbox')).toBe(true);
    const promised = await database.db.outbox.findMany({ where: { kind: 'job', key: `render-${view.id}` } });
    expect(promised).toMatchObject([{ name: 'reporting.renderDocuments', payload: { versionId: view.id } }]);
    const done = await readOrder(deps, ctxFor(region.doctor), { id: view.content.order.id });
    expect(done).toMatchObject({
      state: 'completed',
      latestVersionId: view.id,
      hasUnreadResult: true,
      progress: { step: 'reported', waitsFor: 'nothing' },
    });
  });

  test('twenty clicks at once make one version', async () => {
    const id = await readyCase(deps, region);
    await submitted(deps, region.resident, id);
    const { signing } = await opened(deps, region.attending, id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => approveReport(deps, attending(), signing)));
    expect(new Set(answers.map((report) => report.versions[0]?.id)).size).toBe(1);
    const versions = await database.db.reportVersion.findMany({ where: { reportId: signing.id } });
    expect(versions).toHaveLength(1);
    expect(await database.db.delivery.count({ where: { versionId: versions[0]?.id } })).toBe(3);
    expect(
      await database.db.auditEntry.count({ where: { objectId: signing.id, action: 'reporting.reportApproved' } }),
    ).toBe(1);
  });

  test('every open destination of a party has its own delivery, a closed one none', async () => {
    const from = await given.facility();
    await given.agreement({ from, to: region.county });
    const doctor = await given.account({ facility: from, roles: ['requesting-doctor'] });
    const patient = await given.patient({ facility: from });
    const inbox = await given.inbox(from);
    const open = (kind: string, enabled: boolean) =>
      database.db.destination.create({ data: { facilityId: from.id, kind, name: kind, enabled } });
    const hl7 = await open('hl7-mllp', true);
    await open('fhir', false);
    const other = { ...region, township: from, doctor, patient };
    const report = await signedReport(deps, other);
    const rows = await database.db.delivery.findMany({
      where: { versionId: report.versions[0]?.id, facilityId: from.id },
    });
    expect(rows.map(({ destinationId }) => destinationId).sort()).toEqual([inbox.id, hl7.id].sort());
  });

  test('a party without an open destination has its inbox opened, once', async () => {
    const from = await given.facility();
    await given.agreement({ from, to: region.county });
    const doctor = await given.account({ facility: from, roles: ['requesting-doctor'] });
    const other = { ...region, township: from, doctor, patient: await given.patient({ facility: from }) };
    const inbox = await given.inbox(from);
    await database.db.destination.update({ where: { id: inbox.id }, data: { enabled: false } });
    const first = await readyCase(deps, other);
    const second = await readyCase(deps, other);
    for (const id of [first, second]) await submitted(deps, region.resident, id);
    await Promise.all([first, second].map((id) => approved(deps, region.attending, id)));
    expect(await database.db.destination.findMany({ where: { facilityId: from.id } })).toMatchObject([
      { id: inbox.id, enabled: true },
    ]);
    expect(await database.db.delivery.count({ where: { destinationId: inbox.id } })).toBe(2);
  });

  test('not over a revision that the reviewer has not seen', async () => {
    const id = await readyCase(deps, region);
    await submitted(deps, region.resident, id);
    const { signing } = await opened(deps, region.attending, id);
    expect(await codeOf(approveReport(deps, attending(), { ...signing, revision: signing.revision - 1 }))).toBe(
      'stale-revision',
    );
  });

  test('a text that is not the one signed is not approved', async () => {
    const id = await readyCase(deps, region);
    await submitted(deps, region.resident, id);
    const { signing } = await opened(deps, region.attending, id);
    await database.db.report.update({ where: { id: signing.id }, data: { impression: '被改动' } });
    expect(await codeOf(approveReport(deps, attending(), signing))).toBe('wrong-state');
  });

  test('what the reviewer mends is his, and the trail keeps both', async () => {
    const id = await readyCase(deps, region);
    await submitted(deps, region.resident, id);
    const held = await opened(deps, region.attending, id);
    const first = await saved(deps, region.attending, held, { impression: '心肺未见异常。' });
    const mended = await saved(deps, region.attending, first, { impression: '心肺膈未见异常。' });
    const { versions, state } = await approveReport(deps, attending(), mended.signing);
    expect(state).toBe('final');
    const { content } = await readVersion(deps, attending(), { id: versions[0]?.id ?? '' });
    expect(content).toMatchObject({ impression: '心肺膈未见异常。', writer: { id: region.resident.accountId } });
    const trail = await database.db.auditEntry.findMany({
      where: { objectId: held.signing.id, action: 'reporting.reportMended' },
    });
    expect(trail).toHaveLength(2);
    expect(await database.db.caseEvent.count({ where: { caseId: id, kind: 'edited-by-reviewer' } })).toBe(1);
  });

  test('a signed version cannot be changed, by anyone', async () => {
    const report = await signedReport(deps, region);
    const at = [report.versions[0]?.id];
    const change = (sql: string) => database.db.pool.query(sql, at);
    await expect(change(`UPDATE "ReportVersion" SET "contentHash" = 'x' WHERE "id" = $1`)).rejects.toThrow(
      'append-only',
    );
    await expect(change(`DELETE FROM "ReportVersion" WHERE "id" = $1`)).rejects.toThrow('append-only');
  });
});
