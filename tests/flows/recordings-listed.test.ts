import { expect, test } from 'vitest';
import { listRecordings } from '../../server/api/consultation/recording/list-recordings.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const deps = deskDeps(database, movableClock());

test('a consultation’s recordings are listed with the latest first, and the look is on record', async () => {
  const { db } = database;
  const region = await consultingRegion(database, givenIn(database));
  const { id: consultationId } = await live(deps, region);
  const times = ['2026-12-01T01:00:00.000Z', '2026-12-01T03:00:00.000Z', '2026-12-01T02:00:00.000Z'];
  for (const at of times) {
    const [startedAt, endedAt] = [new Date(at), new Date(Date.parse(at) + 600_000)];
    const said = { startedByName: '许专家', consentNote: '口头同意', state: 'failed' };
    await db.recording.create({ data: { consultationId, ...said, startedAt, aliveAt: endedAt, endedAt } });
  }
  const listed = await listRecordings(deps, ctxFor(region.first), { consultationId });
  expect(listed.map(({ startedAt }) => startedAt)).toEqual(times.sort().reverse());
  expect(listed[0]?.endedAt).toBe('2026-12-01T03:10:00.000Z');
  const where = { action: 'consultation.consultationRead', objectId: consultationId, actorId: region.first.accountId };
  expect(await db.auditEntry.count({ where })).toBe(1);

  const unseen = { code: 'P2025' };
  await expect(listRecordings(deps, ctxFor(region.outsider), { consultationId })).rejects.toMatchObject(unseen);
});
