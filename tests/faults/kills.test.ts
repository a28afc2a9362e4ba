import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { connectRedis } from '@lianzhen/platform/redis.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Line, openLine } from '../factories/line.ts';
import { openReceivers, type Receivers } from './destinations.ts';
import { type FaultHub, missing, startFaultHub } from './fault-hub.ts';
import { type Load, startLoad } from './load.ts';
import { type OpenPage, openInbox } from './open-page.ts';
import { datasetOf, retrieve, studyOf, unfinished } from './proofs.ts';

const roles = ['http', 'dimse', 'workers', 'sfu', 'mllp'];
const victims = [...[...roles, 'postgres', 'redis'].map((name) => [name]), ['postgres', 'redis'], roles];
/** More rounds find what happens once in a hundred times: `HUB_FAULT_ROUNDS=10`. */
const rounds = Array.from({ length: Number(process.env.HUB_FAULT_ROUNDS ?? 1) }, () => victims).flat();
const atLeast = 500;
/** The way from an order to an accepted report takes seconds; a minute and a half means that something is stuck. */
const patience = { timeout: 90_000, interval: 250 };

/**
 * Everything is killed in turn while it works. The tests of this file are one story: they run in order on one hub.
 */
describe('kill -9 on a working day', { timeout: 150_000 }, () => {
  let given: FaultHub;
  let line: Line;
  let receivers: Receivers;
  let load: Load;
  let page: OpenPage;

  beforeEach(({ skip }) => skip(missing !== undefined, missing));

  beforeAll(async () => {
    if (missing) return;
    given = await startFaultHub('kills');
    line = await openLine(given.hub.url);
    receivers = await openReceivers(line);
    page = openInbox(line.doctor);
    load = startLoad(line, given.hub.ports.dimse);
    await vi.waitFor(() => expect(receivers.hl7.filed().length).toBeGreaterThan(0), patience);
  }, 120_000);

  afterAll(async () => {
    page?.close();
    await load?.end();
    await receivers?.close();
    if (missing) return;
    console.log(`what the senders and people met:\n${load?.tally}`);
    expect(await given?.stop(), 'processes that outlived their hub').toEqual([]);
  }, 90_000);

  const progress = () => ({
    cStore: load.doors['c-store'].taken.size,
    stow: load.doors['stow-rs'].taken.size,
    orders: load.orders.length,
    delivered: receivers.hl7.filed().length,
  });

  async function goesOn(): Promise<void> {
    await given.hub.untilReady(45_000);
    const then = progress();
    await vi.waitFor(() => {
      const now = progress();
      for (const key of ['cStore', 'stow', 'orders', 'delivered'] as const) {
        expect(now[key], key).toBeGreaterThan(then[key]);
      }
    }, patience);
  }

  test.each(rounds.map((names) => ({ names, who: names.join(', ') })))(
    'killed: $who; started again, and the line goes on',
    async ({ names }) => {
      const { hub } = given;
      const before = hub.pids;
      for (const name of names) hub.kill(name, 'SIGKILL');
      await vi.waitFor(() => {
        const now = hub.pids;
        for (const name of names) expect(now[name], name).toSatisfy((pid) => pid !== undefined && pid !== before[name]);
      }, patience);
      await goesOn();
    },
  );

  test('Redis comes back empty, and the line goes on', async () => {
    const redis = connectRedis(given.hub.redisUrl, createLog('test', 'silent'), 'request');
    await vi.waitFor(() => redis.flushall(), patience);
    redis.disconnect();
    await goesOn();
  });

  test('every image that was made is taken in the end', async () => {
    await vi.waitFor(() => expect(progress().cStore + progress().stow).toBeGreaterThanOrEqual(atLeast), patience);
    await load.finishSending();
    for (const { made, taken } of Object.values(load.doors)) expect(taken.size).toBe(made.size);
  });

  test('every report is signed once and delivered once to each of five destinations', async () => {
    const { db, hub } = given;
    const count = load.orders.length;
    await vi.waitFor(async () => {
      expect(await db.report.count({ where: { state: 'final' } })).toBe(count);
      expect(await unfinished(db, hub.redisUrl)).toEqual({ outbox: 0 });
    }, patience);
    await load.end();
    // What a killed worker had out counts as abandoned after a while; nobody has to wait for that here.
    await db.delivery.updateMany({ where: { state: 'sent' }, data: { sentAt: new Date(Date.now() - 600_000) } });
    await vi.waitFor(async () => {
      expect(await db.delivery.count({ where: { state: 'accepted' } })).toBe(5 * count);
    }, patience);
    expect(await db.case.count({ where: { state: 'reported' } })).toBe(count);
    expect(await db.reportVersion.count()).toBe(count);
    expect(await db.delivery.count()).toBe(5 * count);
    expect(await db.document.groupBy({ by: ['form'], _count: true, orderBy: { form: 'asc' } })).toEqual(
      ['fhir-bundle', 'hl7-oru', 'pdf'].map((form) => ({ form, _count: count })),
    );
    const approved = await db.auditEntry.findMany({ where: { action: 'reporting.reportApproved' } });
    expect(approved).toHaveLength(count);
    expect(new Set(approved.map(({ objectId }) => objectId)).size).toBe(count);
    expect(receivers.hl7.filed()).toHaveLength(count);
    expect(new Set(receivers.hl7.arrivals.map(({ controlId }) => controlId)).size).toBe(count);
    expect(receivers.fhir.store.of('DiagnosticReport')).toHaveLength(count);
  });

  test('nobody was told anything but to come again', () => {
    // A draft may have been saved, a lease lost or a report signed by a click whose answer was lost.
    const passing = /(unreachable|unavailable|stale-revision|wrong-state|lease-lost|already-claimed)$/;
    const people = load.tally.kinds.filter((kind) => /^(doctor|reader|reviewer) /.test(kind));
    expect(people.filter((kind) => !passing.test(kind))).toEqual([]);
    // A7xx: out of resources; 0110: processing failure. Anything else would need a person at the machine.
    const machines = load.tally.kinds.filter((kind) => !people.includes(kind));
    expect(machines.filter((kind) => !/^(c-store|stow-rs) (broke|A7..|0110)$/.test(kind))).toEqual([]);
  });

  test('every image is there exactly once, byte by byte', async () => {
    const { db } = given;
    const made = new Map(Object.values(load.doors).flatMap((door) => [...door.made]));
    expect(await db.instance.count()).toBe(made.size);
    expect(await db.quarantineItem.count()).toBe(0);
    const stored = await retrieve(line.technician, new Set([...made.values()].map(studyOf)));
    expect(stored.size).toBe(made.size);
    for (const [uid, { bytes }] of load.doors['stow-rs'].made) {
      expect(
        stored.get(uid)?.map((file) => file.equals(bytes)),
        uid,
      ).toEqual([true]);
    }
    for (const [uid, { bytes }] of load.doors['c-store'].made) {
      const same = stored.get(uid)?.map((file) => datasetOf(file).equals(datasetOf(bytes)));
      expect(same, uid).toEqual([true]);
    }
  });

  test('nothing is left undone: outbox and queues are empty, every study is indexed and matched', async () => {
    const { db, hub } = given;
    await vi.waitFor(async () => {
      expect(await unfinished(db, hub.redisUrl)).toEqual({ outbox: 0 });
      const unread = { OR: [{ indexedAt: null }, { indexError: { not: null } }] };
      expect(await db.instance.findMany({ where: unread, select: { sopInstanceUid: true, indexError: true } })).toEqual(
        [],
      );
      const states = await db.study.groupBy({ by: ['state'], _count: true });
      expect(states).toEqual([{ state: 'matched', _count: load.orders.length }]);
    }, patience);
    await hub.untilReady(10_000);
  });

  test('the open page shows it all, and the trail is whole', async () => {
    await vi.waitFor(() => {
      expect(page.isConnected).toBe(true);
      expect(page.results.size).toBe(load.orders.length);
    }, patience);
    const { intact, chains } = await line.auditor.call(hubContract.audit.verify);
    expect(chains.filter(({ brokenAt }) => brokenAt !== null)).toEqual([]);
    expect(intact).toBe(true);
  });
});
