import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import { beforeEach, expect, test } from 'vitest';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { abandonCorrection } from '../../server/api/reporting/abandon-correction.ts';
import { amendReport } from '../../server/api/reporting/amend-report.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { rejectReport } from '../../server/api/reporting/reject-report.ts';
import { saveDraft } from '../../server/api/reporting/save-draft.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { releaseCase } from '../../server/api/worklist/release-case.ts';
import { takeOverCase } from '../../server/api/worklist/take-over-case.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, type GivenAccount, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, opened, reportText, saved, signedReport } from '../factories/reading.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
const corrected = { findings: '右侧第 5 肋骨皮质不连续。', impression: '右侧第 5 肋骨骨折。', positive: true };
let region: Region;
let signed: ReportView;
beforeEach(async () => {
  region = await given.region();
  signed = await signedReport(deps, region);
});

/** A correction that this person has begun and written something in. */
async function correctionBy(person: GivenAccount, report = signed) {
  const { id, revision, caseId } = report;
  await amendReport(deps, ctxFor(person), { id, revision, reason: '漏诊肋骨骨折' });
  return saved(deps, person, await opened(deps, person, caseId), corrected);
}
const abandon = (person: GivenAccount, signing: Parameters<typeof abandonCorrection>[2]) =>
  abandonCorrection(deps, ctxFor(person), signing);
const versionRows = () => database.db.reportVersion.findMany({ where: { reportId: signed.id } });
const rowOf = async () => {
  const { revision, updatedAt, ...row } = await database.db.report.findUniqueOrThrow({ where: { id: signed.id } });
  return row;
};

test('given up by who began it: the signed version is all there is, and every screen looks again', async () => {
  const [before, versions] = [await rowOf(), await versionRows()];
  const { dueAt } = await database.db.case.findUniqueOrThrow({ where: { id: signed.caseId } });
  clock.advance(60);
  const { signing } = await correctionBy(region.resident);
  const view = await abandon(region.resident, signing);
  expect(view).toMatchObject({ state: 'final', amendmentReason: null, amendedById: null, versions: signed.versions });
  expect(await rowOf()).toEqual(before);
  expect(await versionRows()).toEqual(versions);
  const kase = await readCase(deps, ctxFor(region.attending), { id: signed.caseId });
  expect(kase).toMatchObject({ state: 'reported', holder: null, dueAt: dueAt?.toISOString() });
  expect(kase.events.at(-1)).toMatchObject({ kind: 'correction-abandoned', byName: region.resident.displayName });
  const { counts } = await listCases(deps, ctxFor(region.attending), {
    ...{ page: 1, pageSize: 5, q: '', sort: 'priority', direction: 'asc' },
  });
  expect(counts).toEqual({ reported: 1 });
  const order = await readOrder(deps, ctxFor(region.doctor), { id: kase.orderId });
  expect(order).toMatchObject({ state: 'completed', progress: { step: 'reported', waitsFor: 'nothing' } });
  const told = await database.db.outbox.findMany({ orderBy: { id: 'desc' }, take: 3 });
  expect(told.map(({ name }) => name).sort()).toEqual(['case', 'order', 'report']);
  const entry = await database.db.auditEntry.findFirstOrThrow({
    where: { objectId: signed.id, action: 'reporting.correctionAbandoned' },
  });
  expect(entry).toMatchObject({
    actorId: region.resident.accountId,
    detail: { discarded: expect.stringMatching(/^\w{64}$/), inForce: versions[0]?.contentHash },
  });
  // A second click says what the first one did, and a new correction begins from the signed text.
  expect(await abandon(region.resident, signing)).toMatchObject({ state: 'final', revision: view.revision });
  const again = await amendReport(deps, ctxFor(region.resident), {
    id: view.id,
    revision: view.revision,
    reason: '再',
  });
  expect(again).toMatchObject({ impression: signed.impression, amendedById: region.resident.accountId });
});

test('of a corrected report: the correction before it is in force, with its reason', async () => {
  const { signing } = await correctionBy(region.resident);
  await submitReport(deps, ctxFor(region.resident), signing);
  const second = await approved(deps, region.attending, signed.caseId);
  const before = await rowOf();
  const held = await correctionBy(region.attending, second);
  expect(await abandon(region.attending, held.signing)).toMatchObject({
    ...corrected,
    ...{ state: 'final', writerId: region.resident.accountId, amendmentReason: '漏诊肋骨骨折' },
  });
  expect(await rowOf()).toEqual(before);
});

test('somebody else’s: a senior reader who holds it may, a junior may not, and nobody without holding it', async () => {
  const { signing } = await correctionBy(region.attending);
  const inHand = (leaseToken: string) => ({ ...signing, leaseToken });
  expect(await codeOf(abandon(region.resident, signing))).toBe('lease-lost');
  await releaseCase(deps, ctxFor(region.attending), { id: signed.caseId, leaseToken: signing.leaseToken });
  expect(await codeOf(abandon(region.attending, signing))).toBe('lease-lost');
  const { leaseToken } = await claimCase(deps, ctxFor(region.resident), { id: signed.caseId });
  expect(await codeOf(abandon(region.resident, inHand(leaseToken)))).toBe('forbidden');
  for (const person of [region.outsider, region.doctor])
    expect(await codeOf(abandon(person, inHand(leaseToken)))).toMatch(/^(forbidden|not-found)$/);
  const senior = await given.account({
    ...{ facility: region.county, roles: ['senior-reader'], title: 'chief' },
  });
  const taken = await takeOverCase(deps, ctxFor(senior), { id: signed.caseId, reason: '不需要更正' });
  expect(await abandon(senior, inHand(taken.leaseToken))).toMatchObject({ state: 'final' });
  expect(await codeOf(saveDraft(deps, ctxFor(region.resident), { ...inHand(leaseToken), ...reportText() }))).toBe(
    'lease-lost',
  );
});

test('not once it is submitted for review; again once the reviewer has sent it back', async () => {
  const { signing } = await correctionBy(region.resident);
  await submitReport(deps, ctxFor(region.resident), signing);
  expect(await codeOf(abandon(region.resident, signing))).toBe('wrong-state');
  const review = await opened(deps, region.attending, signed.caseId);
  expect(await codeOf(abandon(region.attending, review.signing))).toBe('wrong-state');
  await rejectReport(deps, ctxFor(region.attending), { ...review.signing, reason: '无需更正' });
  const back = await opened(deps, region.resident, signed.caseId);
  expect(back.report).toMatchObject({ state: 'rejected', amendedById: region.resident.accountId });
  expect(await abandon(region.resident, back.signing)).toMatchObject({ state: 'final', rejectedReason: null });
});

test('a report that was never signed, and one that is signed, have nothing to give up', async () => {
  const { revision } = await readReport(deps, ctxFor(region.resident), { caseId: signed.caseId });
  const stranger = { id: signed.id, revision, leaseToken: crypto.randomUUID() };
  expect(await codeOf(abandon(region.resident, stranger))).toBe('wrong-state');
  const { signing } = await correctionBy(region.resident);
  expect(await codeOf(abandon(region.resident, { ...signing, revision: signing.revision - 1 }))).toBe('stale-revision');
});

test('given up and submitted at once: one of the two happens, the other is told', async () => {
  for (let round = 0; round < 5; round++) {
    const report = await signedReport(deps, region);
    const { signing } = await correctionBy(region.resident, report);
    const [given, sent] = await Promise.allSettled([
      abandon(region.resident, signing),
      submitReport(deps, ctxFor(region.resident), signing),
    ]);
    const after = await database.db.report.findUniqueOrThrow({ where: { id: report.id } });
    const kase = await database.db.case.findUniqueOrThrow({ where: { id: report.caseId } });
    const isGivenUp = given.status === 'fulfilled';
    expect([after.state, kase.state]).toEqual(isGivenUp ? ['final', 'reported'] : ['submitted', 'submitted']);
    const lost = isGivenUp ? sent : given;
    expect(lost).toMatchObject({
      status: 'rejected',
      reason: { code: expect.stringMatching(/^(lease-lost|wrong-state)$/) },
    });
    expect(await database.db.caseLease.count({ where: { caseId: report.caseId } })).toBe(0);
    expect(await database.db.reportVersion.count({ where: { reportId: report.id } })).toBe(1);
  }
});
