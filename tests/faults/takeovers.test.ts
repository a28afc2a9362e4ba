import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import {
  indexStudy,
  type JobDefinition,
  queueOf,
  renderDocuments,
  sendDocument,
  settleStudy,
} from '@lianzhen/contracts/jobs.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { addJob, openQueue } from '@lianzhen/platform/queues.ts';
import { connectRedis } from '@lianzhen/platform/redis.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { root } from '../../docker/local/roles.ts';
import { findings, type Line, openLine } from '../factories/line.ts';
import { caseToRead, signedReport } from '../factories/line-work.ts';
import { type FaultHub, missing, startFaultHub } from './fault-hub.ts';
import { type HeldReceiver, startHeldReceiver } from './held-receiver.ts';
import { unfinished } from './proofs.ts';

const { worklist, reporting, delivery } = hubContract;
const patience = { timeout: 60_000, interval: 100 };

describe('who comes late', { timeout: 120_000 }, () => {
  let given: FaultHub;
  let line: Line;
  let his: HeldReceiver;
  const ends: (() => Promise<unknown>)[] = [];

  beforeEach(({ skip }) => skip(missing !== undefined, missing));

  beforeAll(async () => {
    if (missing) return;
    given = await startFaultHub('takeovers');
    line = await openLine(given.hub.url);
    his = await startHeldReceiver();
    const config = { host: '127.0.0.1', port: his.port, timeoutMs: 60_000 };
    await line.admin.call(delivery.createDestination, {
      ...{ facilityId: line.countyId, kind: 'hl7-mllp', name: 'HIS', config },
    });
  }, 120_000);

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  afterAll(async () => {
    await his?.close();
    if (missing) return;
    expect(await given?.stop(), 'processes that outlived their hub').toEqual([]);
  }, 60_000);

  const atRest = () =>
    vi.waitFor(async () => expect(await unfinished(given.db, given.hub.redisUrl)).toEqual({ outbox: 0 }), patience);
  const toHis = (orderId: string) =>
    given.db.delivery.findFirstOrThrow({
      where: { destination: { kind: 'hl7-mllp' }, version: { report: { case: { orderId } } } },
      include: { attempts: { orderBy: { number: 'asc' } }, version: { include: { documents: true } } },
    });

  /** The same job by hand, beside whatever the relay hands on. */
  async function addTo(job: JobDefinition, payload: object, times: number): Promise<void> {
    const redis = connectRedis(given.hub.redisUrl, createLog('test', 'silent'), 'queue');
    const queue = openQueue(queueOf(job.name), redis);
    // Numbers that the outbox will not reach.
    for (let n = 0; n < times; n++) await addJob(queue, job, payload, BigInt(Date.now()) * 1000n + BigInt(n), 0);
    await queue.close();
    redis.disconnect();
  }

  async function secondWorkers(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [join(root, 'workers', 'main.ts')], { env: given.env, stdio: 'ignore' });
    ends.push(async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    });
    return child;
  }

  /** Until a job of a queue is being done. */
  async function isBusy(queueName: string): Promise<void> {
    const redis = connectRedis(given.hub.redisUrl, createLog('test', 'silent'), 'queue');
    const queue = openQueue(queueName, redis);
    try {
      await vi.waitFor(async () => expect(await queue.getActiveCount()).toBeGreaterThan(0), {
        ...patience,
        interval: 3,
      });
    } finally {
      await queue.close();
      redis.disconnect();
    }
  }

  test('a worker stopped in the middle loses its jobs to another, and does no harm when it goes on', async () => {
    const { db, hub } = given;
    his.isHolding = true;
    const sending = await signedReport(line);
    await vi.waitFor(() => expect(his.arrivals).toHaveLength(1), patience);
    const stopped = isBusy('reporting').then(() => hub.kill('workers', 'SIGSTOP'));
    ends.push(async () => hub.kill('workers', 'SIGCONT'));
    const [rendering] = await Promise.all([signedReport(line), stopped]);
    his.isHolding = false;
    expect((await toHis(rendering.orderId)).version.documents.length, 'documents made so far').toBeLessThan(2);

    // Two minutes later the attempt counts as abandoned; nobody has to wait for that here.
    const long = new Date(Date.now() - 600_000);
    await db.delivery.updateMany({ where: { state: 'sent' }, data: { sentAt: long } });
    await secondWorkers();
    const isDelivered = async (orderId: string) => expect(await toHis(orderId)).toMatchObject({ state: 'accepted' });
    await vi.waitFor(() => isDelivered(sending.orderId), patience);
    await vi.waitFor(() => isDelivered(rendering.orderId), patience);
    const before = await Promise.all([sending, rendering].map(({ orderId }) => toHis(orderId)));
    expect(before[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'accepted']);
    const arrivals = his.arrivals.length;

    hub.kill('workers', 'SIGCONT');
    his.arrivals[0]?.accept();
    await atRest();
    // Whether the late one still heard the answer or its own time had run out depends on how long it was stopped.
    const [late] = (await toHis(sending.orderId)).attempts;
    expect(['accepted', 'failed']).toContain(late?.outcome);
    const after = await Promise.all([sending, rendering].map(({ orderId }) => toHis(orderId)));
    for (const [index, one] of after.entries()) {
      const { state, attemptCount, acceptedAt, version } = before[index] ?? {};
      expect(one).toMatchObject({ state, attemptCount, acceptedAt });
      expect(one.version.documents).toEqual(version?.documents);
      expect(one.version.documents.map(({ form }) => form).sort()).toEqual(['fhir-bundle', 'hl7-oru', 'pdf']);
      const accepted = { action: 'delivery.resultAccepted', objectId: one.id };
      expect(await db.auditEntry.count({ where: accepted })).toBe(1);
    }
    expect(his.arrivals).toHaveLength(arrivals);
    expect(new Set(his.arrivals.map(({ controlId }) => controlId)).size).toBe(2);
  });

  test('a job that is delivered again and again has one effect', async () => {
    const { db } = given;
    const earlier = his.arrivals.length;
    his.isHolding = true;
    const { orderId, studyInstanceUid } = await signedReport(line);
    await vi.waitFor(() => expect(his.arrivals).toHaveLength(earlier + 1), patience);
    const { id: deliveryId, versionId } = await toHis(orderId);
    // While it is out, and once more through the outbox.
    await addTo(sendDocument, { deliveryId }, 4);
    const row = { kind: 'job', name: sendDocument.name, payload: { deliveryId } };
    await db.outbox.createMany({ data: [row, row] });
    await vi.waitFor(async () => {
      const { 'delivery active': active, ...rest } = await unfinished(db, given.hub.redisUrl);
      expect({ active, ...rest }).toEqual({ active: 1, outbox: 0 });
    }, patience);
    his.isHolding = false;
    his.arrivals.at(-1)?.accept();
    await vi.waitFor(async () => expect(await toHis(orderId)).toMatchObject({ state: 'accepted' }), patience);
    await atRest();

    const facts = async () => ({
      delivery: await toHis(orderId),
      study: await db.study.findUniqueOrThrow({ where: { studyInstanceUid }, include: { series: true } }),
      case: await db.case.findUniqueOrThrow({ where: { orderId }, include: { history: true } }),
      instances: await db.instance.findMany({ where: { studyInstanceUid }, orderBy: { id: 'asc' } }),
      audited: await db.auditEntry.count({ where: { objectId: deliveryId } }),
    });
    const before = await facts();
    expect(before.delivery.attempts).toHaveLength(1);
    await addTo(indexStudy, { studyInstanceUid }, 3);
    await addTo(settleStudy, { studyId: before.study.id }, 3);
    await addTo(renderDocuments, { versionId }, 3);
    await addTo(sendDocument, { deliveryId }, 3);
    await atRest();
    expect(await facts()).toEqual(before);
    expect(his.arrivals).toHaveLength(earlier + 1);
  });

  test('a case whose reader is gone comes back, and what he sends too late is refused', async () => {
    const [dead, alive] = [await caseToRead(line), await caseToRead(line)];
    const claim = (caller: Line['reader'], id: string) => caller.call(worklist.claim, { id, purpose: 'read' });
    const { leaseToken } = await claim(line.reader, dead.caseId);
    const held = await claim(line.reader, alive.caseId);
    const beating = setInterval(() => {
      // A beat that is lost is made up for by the next.
      line.reader.call(worklist.heartbeat, { id: alive.caseId, leaseToken: held.leaseToken }).catch(() => undefined);
    }, 1000);
    ends.push(async () => clearInterval(beating));
    const report = await line.reader.call(reporting.ofCase, { caseId: dead.caseId });
    const draft = { id: report.id, leaseToken, ...findings('写到一半') };
    const { revision } = await line.reader.call(reporting.saveDraft, { ...draft, revision: report.revision });

    await vi.waitFor(async () => {
      const { state, holder } = await line.reviewer.call(worklist.read, { id: dead.caseId });
      expect({ state, holder }).toEqual({ state: 'ready', holder: null });
    }, patience);
    const next = await claim(line.reviewer, dead.caseId);
    expect(next.leaseToken).not.toBe(leaseToken);
    expect(await line.reader.call(worklist.read, { id: alive.caseId })).toMatchObject({ state: 'reading' });

    const late = { id: report.id, revision, leaseToken };
    const refused = { code: 'lease-lost' };
    await expect(line.reader.call(reporting.saveDraft, { ...draft, revision })).rejects.toMatchObject(refused);
    await expect(line.reader.call(reporting.submit, late)).rejects.toMatchObject(refused);
    const beat = line.reader.call(worklist.heartbeat, { id: dead.caseId, leaseToken });
    await expect(beat).rejects.toMatchObject(refused);
    const found = await line.reviewer.call(reporting.ofCase, { caseId: dead.caseId });
    expect(found).toMatchObject({ revision, findings: findings('写到一半').findings });
  });
});
