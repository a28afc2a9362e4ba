import { beforeAll, describe, expect, test } from 'vitest';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { issuePreliminary } from '../../server/api/reporting/issue-preliminary.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { rejectReport } from '../../server/api/reporting/reject-report.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { claimNext } from '../../server/api/worklist/claim-next.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, opened, saved, submitted, written } from '../factories/reading.ts';
import { refusalOf } from '../factories/refusals.ts';
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

describe('rejecting', () => {
  test('the report goes back to its writer first, with the reason', async () => {
    const id = await readyCase(deps, region);
    const { order } = await caseOf(id);
    await submitted(deps, region.resident, id);
    const { signing } = await opened(deps, region.attending, id);
    const rejected = await rejectReport(deps, attending(), { ...signing, reason: '请描述肋骨' });
    expect(rejected).toMatchObject({ state: 'rejected', rejectedReason: '请描述肋骨' });
    const next = (ctx: ReturnType<typeof ctxFor>) =>
      claimNext(deps, ctx, { query: { q: order.number }, purpose: 'read' });
    expect((await next(attending())).case).toBeNull();
    const back = (await next(resident())).case;
    expect(back).toMatchObject({ id, state: 'reading' });
    const seen = await readReport(deps, resident(), { caseId: id });
    const again = {
      report: seen,
      signing: { id: seen.id, revision: seen.revision, leaseToken: back?.leaseToken ?? '' },
    };
    const { signing: mended } = await saved(deps, region.resident, again, { findings: '肋骨未见骨折。双肺清晰。' });
    expect(await submitReport(deps, resident(), mended)).toMatchObject({ state: 'submitted', rejectedReason: null });
    expect((await approved(deps, region.attending, id)).state).toBe('final');
    // The words of a reviewer to a writer are not the sender's business.
    const { events } = await readOrder(deps, ctxFor(region.doctor), { id: order.id });
    expect(events.map(({ kind }) => kind)).not.toContain('rejected');
  });
});

describe('an emergency', () => {
  test('goes out before its review, still owes the final, and is replaced by it', async () => {
    const id = await readyCase(deps, region, { urgency: 'emergency' });
    const { signing } = await written(deps, region.resident, id, {
      impression: '右侧气胸。',
      positive: true,
      critical: true,
      criticalText: '右侧气胸',
    });
    const issued = await issuePreliminary(deps, resident(), signing);
    expect(issued.versions).toMatchObject([{ kind: 'preliminary', reviewerName: null, isReplaced: false }]);
    expect((await issuePreliminary(deps, resident(), signing)).versions).toHaveLength(1);
    const waiting = await caseOf(id);
    expect(waiting).toMatchObject({ state: 'submitted', order: { state: 'submitted' } });
    const progress = (await readOrder(deps, ctxFor(region.doctor), { id: waiting.orderId })).progress;
    expect(progress).toMatchObject({ step: 'in-review', waitsFor: 'reviewer' });
    expect(await readReport(deps, ctxFor(region.doctor), { caseId: id })).toMatchObject({
      state: 'submitted',
      impression: '右侧气胸。',
    });
    // A critical finding that was told must not vanish from the final report unseen.
    const held = await opened(deps, region.attending, id);
    const dropped = await saved(deps, region.attending, held, { critical: false, criticalText: null });
    expect(dropped.report.warnings.map(({ code }) => code)).toContain('critical-dropped');
    const final = await approved(deps, region.attending, id);
    expect(final.versions).toMatchObject([
      { number: 1, kind: 'preliminary', isReplaced: true },
      { number: 2, kind: 'final', isReplaced: false },
    ]);
    const { content } = await readVersion(deps, ctxFor(region.doctor), { id: final.versions[1]?.id ?? '' });
    expect(content).toMatchObject({ replacesVersion: 1, amendmentReason: null });
  });

  test('only an emergency does', async () => {
    const { signing } = await written(deps, region.resident, await readyCase(deps, region, { urgency: 'urgent' }));
    expect(await refusalOf(issuePreliminary(deps, resident(), signing))).toMatchObject({
      code: 'wrong-state',
      details: { urgency: 'urgent' },
    });
  });
});
