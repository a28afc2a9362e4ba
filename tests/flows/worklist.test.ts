import { randomUUID } from 'node:crypto';
import type { WorklistQuery } from '@lianzhen/contracts/worklist.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../../server/api/context.ts';
import { rejectReport } from '../../server/api/reporting/reject-report.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { claimNext } from '../../server/api/worklist/claim-next.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { releaseCase } from '../../server/api/worklist/release-case.ts';
import { returnCase } from '../../server/api/worklist/return-case.ts';
import { listFilters, removeFilter, saveFilter } from '../../server/api/worklist/saved-filters.ts';
import { takeOverCase } from '../../server/api/worklist/take-over-case.ts';
import { askedFor, deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { opened, submitted } from '../factories/reading.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: Region;
// Each test has a centre of its own: what waits there is what it put there.
beforeEach(async () => {
  region = await given.region();
});
const resident = () => ctxFor(region.resident);
const attending = () => ctxFor(region.attending);
const readers = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async () =>
      ctxFor(await given.account({ facility: region.county, roles: ['reader'] })),
    ),
  );
const query = (changes: Partial<WorklistQuery> = {}) => ({
  ...{ page: 1, pageSize: 50, q: '', sort: 'priority' as const, direction: 'asc' as const },
  ...changes,
});

describe('claiming', () => {
  test('of twenty who claim at once, one wins and nineteen are told who', async () => {
    const id = await readyCase(deps, region);
    const callers = await readers(20);
    const outcomes = await Promise.allSettled(callers.map((ctx) => claimCase(deps, ctx, { id })));
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ state: 'reading', leaseToken: expect.any(String) });
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const reason of lost)
      expect(reason).toMatchObject({
        code: 'already-claimed',
        details: { holder: won[0]?.holder?.name, until: won[0]?.holder?.until },
      });
    expect(await database.db.caseEvent.count({ where: { caseId: id, kind: 'claimed' } })).toBe(1);
  });

  test('what one holds is renewed, with the same token in a second window', async () => {
    const id = await readyCase(deps, region);
    const first = await claimCase(deps, resident(), { id });
    clock.advance(60);
    const second = await claimCase(deps, resident(), { id, purpose: 'read' });
    expect(second.leaseToken).toBe(first.leaseToken);
    expect(Date.parse(second.holder?.until ?? '')).toBe(Date.parse(first.holder?.until ?? '') + 60_000);
  });

  test('ten who press next at once get ten different cases', async () => {
    const ids = [];
    for (let made = 0; made < 12; made++) ids.push(await readyCase(deps, region));
    const callers = await readers(10);
    const taken = await Promise.all(callers.map((ctx) => claimNext(deps, ctx, { query: {}, purpose: 'read' })));
    const got = taken.map((answer) => answer.case?.id);
    expect(new Set(got).size).toBe(10);
    expect(got).not.toContain(undefined);
    const rest = await database.db.case.findMany({ where: { id: { in: ids }, state: 'ready' } });
    expect(rest).toHaveLength(2);
  });

  test('next follows urgency, then the deadline, and goes on behind the one left', async () => {
    const routine = await readyCase(deps, region);
    clock.advance(1);
    const later = await readyCase(deps, region);
    const emergency = await readyCase(deps, region, { urgency: 'emergency' });
    const next = async (after?: string) =>
      (await claimNext(deps, resident(), { query: {}, purpose: 'read', after })).case;
    const first = await next();
    expect(first?.id).toBe(emergency);
    await releaseCase(deps, resident(), { id: emergency, leaseToken: first?.leaseToken ?? '' });
    expect((await next(emergency))?.id).toBe(routine);
    expect((await next(emergency))?.id).toBe(later);
    expect((await next())?.id).toBe(emergency);
    expect(await next()).toBeNull();
  });

  test('next keeps to the filter', async () => {
    await readyCase(deps, region);
    const hand = await readyCase(deps, region, { exams: [{ examCode: region.hand.code, laterality: 'left' }] });
    const { number } = await database.db.order.findFirstOrThrow({ where: { case: { id: hand } } });
    const { case: taken } = await claimNext(deps, resident(), { query: { q: number }, purpose: 'read' });
    expect(taken?.id).toBe(hand);
    expect((await claimNext(deps, resident(), { query: { modality: ['CT'] }, purpose: 'read' })).case).toBeNull();
  });

  test('what still waits for images cannot be claimed', async () => {
    const { caseId } = await askedFor(deps, region);
    expect(await codeOf(claimCase(deps, resident(), { id: caseId }))).toBe('wrong-state');
    expect((await claimNext(deps, resident(), { query: {}, purpose: 'read' })).case).toBeNull();
  });

  test('a case that is to be read is not reviewed', async () => {
    const id = await readyCase(deps, region);
    expect(await codeOf(claimCase(deps, attending(), { id, purpose: 'review' }))).toBe('wrong-state');
  });
});

describe('letting go', () => {
  test('a released case is free for the next', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    expect(await codeOf(releaseCase(deps, resident(), { id, leaseToken: randomUUID() }))).toBe('lease-lost');
    await releaseCase(deps, resident(), { id, leaseToken });
    expect((await claimCase(deps, attending(), { id })).holder?.accountId).toBe(region.attending.accountId);
  });

  test('sent back with a reason: the holder only, and the sender sees why', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    const send = { id, kind: 'bad-quality', reason: '曝光不足' } as const;
    expect(await codeOf(returnCase(deps, attending(), send))).toBe('already-claimed');
    expect(await codeOf(returnCase(deps, attending(), { ...send, leaseToken }))).toBe('lease-lost');
    const returned = await returnCase(deps, resident(), { ...send, leaseToken });
    expect(returned).toMatchObject({ state: 'returned', holder: null });
    const order = await database.db.order.findUniqueOrThrow({ where: { id: returned.orderId } });
    expect(order).toMatchObject({ state: 'returned', returnedReason: '曝光不足', supplementAskedAt: null });
  });
});

describe('taking over', () => {
  test('the one before is told, and his token is dead', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    const taken = await takeOverCase(deps, attending(), { id, reason: '值班交接' });
    expect(taken.holder?.name).toBe(region.attending.displayName);
    expect(taken.leaseToken).not.toBe(leaseToken);
    expect(await codeOf(releaseCase(deps, resident(), { id, leaseToken }))).toBe('lease-lost');
    expect(taken.events.map(({ kind }) => kind)).toEqual(['sent', 'claimed', 'taken-over', 'claimed']);
    expect(taken.events[2]).toMatchObject({ reason: '值班交接', byName: region.attending.displayName });
    const told = await database.db.outbox.findFirstOrThrow({ where: { name: 'session' }, orderBy: { id: 'desc' } });
    expect(told.payload).toMatchObject({ id, accountIds: [region.resident.accountId], facilityIds: [] });
    const [entry] = await database.db.auditEntry.findMany({
      where: { objectId: id, action: 'worklist.caseTakenOver' },
    });
    expect(entry).toMatchObject({ reason: '值班交接', actorId: region.attending.accountId });
  });

  test('a case that nobody holds is simply claimed', async () => {
    const id = await readyCase(deps, region);
    const taken = await takeOverCase(deps, resident(), { id, reason: '无' });
    expect(taken.events.map(({ kind }) => kind)).toEqual(['sent', 'claimed']);
  });
});

describe('the list', () => {
  test('says which side was asked for, and so does the desk', async () => {
    const exams = [{ examCode: region.hand.code, laterality: 'left' as const }];
    const id = await readyCase(deps, region, { exams });
    const { rows } = await listCases(deps, resident(), query());
    expect(rows[0]).toMatchObject({ id, exams: [{ laterality: 'left' }] });
    expect(await readCase(deps, resident(), { id })).toMatchObject({ exams: [{ laterality: 'left' }] });
  });

  test('urgency and deadline first, with counts that the state filter does not hide', async () => {
    const routine = await readyCase(deps, region);
    clock.advance(60);
    const urgent = await readyCase(deps, region, { urgency: 'urgent' });
    const emergency = await readyCase(deps, region, { urgency: 'emergency' });
    await askedFor(deps, region);
    await claimCase(deps, resident(), { id: routine });
    const all = await listCases(deps, resident(), query());
    expect(all.rows.map(({ id }) => id).slice(0, 3)).toEqual([emergency, urgent, routine]);
    expect(all).toMatchObject({ total: 4, counts: { waiting: 1, ready: 2, reading: 1 } });
    const ready = await listCases(deps, resident(), query({ state: ['ready'], pageSize: 1, page: 2 } as object));
    expect(ready.rows.map(({ id }) => id)).toEqual([urgent]);
    expect(ready).toMatchObject({ total: 2, counts: { waiting: 1, ready: 2, reading: 1 } });
  });

  test('what one may take up oneself: no report of one’s own to review, none that was sent back to somebody else', async () => {
    await submitted(deps, region.attending, await readyCase(deps, region));
    await submitted(deps, region.resident, await readyCase(deps, region));
    const free = await readyCase(deps, region);
    const counts = async (ctx: Ctx) => (await listCases(deps, ctx, { ...query(), claimable: true })).counts;
    expect((await listCases(deps, attending(), query())).counts).toEqual({ ready: 1, submitted: 2 });
    expect(await counts(attending())).toEqual({ ready: 1, submitted: 1 });
    expect(await counts(resident())).toEqual({ ready: 1 });
    const sentBack = await database.db.case.findFirstOrThrow({
      where: { report: { writerId: region.resident.accountId } },
    });
    const { signing } = await opened(deps, region.attending, sentBack.id);
    await rejectReport(deps, attending(), { ...signing, reason: '请补充' });
    expect(await counts(attending())).toEqual({ ready: 1 });
    expect(await counts(resident())).toEqual({ ready: 1, rejected: 1 });
    await claimCase(deps, resident(), { id: free });
    expect(await counts(attending())).toEqual({});
  });

  test('of what waits for review, what one may review is counted, and listed where only that is asked for', async () => {
    await submitted(deps, region.attending, await readyCase(deps, region));
    const others = await readyCase(deps, region);
    await submitted(deps, region.resident, others);
    const toReview = { ...query({ state: ['submitted'] }), reviewable: true };
    const forAttending = await listCases(deps, attending(), toReview);
    expect(forAttending).toMatchObject({ rows: [{ id: others }], total: 1, toReview: 1, counts: { submitted: 2 } });
    expect(await listCases(deps, resident(), toReview)).toMatchObject({ rows: [], total: 0, toReview: 0 });
    expect(await listCases(deps, attending(), query())).toMatchObject({ total: 2, toReview: 1 });
  });

  test('filters by who holds, what is late, when it came and from where', async () => {
    const late = await readyCase(deps, region, { urgency: 'emergency' });
    clock.advance(31 * 60);
    const mine = await readyCase(deps, region);
    await claimCase(deps, resident(), { id: mine });
    const ids = async (changes: Partial<WorklistQuery>) =>
      (await listCases(deps, resident(), query(changes))).rows.map(({ id }) => id);
    expect(await ids({ mine: true })).toEqual([mine]);
    expect(await ids({ overdue: true })).toEqual([late]);
    expect(await ids({ urgency: ['emergency'] })).toEqual([late]);
    expect(await ids({ modality: ['CT'] })).toEqual([]);
    expect(await ids({ facilityId: region.township.id, centreId: region.centre.id })).toEqual([late, mine]);
    const today = new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(await ids({ from: today, to: today })).toEqual([late, mine]);
    expect(await ids({ to: '2020-01-01' })).toEqual([]);
    expect(await ids({ q: 'zhangs', sort: 'submitted', direction: 'desc' })).toEqual([mine, late]);
    expect((await ids({ q: '张三' })).sort()).toEqual([mine, late].sort());
    for (const q of ['%', '_', '张_', '%三', 'A%', '\\']) expect(await ids({ q })).toEqual([]);
  });

  test('a look at a case says what it is and keeps the token from others', async () => {
    const earlier = await readyCase(deps, region);
    const id = await readyCase(deps, region, { exams: [{ examCode: region.hand.code, laterality: 'left' }] });
    await claimCase(deps, resident(), { id });
    const seen = await readCase(deps, attending(), { id });
    expect(seen).toMatchObject({
      leaseToken: null,
      purpose: '排除肺炎',
      instanceCount: 2,
      requestingFacility: '镇卫生院',
    });
    expect(seen.studies).toHaveLength(1);
    expect(seen.priors).toMatchObject([{ versionId: null, modalities: ['DX'] }]);
    expect((await readCase(deps, resident(), { id })).leaseToken).not.toBeNull();
    expect(earlier).not.toBe(id);
  });

  test('filters are saved by name, one’s own', async () => {
    const saved = await saveFilter(deps, resident(), { name: '急诊', query: { urgency: ['emergency'] } });
    await saveFilter(deps, resident(), { name: '急诊', query: { urgency: ['urgent'] } });
    expect(await listFilters(deps, resident())).toEqual([
      { id: saved.id, name: '急诊', query: { urgency: ['urgent'] } },
    ]);
    expect(await listFilters(deps, attending())).toEqual([]);
    expect(await codeOf(removeFilter(deps, attending(), { id: saved.id }))).toBe('not-found');
    expect(await codeOf(saveFilter(deps, resident(), { name: '长', query: { q: 'x'.repeat(5000) } }))).toBe(
      'too-large',
    );
    await removeFilter(deps, resident(), { id: saved.id });
    expect(await listFilters(deps, resident())).toEqual([]);
  });
});

describe('another facility', () => {
  test('neither sees nor moves a case', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    for (const person of [region.outsider, region.doctor, region.expert]) {
      const ctx = ctxFor(person);
      const attempts: Record<string, () => Promise<unknown>> = {
        read: () => readCase(deps, ctx, { id }),
        claim: () => claimCase(deps, ctx, { id }),
        takeOver: () => takeOverCase(deps, ctx, { id, reason: '无' }),
        release: () => releaseCase(deps, ctx, { id, leaseToken }),
        returnCase: () => returnCase(deps, ctx, { id, leaseToken, kind: 'other', reason: '无' }),
      };
      for (const [name, attempt] of Object.entries(attempts))
        expect([name, await codeOf(attempt())]).toEqual([name, expect.stringMatching(/^(forbidden|not-found)$/)]);
    }
    const outsider = ctxFor(region.outsider);
    expect(await listCases(deps, outsider, query({ centreId: region.centre.id }))).toMatchObject({
      rows: [],
      counts: {},
    });
    expect((await claimNext(deps, outsider, { query: {}, purpose: 'read' })).case).toBeNull();
    expect(await refusalOf(claimNext(deps, ctxFor(region.technician), { query: {}, purpose: 'read' }))).toMatchObject({
      code: 'forbidden',
    });
  });
});
