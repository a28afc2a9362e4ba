import { beforeAll, expect, test } from 'vitest';
import { approveReport } from '../../server/api/reporting/approve-report.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { opened, submitted, written } from '../factories/reading.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database, movableClock());
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const centreSays = (signatures: string) => database.db.centre.updateMany({ data: { signatures } });
const caseOf = (id: string) => database.db.case.findUniqueOrThrow({ where: { id }, include: { order: true } });

test('where one may sign what is normal, a senior reader’s signature is the last one', async () => {
  await centreSays('one-when-normal');
  const id = await readyCase(deps, region);
  const { signing } = await written(deps, region.attending, id, { positive: false });
  const report = await submitReport(deps, ctxFor(region.attending), signing);
  expect(report.state).toBe('final');
  expect(await caseOf(id)).toMatchObject({ state: 'reported', order: { state: 'completed' } });
  const { content } = await readVersion(deps, ctxFor(region.attending), { id: report.versions[0]?.id ?? '' });
  expect(content).toMatchObject({ kind: 'final', reviewer: null, signedAlone: true });
  // The click came twice.
  const again = await submitReport(deps, ctxFor(region.attending), signing);
  expect(again.versions).toHaveLength(1);
  expect(await database.db.delivery.count({ where: { versionId: report.versions[0]?.id ?? '' } })).toBeGreaterThan(0);
});

test('what is not normal, or critical, or a resident’s still waits for the second', async () => {
  await centreSays('one-when-normal');
  const unsure = await readyCase(deps, region);
  expect((await submitted(deps, region.attending, unsure, { positive: true })).state).toBe('submitted');
  const resident = await readyCase(deps, region);
  expect((await submitted(deps, region.resident, resident, { positive: false })).state).toBe('submitted');
  await centreSays('one');
  const critical = await readyCase(deps, region);
  const alarm = { positive: true, critical: true, criticalText: '急性心肌梗死' };
  expect((await submitted(deps, region.attending, critical, alarm)).state).toBe('submitted');
  expect((await caseOf(critical)).state).toBe('submitted');
  const { signing } = await opened(deps, region.resident, resident).catch(() => ({ signing: undefined }));
  expect(signing).toBeUndefined();
});

test('a centre of two signatures is as before: nobody approves his own', async () => {
  await centreSays('two');
  const id = await readyCase(deps, region);
  const report = await submitted(deps, region.attending, id, { positive: false });
  expect(report.state).toBe('submitted');
  const own = { id: report.id, revision: report.revision, leaseToken: report.id };
  expect(await codeOf(approveReport(deps, ctxFor(region.attending), own))).toBe('same-person');
});
