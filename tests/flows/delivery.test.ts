import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maxDeliveryAttempts } from '@lianzhen/contracts/delivery.ts';
import { renderDocuments, sendDocument } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { deliveryHandlers } from '../../workers/delivery/handlers.ts';
import { abandonAfterMs, failuresToPause, placesPerDestination } from '../../workers/delivery/pace.ts';
import { sweepDeliveries } from '../../workers/delivery/sweep-deliveries.ts';
import { takeDelivery } from '../../workers/delivery/take-delivery.ts';
import type { WorkerDeps } from '../../workers/deps.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { withDatabase } from '../factories/database.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { givenDestination, givenReport, signVersion } from '../factories/signed-version.ts';
import { movableClock, runDueJobs, workerDeps } from '../factories/worker.ts';
import { startFhirReceiver } from '../sims/fhir-receiver.ts';
import { startHl7Receiver } from '../sims/hl7-receiver.ts';

const database = withDatabase();
const given = givenIn(database);
const handlers = [...reportingHandlers, ...deliveryHandlers];
const folder = await mkdtemp(join(tmpdir(), 'delivery-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let region: Region;
let deps: WorkerDeps;
let clock: ReturnType<typeof movableClock>;
const opened: { close: () => Promise<void> }[] = [];
beforeEach(async () => {
  region = await given.region();
  clock = movableClock();
  deps = workerDeps(database.db, await openDirectoryBlobs(folder), clock, { HUB_RETRY_BASE_MS: 1000 });
});
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
  // The rows of one test are no due work of the next.
  await database.db.$executeRaw`DELETE FROM "Outbox"`;
  await database.db.destination.updateMany({ data: { enabled: false } });
});

const hl7TimeoutMs = 20_000;
const hl7 = async (behaviour: Parameters<typeof startHl7Receiver>[0] = 'accept', owner = region.township) => {
  const receiver = await startHl7Receiver(behaviour);
  opened.push(receiver);
  // Who never answers is given up soon; who does has time, on a busy machine as well.
  const config = { host: '127.0.0.1', port: receiver.port, timeoutMs: behaviour === 'hang' ? 1000 : hl7TimeoutMs };
  return { receiver, destination: await givenDestination(database.db, owner, 'hl7-mllp', config) };
};
const work = (times = 1) => runDueJobs(deps, handlers, times);
const stateOf = (id: string) => database.db.delivery.findUniqueOrThrow({ where: { id } });
const only = <T>(all: readonly T[]): T => {
  expect(all).toHaveLength(1);
  return all[0] as T;
};
/** Until the delivery is decided, an hour of waiting at a time. */
async function workUntilDecided(id: string): Promise<void> {
  for (let hour = 0; hour < 30 && ['waiting', 'sent'].includes((await stateOf(id)).state); hour++) {
    clock.advance(3_600_000);
    await sweepDeliveries(deps);
    await work();
  }
}

test('a signed version reaches inbox, HL7 and FHIR once, however often its jobs run', async () => {
  const { receiver, destination } = await hl7();
  const fhir = await startFhirReceiver();
  opened.push(fhir);
  const inbox = await given.inbox(region.county);
  const web = await givenDestination(database.db, region.paired, 'fhir', { baseUrl: fhir.baseUrl });
  const report = await givenReport(database.db, region);
  const version = await signVersion(database.db, report, [destination, inbox, web]);
  await work(4);
  await database.db.transaction((tx) => enqueue(tx, renderDocuments, { versionId: version.id }));
  await work(4);
  const rows = await database.db.delivery.findMany({ where: { versionId: version.id }, include: { attempts: true } });
  expect(rows.map(({ state, attempts }) => [state, attempts.length])).toEqual(Array(3).fill(['accepted', 1]));
  expect(rows.every(({ acceptedAt, sentAt }) => acceptedAt && sentAt)).toBe(true);
  expect(receiver.arrivals).toHaveLength(1);
  expect(fhir.arrivals).toHaveLength(1);
  const documents = await database.db.document.findMany({ where: { versionId: version.id } });
  expect(documents.map(({ form }) => form).sort()).toEqual(['fhir-bundle', 'hl7-oru', 'pdf']);
  const audited = await database.db.auditEntry.findMany({ where: { action: 'delivery.resultAccepted' } });
  expect(audited.filter(({ objectId }) => rows.some(({ id }) => id === objectId))).toHaveLength(3);
  const events = await database.db.$queryRaw<{ payload: { id: string; revision: number; facilityIds: string[] } }[]>`
    SELECT "payload" FROM "Outbox" WHERE "kind" = 'event' AND "name" = 'delivery'`;
  for (const { id, revision } of rows)
    expect(events.map(({ payload }) => [payload.id, payload.revision])).toContainEqual([id, revision]);
  expect(events[0]?.payload.facilityIds).toEqual(expect.arrayContaining([region.township.id, region.county.id]));
});

test('a lost answer leads to a second attempt that the receiver knows', async () => {
  const { receiver, destination } = await hl7('lose-answer');
  const delivery = only(
    (await signVersion(database.db, await givenReport(database.db, region), [destination])).deliveries,
  );
  await work();
  expect(await stateOf(delivery.id)).toMatchObject({
    state: 'waiting',
    attemptCount: 1,
    answer: expect.stringContaining('connection'),
  });
  receiver.behave('accept');
  await workUntilDecided(delivery.id);
  expect(await stateOf(delivery.id)).toMatchObject({ state: 'accepted', attemptCount: 2, answer: 'AA' });
  expect(receiver.arrivals).toHaveLength(2);
  expect(receiver.filed()).toHaveLength(1);
});

test('a no is final until a person sends again', async () => {
  const { receiver, destination } = await hl7('error');
  const delivery = only(
    (await signVersion(database.db, await givenReport(database.db, region), [destination])).deliveries,
  );
  await work();
  clock.advance(100_000_000);
  await sweepDeliveries(deps);
  await work();
  expect(await stateOf(delivery.id)).toMatchObject({
    state: 'rejected',
    attemptCount: 1,
    answer: expect.stringContaining('患者未登记'),
  });
  receiver.behave('accept');
  await database.db.transaction(async (tx) => {
    await tx.delivery.update({ where: { id: delivery.id }, data: { state: 'waiting', nextAttemptAt: null } });
    await enqueue(tx, sendDocument, { deliveryId: delivery.id });
  });
  await work();
  expect(await stateOf(delivery.id)).toMatchObject({ state: 'accepted' });
  expect(receiver.filed()).toHaveLength(1);
});

test('a dead facility fails after the last attempt and delays no other', async () => {
  const dead = await hl7('hang');
  const alive = await hl7('accept', region.county);
  const versions = [];
  for (let n = 0; n < 6; n++)
    versions.push(
      await signVersion(database.db, await givenReport(database.db, region), [dead.destination, alive.destination]),
    );
  const working = work();
  await expect.poll(() => alive.receiver.filed().length).toBe(6);
  await working;
  const { failures, pausedUntil } = await database.db.destination.findUniqueOrThrow({
    where: { id: dead.destination.id },
  });
  expect(failures).toBeGreaterThanOrEqual(failuresToPause);
  expect(pausedUntil).not.toBeNull();
  // Four places at first, and none once it is known to be silent.
  expect(dead.receiver.arrivals.length).toBeLessThanOrEqual(placesPerDestination + 2);
  await dead.receiver.kill();
  const ids = versions
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ destinationId }) => destinationId === dead.destination.id);
  const first = ids[0]?.id ?? '';
  for (let round = 0; round < 400 && (await stateOf(first)).state === 'waiting'; round++) {
    clock.advance(1_500_000);
    await sweepDeliveries(deps);
    await work();
  }
  expect(await stateOf(first)).toMatchObject({ state: 'failed', attemptCount: maxDeliveryAttempts });
});

test('what waited for a facility goes out as soon as it answers again', async () => {
  const { receiver, destination } = await hl7();
  await receiver.kill();
  const versions = [];
  for (let n = 0; n < 8; n++)
    versions.push(await signVersion(database.db, await givenReport(database.db, region), [destination]));
  await work();
  expect(await database.db.delivery.count({ where: { destinationId: destination.id, state: 'waiting' } })).toBe(8);
  await receiver.revive();
  clock.advance(70_000);
  await sweepDeliveries(deps);
  await work();
  expect(receiver.filed()).toHaveLength(8);
  expect(await database.db.destination.findUnique({ where: { id: destination.id } })).toMatchObject({
    failures: 0,
    pausedUntil: null,
  });
});

test('a version that was not delivered yet is never sent once a newer one is signed', async () => {
  const { receiver, destination } = await hl7();
  await receiver.kill();
  const report = await givenReport(database.db, region);
  const first = only((await signVersion(database.db, report, [destination])).deliveries);
  await work();
  const second = only((await signVersion(database.db, report, [destination])).deliveries);
  await receiver.revive();
  clock.advance(70_000);
  await sweepDeliveries(deps);
  await work();
  expect(await stateOf(first.id)).toMatchObject({
    state: 'superseded',
    answer: expect.stringContaining('superseded by version 2'),
  });
  expect(await stateOf(second.id)).toMatchObject({ state: 'accepted' });
  expect(receiver.filed()).toHaveLength(1);
  expect(receiver.filed()[0]).toContain('|REPORT-VERSION^报告版本^99LIANZHEN|1|2|');
  // Sending the old one again by hand changes nothing either.
  await database.db.delivery.update({ where: { id: first.id }, data: { state: 'waiting' } });
  await sweepDeliveries(deps);
  await work();
  expect(receiver.arrivals).toHaveLength(1);
});

test('a newer version waits while the older one is out, and follows it', async () => {
  const { receiver, destination } = await hl7('hang');
  const report = await givenReport(database.db, region);
  await signVersion(database.db, report, [destination]);
  const working = work();
  await expect.poll(() => receiver.arrivals.length).toBe(1);
  const second = only((await signVersion(database.db, report, [destination])).deliveries);
  receiver.behave('accept');
  await working;
  await workUntilDecided(second.id);
  const versions = receiver.arrivals.map(({ text }) => /REPORT-VERSION[^|]*\|1\|(\d)/.exec(text)?.[1]);
  expect(versions).toEqual(['1', '2']);
});

test('an attempt whose worker died is taken over, and the dead one can still report success', async () => {
  const { receiver, destination } = await hl7();
  const version = await signVersion(database.db, await givenReport(database.db, region), [destination]);
  const delivery = only(version.deliveries);
  await runDueJobs(deps, [...reportingHandlers, { job: sendDocument, handle: async () => undefined }]);
  const taken = await database.db.transaction((tx) => takeDelivery(tx, delivery.id, clock.now()));
  expect(taken?.attempt).toBe(1);
  expect(await database.db.transaction((tx) => takeDelivery(tx, delivery.id, clock.now()))).toBeUndefined();
  await sweepDeliveries(deps);
  await work();
  expect(receiver.arrivals).toHaveLength(0);
  clock.advance(abandonAfterMs(hl7TimeoutMs) - 1);
  await sweepDeliveries(deps);
  await work();
  expect(receiver.arrivals).toHaveLength(0);
  clock.advance(2);
  await sweepDeliveries(deps);
  await work();
  expect(await stateOf(delivery.id)).toMatchObject({ state: 'accepted', attemptCount: 2 });
  const attempts = await database.db.deliveryAttempt.findMany({
    where: { deliveryId: delivery.id },
    orderBy: { number: 'asc' },
  });
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'accepted']);
});

test('a worker that dies with every place of a destination taken holds it up no longer than answers may take', async () => {
  const { receiver, destination } = await hl7();
  const ids: string[] = [];
  for (let place = 0; place <= placesPerDestination; place++) {
    const version = await signVersion(database.db, await givenReport(database.db, region), [destination]);
    ids.push(only(version.deliveries).id);
  }
  await runDueJobs(deps, [...reportingHandlers, { job: sendDocument, handle: async () => undefined }]);
  const take = (id: string) => database.db.transaction((tx) => takeDelivery(tx, id, clock.now()));
  const taken = [];
  for (const id of ids) taken.push(await take(id));
  expect(taken.map((one) => one !== undefined)).toEqual([...ids.keys()].map((place) => place < placesPerDestination));
  clock.advance(abandonAfterMs(hl7TimeoutMs) + 1);
  await sweepDeliveries(deps);
  await work(3);
  const states = await Promise.all(ids.map(stateOf));
  expect(states.map(({ state }) => state)).toEqual(ids.map(() => 'accepted'));
  expect(receiver.filed()).toHaveLength(ids.length);
});

test('content that no longer gives its hash never leaves', async () => {
  const { receiver, destination } = await hl7();
  const report = await givenReport(database.db, region);
  const version = await signVersion(database.db, report, [destination]);
  await database.db.$executeRaw`ALTER TABLE "ReportVersion" DISABLE TRIGGER USER`;
  await database.db.reportVersion.update({ where: { id: version.id }, data: { contentHash: 'f'.repeat(64) } });
  await database.db.$executeRaw`ALTER TABLE "ReportVersion" ENABLE TRIGGER USER`;
  await expect(work()).rejects.toMatchObject({ code: 'internal', details: { why: 'content-hash' } });
  expect(receiver.arrivals).toHaveLength(0);
});
