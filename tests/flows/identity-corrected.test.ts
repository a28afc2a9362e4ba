import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listInbox } from '../../server/api/delivery/inbox.ts';
import { listDeliveries } from '../../server/api/delivery/list-deliveries.ts';
import { resendDelivery } from '../../server/api/delivery/resend-delivery.ts';
import { findReports } from '../../server/api/fhir/find-reports.ts';
import { mergePatients, splitPatients } from '../../server/api/patients/merge-patients.ts';
import { findPdf } from '../../server/api/reporting/document-routes.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { deliveryHandlers } from '../../workers/delivery/handlers.ts';
import type { WorkerDeps } from '../../workers/deps.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { deskDeps, orderBody, readyCase } from '../factories/asking.ts';
import { ctxFor, type GivenAccount, type GivenFacility, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, submitted } from '../factories/reading.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { givenDestination } from '../factories/signed-version.ts';
import { movableClock, runDueJobs, workerDeps } from '../factories/worker.ts';
import { type Hl7Receiver, startHl7Receiver } from '../sims/hl7-receiver.ts';

const database = withDatabase();
const given = givenIn(database);
const folder = await mkdtemp(join(tmpdir(), 'corrected-'));
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: Region;
let clerk: GivenAccount;
let receiver: Hl7Receiver;
let his: { id: string; facilityId: string };
let workers: WorkerDeps;
beforeAll(async () => {
  receiver = await startHl7Receiver();
});
afterAll(async () => {
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  region = await given.region();
  clerk = await given.account({ facility: region.township, roles: ['senior-reader', 'requesting-doctor'] });
  his = await givenDestination(database.db, region.township, 'hl7-mllp', {
    host: '127.0.0.1',
    port: receiver.port,
    timeoutMs: 20_000,
  });
  await given.inbox(region.township);
  workers = workerDeps(database.db, await openDirectoryBlobs(folder), clock, { HUB_RETRY_BASE_MS: 1000 });
  receiver.arrivals.splice(0);
});
const work = () =>
  runDueJobs(workers, [
    ...reportingHandlers,
    ...deliveryHandlers,
    { job: findDuplicates, handle: async () => undefined },
  ]);

const other = { name: '李四', pinyin: 'lisi', initials: 'ls', mrn: 'M-LISI' };
/** A second person was taken for the region's patient, and a request of his was read in that time. */
async function readUnderTheWrongPatient(isDelivered = true) {
  const { db } = database;
  const victim = await given.patient({ facility: region.township, ...other });
  const caseId = await readyCase(deps, region, {
    patientId: victim.id,
    consent: { ...orderBody(region).consent, signer: other.name },
  });
  await submitted(deps, region.resident, caseId);
  const [firstId = '', secondId = ''] = [victim.id, region.patient.id].sort();
  const proposal = await db.duplicateProposal.create({ data: { firstId, secondId, score: 90, evidence: [] } });
  const wish = { id: proposal.id, survivorId: region.patient.id, reason: '看似同一人' };
  const merge = await mergePatients(deps, ctxFor(clerk), wish);
  const report = await approved(deps, region.attending, caseId);
  const versionId = report.versions[0]?.id ?? '';
  if (isDelivered) await work();
  return {
    victim,
    versionId,
    split: () => splitPatients(deps, ctxFor(clerk), { id: merge.id, reason: '身份证号不同' }),
  };
}
const rowsOf = (versionId: string) =>
  database.db.delivery.findMany({
    where: { versionId },
    orderBy: [{ correction: 'asc' }, { facilityId: 'asc' }, { destinationId: 'asc' }],
  });
const messagesOf = (facility: GivenFacility) => {
  expect(his.facilityId).toBe(facility.id);
  return receiver.arrivals.map(({ text }) => text);
};

test('a split sends what was signed under the wrong patient again, to the same facilities, with the right one', async () => {
  const { victim, versionId, split } = await readUnderTheWrongPatient();
  const before = await rowsOf(versionId);
  expect(before.map(({ state }) => state)).toEqual(before.map(() => 'accepted'));
  expect(messagesOf(region.township)[0]).toContain(region.patient.name);
  const signed = await readVersion(deps, ctxFor(region.doctor), { id: versionId });
  expect(signed.content.patient).toMatchObject({ id: region.patient.id });
  clock.advance(60_000);
  await split();

  // Nobody reads the wrong name while the right document is being made.
  expect(await findPdf(deps, ctxFor(region.doctor), versionId)).toBeUndefined();
  await work();
  const after = await rowsOf(versionId);
  const places = (rows: typeof after) =>
    rows.map(({ facilityId, destinationId, part }) => [facilityId, destinationId, part]);
  const [old, fresh] = [
    after.filter(({ correction }) => correction === 0),
    after.filter(({ correction }) => correction === 1),
  ];
  expect(places(fresh)).toEqual(places(before));
  expect(fresh.map(({ state, isOutdated }) => [state, isOutdated])).toEqual(fresh.map(() => ['accepted', false]));
  expect(old.map(({ state, isOutdated }) => [state, isOutdated])).toEqual(old.map(() => ['accepted', true]));

  const [first = '', second = ''] = messagesOf(region.township);
  expect(receiver.filed()).toHaveLength(2);
  expect(second).toContain(other.name);
  expect(second).not.toContain(region.patient.name);
  expect(second).toContain('IDENTITY-CORRECTED-AT');
  const field = (text: string, name: string, at: number) =>
    text
      .split('\r')
      .find((line) => line.startsWith(`${name}|`))
      ?.split('|')[at];
  // The same result of the same request, corrected.
  expect([field(second, 'OBR', 3), field(first, 'OBR', 25), field(second, 'OBR', 25)]).toEqual([
    field(first, 'OBR', 3),
    'F',
    'C',
  ]);

  const shown = await readVersion(deps, ctxFor(region.doctor), { id: versionId });
  expect(shown.content).toMatchObject({
    patient: { id: victim.id, name: other.name },
    identityCorrection: { number: 1 },
  });
  expect([shown.number, shown.contentHash, shown.content.impression, shown.content.signedAt]).toEqual([
    signed.number,
    signed.contentHash,
    signed.content.impression,
    signed.content.signedAt,
  ]);
  expect(await findPdf(deps, ctxFor(region.doctor), versionId)).toMatchObject({ correction: 1 });
  const his2 = ctxFor(machineOf(region.township, ['results:read']));
  const { results } = await findReports(workers, his2, {}, 1, 10);
  expect(JSON.stringify(results)).toContain(other.name);
  expect(JSON.stringify(results)).not.toContain(region.patient.name);
  const trail = await database.db.auditEntry.findMany({
    where: { action: 'reporting.identityCorrected', objectId: versionId },
  });
  expect(trail).toMatchObject([{ patientId: victim.id, reason: '身份证号不同', actorId: clerk.accountId }]);
});

test('inbox and ledger show the corrected result once, and what had gone out before is not sent again', async () => {
  const { versionId, split } = await readUnderTheWrongPatient();
  await split();
  await work();
  const { rows, unread } = await listInbox(deps, ctxFor(region.doctor), { page: 1, pageSize: 20 });
  expect(rows).toMatchObject([{ versionId, patientName: other.name, isIdentityCorrected: true, isReplaced: false }]);
  expect(unread).toBe(1);
  const ledger = await listDeliveries(deps, ctxFor(region.attending), { page: 1, pageSize: 50, q: '', versionId });
  expect(new Set(ledger.rows.map(({ patientName }) => patientName))).toEqual(new Set([other.name]));
  expect(ledger.rows.filter(({ isReplaced }) => isReplaced)).toHaveLength(ledger.rows.length / 2);
  const [old] = await rowsOf(versionId);
  await database.db.delivery.update({ where: { id: old?.id ?? '' }, data: { state: 'rejected' } });
  expect(await codeOf(resendDelivery(deps, ctxFor(region.attending), { id: old?.id ?? '' }))).toBe('wrong-state');
});

test('what had not left yet never leaves under the wrong patient', async () => {
  const { versionId, split } = await readUnderTheWrongPatient(false);
  await split();
  await work();
  const rows = await rowsOf(versionId);
  expect(new Set(rows.map(({ correction, state }) => `${correction} ${state}`))).toEqual(
    new Set(['0 superseded', '1 accepted']),
  );
  expect(messagesOf(region.township)).toHaveLength(1);
  expect(messagesOf(region.township)[0]).not.toContain(region.patient.name);
});

test('what was signed for the right person stays as it is', async () => {
  const { split } = await readUnderTheWrongPatient();
  const own = await readyCase(deps, region);
  await submitted(deps, region.resident, own);
  const report = await approved(deps, region.attending, own);
  await work();
  await split();
  await work();
  const rows = await rowsOf(report.versions[0]?.id ?? '');
  expect(rows.every(({ correction, isOutdated }) => correction === 0 && !isOutdated)).toBe(true);
  expect(await database.db.identityCorrection.count({ where: { versionId: report.versions[0]?.id } })).toBe(0);
  await expect(database.db.identityCorrection.deleteMany()).rejects.toThrow();
});
