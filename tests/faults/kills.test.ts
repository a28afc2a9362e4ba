import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Line, openLine } from '../factories/line.ts';
import { openReceivers, type Receivers } from './destinations.ts';
import { type FaultHub, missing, startFaultHub } from './fault-hub.ts';
import { type Load, startLoad } from './load.ts';
import { type OpenPage, openInbox } from './open-page.ts';
import { datasetOf, retrieve, studyOf, unfinished } from './proofs.ts';

const victims = ['http', 'dimse', 'workers', 'sfu', 'mllp', 'postgres', 'redis'] as const;
const atLeast = 500;
/** The way from an order to an accepted report takes seconds; a minute and a half means that something is stuck. */
const patience = { timeout: 90_000, interval: 250 };

/**
 * Everything is killed in turn while it works. The tests of this file are one story: they run in order on one hub.
 */
describe.skipIf(missing)('kill -9 on a working day', { timeout: 150_000 }, () => {
  let given: FaultHub;
  let line: Line;
  let receivers: Receivers;
  let load: Load;
  let page: OpenPage;

  beforeAll(async () => {
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
    console.log(`what the senders and people met:\n${load?.tally}`);
    const left = await given?.stop();
    expect(left, 'processes that outlived their hub').toEqual([]);
  }, 90_000);

  const progress = () => ({
    cStore: load.doors['c-store'].taken.size,
    stow: load.doors['stow-rs'].taken.size,
    orders: load.orders.length,
    delivered: receivers.hl7.filed().length,
  });

  test.each(victims)('%s dies, is started again, and the line goes on by itself', async (victim) => {
    const { hub } = given;
    await hub.untilReady(30_000);
    const before = hub.pids[victim];
    hub.kill(victim, 'SIGKILL');
    await vi.waitFor(() => expect(hub.pids[victim]).toSatisfy((pid) => pid !== undefined && pid !== before), patience);
    await hub.untilReady(45_000);
    const then = progress();
    await vi.waitFor(() => {
      const now = progress();
      for (const key of ['cStore', 'stow', 'orders', 'delivered'] as const) {
        expect(now[key], key).toBeGreaterThan(then[key]);
      }
    }, patience);
  });

  test('every image that was made is taken in the end, with nothing said that a sender would have to act upon', async () => {
    await vi.waitFor(() => expect(progress().cStore + progress().stow).toBeGreaterThanOrEqual(atLeast), patience);
    await load.finishSending();
    // A7xx: out of resources; 0110: processing failure. A sender comes again; anything else would need a person.
    const passing = /^(c-store|stow-rs) (broke|A7..|0110)$|^(doctor|reader|reviewer) /;
    expect(load.tally.kinds.filter((kind) => !passing.test(kind))).toEqual([]);
  });

  test('every report is signed once and delivered once to each of five destinations', async () => {
    const { db } = given;
    const count = load.orders.length;
    await vi.waitFor(async () => {
      expect(await db.report.count({ where: { state: 'final' } })).toBe(count);
      expect(await db.delivery.count({ where: { state: 'accepted' } })).toBe(5 * count);
    }, patience);
    await load.end();
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
    // Nobody wrote another one's number: a login that a dead store refused would show here.
    const refused = load.tally.kinds.filter((kind) => /(unauthenticated|forbidden|not-found|bad-input)$/.test(kind));
    expect(refused, String(load.tally)).toEqual([]);
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
