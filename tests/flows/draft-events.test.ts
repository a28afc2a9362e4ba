import { beforeAll, beforeEach, expect, test } from 'vitest';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { opened, saved, submitted } from '../factories/reading.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
beforeEach(async () => {
  await database.db.outbox.deleteMany();
});

/** The events that wait to be told, as topic and audience; and they are told. */
async function told(): Promise<Array<{ topic: string; facilityIds: string[]; accountIds?: string[] }>> {
  const rows = await database.db.outbox.findMany({ where: { kind: 'event' }, orderBy: { id: 'asc' } });
  await database.db.outbox.deleteMany();
  return rows.map(({ payload }) => payload as { topic: string; facilityIds: string[]; accountIds?: string[] });
}

test('typing tells the writer’s own windows and nobody’s lists; signing tells the centre', async () => {
  const { resident, county } = region;
  const held = await opened(deps, resident, await readyCase(deps, region));
  await told();
  const first = await saved(deps, resident, held);
  // Whoever writes the first words becomes the writer, and the queue shows the writer.
  expect(await told()).toMatchObject([{ topic: 'report', facilityIds: [county.id] }]);
  const second = await saved(deps, resident, first, { findings: '双肺纹理清晰。' });
  const third = await saved(deps, resident, second, { findings: '双肺纹理清晰，未见实变。' });
  const draft = { topic: 'draft', id: held.report.id, facilityIds: [], accountIds: [resident.accountId] };
  expect(await told()).toMatchObject([
    { ...draft, revision: second.report.revision },
    { ...draft, revision: third.report.revision },
  ]);
  await submitReport(deps, ctxFor(resident), third.signing);
  expect((await told()).filter(({ topic }) => topic === 'report')).toMatchObject([{ facilityIds: [county.id] }]);
});

test('what a reviewer mends, the reviewer and the writer look at again', async () => {
  const { resident, attending } = region;
  const caseId = await readyCase(deps, region);
  await submitted(deps, resident, caseId);
  const held = await opened(deps, attending, caseId);
  await told();
  await saved(deps, attending, held, { impression: '心肺未见异常。' });
  const events = await told();
  expect(events.map(({ topic }) => topic)).toEqual(['draft']);
  expect(events[0]?.accountIds?.toSorted()).toEqual([attending.accountId, resident.accountId].toSorted());
});
