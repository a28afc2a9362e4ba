import { beforeEach, describe, expect, test } from 'vitest';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { beatCase } from '../../server/api/worklist/beat-case.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { releaseCase } from '../../server/api/worklist/release-case.ts';
import { escalateOverdue } from '../../workers/worklist/escalate-overdue.ts';
import { expireLeases } from '../../workers/worklist/expire-leases.ts';
import { askedFor, deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: Region;
beforeEach(async () => {
  region = await given.region();
});
const resident = () => ctxFor(region.resident);
const stateOf = async (id: string) => (await database.db.case.findUniqueOrThrow({ where: { id } })).state;
const eventsOf = async (caseId: string) =>
  (await database.db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind);

describe('a lease', () => {
  test('lives as long as it is beaten', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    for (let beat = 0; beat < 4; beat++) {
      clock.advance(60);
      const { until } = await beatCase(deps, resident(), { id, leaseToken });
      expect(Date.parse(until)).toBe(clock.now().getTime() + 90_000);
    }
    await expireLeases(deps);
    expect(await stateOf(id)).toBe('reading');
  });

  test('runs out: the case is back in the queue, and the late browser is told so', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    clock.advance(91);
    expect(await codeOf(beatCase(deps, resident(), { id, leaseToken }))).toBe('lease-lost');
    await Promise.all([expireLeases(deps), expireLeases(deps)]);
    expect(await stateOf(id)).toBe('ready');
    expect(await eventsOf(id)).toEqual(['sent', 'claimed', 'lease-expired']);
    expect(await codeOf(releaseCase(deps, resident(), { id, leaseToken }))).toBe('lease-lost');
    const told = await database.db.outbox.findMany({ where: { name: 'session' } });
    expect(told.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ id, accountIds: [region.resident.accountId] }),
    );
  });

  test('that ran out does not wait for the sweeper: the next reader takes the case', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    clock.advance(91);
    const taken = await claimCase(deps, ctxFor(region.attending), { id });
    expect(taken.holder?.accountId).toBe(region.attending.accountId);
    await expireLeases(deps);
    expect(await stateOf(id)).toBe('reading');
    expect(await codeOf(beatCase(deps, resident(), { id, leaseToken }))).toBe('lease-lost');
  });

  test('that ran out and is claimed again has a new token', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    clock.advance(91);
    const again = await claimCase(deps, resident(), { id });
    expect(again.leaseToken).not.toBe(leaseToken);
    expect(await codeOf(beatCase(deps, resident(), { id, leaseToken }))).toBe('lease-lost');
  });

  test('is nobody else’s to prolong', async () => {
    const id = await readyCase(deps, region);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    expect(await codeOf(beatCase(deps, ctxFor(region.attending), { id, leaseToken }))).toBe('lease-lost');
    expect(await codeOf(beatCase(deps, ctxFor(region.outsider), { id, leaseToken }))).toBe('not-found');
  });

  test('of a case that is being changed is left for the next sweep', async () => {
    const id = await readyCase(deps, region);
    await claimCase(deps, resident(), { id });
    clock.advance(91);
    await database.db.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "id" = ${id}::uuid FOR UPDATE`;
      await expireLeases(deps);
    });
    expect(await stateOf(id)).toBe('reading');
    await expireLeases(deps);
    expect(await stateOf(id)).toBe('ready');
  });
});

describe('a deadline that passed', () => {
  test('is told once, to sender and centre, and shown', async () => {
    const id = await readyCase(deps, region, { urgency: 'emergency' });
    await escalateOverdue(deps);
    expect(await eventsOf(id)).toEqual(['sent']);
    clock.advance(30 * 60 + 1);
    await escalateOverdue(deps);
    await escalateOverdue(deps);
    expect(await eventsOf(id)).toEqual(['sent', 'overdue']);
    const { orderId } = await database.db.case.findUniqueOrThrow({ where: { id } });
    const told = await database.db.outbox.findMany({ where: { name: 'order' }, orderBy: { id: 'asc' } });
    const heard = told.map(({ payload }) => payload as { id: string; facilityIds: string[] });
    const { facilityIds } = heard.findLast((event) => event.id === orderId) ?? { facilityIds: [] };
    expect(new Set(facilityIds)).toEqual(new Set([region.township.id, region.county.id]));
    expect((await readOrder(deps, ctxFor(region.doctor), { id: orderId })).progress.isOverdue).toBe(true);
  });

  test('does not run before the data are complete', async () => {
    const { caseId } = await askedFor(deps, region, { urgency: 'emergency' });
    clock.advance(86_400);
    await escalateOverdue(deps);
    expect(await eventsOf(caseId)).toEqual(['sent']);
  });
});
