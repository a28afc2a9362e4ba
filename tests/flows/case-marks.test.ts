import { randomUUID } from 'node:crypto';
import { type Mark, mostMarks } from '@lianzhen/contracts/shared-view.ts';
import { beforeEach, expect, test } from 'vitest';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { listMarks, placeMark, removeMark } from '../../server/api/worklist/mark-images.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { submitted } from '../factories/reading.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: Region;
let id: string;
let studyUid: string;
beforeEach(async () => {
  region = await given.region();
  id = await readyCase(deps, region);
  const { studies } = await readCase(deps, ctxFor(region.resident), { id });
  studyUid = studies[0]?.studyInstanceUid ?? '';
});
const mark = (changes: Partial<Mark> = {}): Omit<Mark, 'id'> => ({
  ...{ kind: 'length', studyUid, seriesUid: `${studyUid}.1`, sopInstanceUid: `${studyUid}.1.1`, frame: 1 },
  points: [
    { x: 10, y: 20 },
    { x: 30, y: 20 },
  ],
  ...{ text: '结节', calibration: 'patient', values: [{ name: 'length', value: 14, unit: 'mm' }] },
  ...changes,
});
const resident = () => ctxFor(region.resident);
const attending = () => ctxFor(region.attending);
const held = async (ctx = resident()) => ({ id, leaseToken: (await claimCase(deps, ctx, { id })).leaseToken });

test('what the writer measured is there for the reviewer, who may change it and take it away', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const writing = await held();
  await placeMark(deps, resident(), { ...writing, markId: first, mark: mark() });
  await placeMark(deps, resident(), { ...writing, markId: first, mark: mark({ text: '结节 14 mm' }) });
  clock.advance(1);
  await placeMark(deps, resident(), { ...writing, markId: second, mark: mark({ kind: 'arrow', values: [] }) });
  await submitted(deps, region.resident, id);
  expect(await listMarks(deps, attending(), { id })).toMatchObject([
    { id: first, text: '结节 14 mm', author: region.resident.displayName, values: [{ value: 14 }] },
    { id: second, kind: 'arrow', author: region.resident.displayName },
  ]);

  const reviewing = await held(attending());
  await placeMark(deps, attending(), { ...reviewing, markId: first, mark: mark({ text: '结节 13 mm' }) });
  for (let times = 0; times < 2; times++) await removeMark(deps, attending(), { ...reviewing, markId: second });
  expect(await listMarks(deps, resident(), { id })).toMatchObject([
    { id: first, text: '结节 13 mm', author: region.attending.displayName },
  ]);
});

test('only who holds the case marks its images, and only as long', async () => {
  const writing = await held();
  const placing = { ...writing, markId: randomUUID(), mark: mark() };
  expect(await codeOf(placeMark(deps, attending(), placing))).toBe('lease-lost');
  await placeMark(deps, resident(), placing);
  expect(await codeOf(removeMark(deps, attending(), placing))).toBe('lease-lost');
  clock.advance(91);
  expect(await codeOf(placeMark(deps, resident(), placing))).toBe('lease-lost');
  expect(await listMarks(deps, attending(), { id })).toHaveLength(1);
});

test('a mark of another study, of a recording, or one too many is refused, and says why', async () => {
  const writing = await held();
  const place = (changes: Partial<Mark>, markId: string = randomUUID()) =>
    placeMark(deps, resident(), { ...writing, markId, mark: mark(changes) });
  const fieldOf = async (changes: Partial<Mark>) =>
    ((await refusalOf(place(changes))).details.fields as Array<{ field: string }>)[0]?.field;
  expect(await fieldOf({ studyUid: '1.2.3' })).toBe('mark.studyUid');
  expect(await fieldOf({ kind: 'march' })).toBe('mark.kind');
  const author = { authorId: region.resident.accountId, authorName: '某医生', at: clock.now() };
  const ids = Array.from({ length: mostMarks }, () => randomUUID());
  await database.db.caseMark.createMany({
    data: ids.map((markId) => ({
      ...{ caseId: id, id: markId, studyInstanceUid: studyUid, mark: { ...mark(), id: markId } },
      ...author,
    })),
  });
  expect(await fieldOf({})).toBe('mark');
  await place({ text: '改' }, ids[0]);
  expect(await database.db.caseMark.count({ where: { caseId: id } })).toBe(mostMarks);
});
