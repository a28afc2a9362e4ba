import { beforeEach, describe, expect, test } from 'vitest';
import { createPatient } from '../../server/api/patients/create-patient.ts';
import { dismissDuplicate, listDuplicates } from '../../server/api/patients/duplicates.ts';
import { mergePatients, splitPatients } from '../../server/api/patients/merge-patients.ts';
import { readPatient } from '../../server/api/patients/read-patient.ts';
import { searchPatients } from '../../server/api/patients/search-patients.ts';
import { handleFindDuplicates } from '../../workers/patients/find-duplicates.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, type GivenAccount, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { freshIdCard } from '../factories/id-card.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database, movableClock());
let region: Region;
let clerk: GivenAccount;
beforeEach(async () => {
  region = await given.region();
  clerk = await given.account({ facility: region.township, roles: ['senior-reader', 'requesting-doctor'] });
});
const register = async (changes: object = {}, facility = region.township, ctx = ctxFor(clerk)) => {
  const identifiers = [{ type: 'mrn' as const, issuer: facility.code, value: crypto.randomUUID() }];
  const body = { name: '马占海', sex: 'male' as const, birthDate: '1946-01-30', identifiers, facilityId: facility.id };
  const { patient } = await createPatient(deps, ctx, { ...body, ...changes });
  return patient.id;
};
const propose = async (patientId: string) => {
  await handleFindDuplicates(deps, { patientId });
  return database.db.duplicateProposal.findMany({ where: { OR: [{ firstId: patientId }, { secondId: patientId }] } });
};
/** Two rows of one person, and the proposal to merge them. */
const pair = async (first: object = {}, second: object = {}) => {
  const ids = [await register(first), await register(second)] as const;
  const proposal = (await propose(ids[1])).find(
    ({ firstId, secondId }) => ids.includes(firstId) && ids.includes(secondId),
  );
  if (!proposal) throw new Error('not proposed');
  return { survivorId: ids[0], mergedId: ids[1], id: proposal.id };
};
const merge = (wish: { id: string; survivorId: string }, caller = clerk) =>
  mergePatients(deps, ctxFor(caller), { ...wish, reason: '同一人' });
const patientOf = (id: string) =>
  database.db.patient.findUniqueOrThrow({ where: { id }, include: { identifiers: true, facilities: true } });

describe('a pair', () => {
  test('is proposed once with its evidence, its numbers masked', async () => {
    const card = freshIdCard('1946-01-30', 'male');
    const slip = card.slice(0, 8) + (card[8] === '4' ? '3' : '4') + card.slice(9);
    const first = await register({ name: '马占海', phone: '13800138000' });
    await database.db.patientIdentifier.createMany({
      data: [{ patientId: first, type: 'id-card', issuer: 'CN', value: slip }],
    });
    const second = await register({
      phone: '138 0013 8000',
      identifiers: [{ type: 'id-card', issuer: 'CN', value: card }],
    });
    await propose(second);
    await propose(first);
    await propose(second);
    const shown = (await listDuplicates(deps, ctxFor(clerk))).filter(
      (row) => row.first.id === first || row.second.id === first,
    );
    expect(shown.map((row) => [row.first.id, row.second.id].sort())).toContainEqual([first, second].sort());
    const verdicts = shown[0]?.evidence.map(({ field, verdict }) => [field, verdict]);
    expect(verdicts).toEqual(
      expect.arrayContaining([
        ['name', 'same'],
        ['phone', 'same'],
        ['id-card', 'similar'],
      ]),
    );
    expect(JSON.stringify(shown)).not.toContain(card);
    expect(JSON.stringify(shown)).not.toContain(slip);
    expect((await readPatient(deps, ctxFor(clerk), { id: first })).hasOpenDuplicates).toBe(true);
  });

  test('is not proposed on a name alone', async () => {
    await register({ name: '独一名', birthDate: '1946-01-30' });
    const other = await register({ name: '独一名', birthDate: '1980-06-06' });
    const unknown = await register({ name: '独一名', birthDate: null, sex: 'unknown' });
    expect(await propose(other)).toEqual([]);
    expect(await propose(unknown)).toEqual([]);
  });

  test('is found among thousands of the same name', async () => {
    const twin = await register({ name: '张伟', phone: '13911112222', birthDate: null });
    await database.db.$executeRaw`
      INSERT INTO "Patient" ("id", "name", "namePinyin", "nameInitials", "sex", "birthDate", "updatedAt")
      SELECT gen_random_uuid(), '张伟', 'zhangwei', 'zw', 'female', '1999-09-09', now() FROM generate_series(1, 3000)`;
    const late = await register({ name: '张伟', phone: '13911112222', birthDate: null, address: '二坝村三组12号' });
    await database.db.patient.update({ where: { id: twin }, data: { address: '二坝村三组12号' } });
    expect((await propose(late)).map(({ firstId, secondId }) => [firstId, secondId])).toEqual([[twin, late].sort()]);
  });

  test('of which one side belongs to strangers is neither shown nor decided', async () => {
    const own = await register({ name: '边界人' });
    const outside = await register({ name: '边界人' }, region.stranger, ctxFor(region.outsider));
    const [proposal] = await propose(own);
    const id = proposal?.id ?? '';
    for (const caller of [clerk, region.outsider]) {
      const shown = (await listDuplicates(deps, ctxFor(caller))).map((row) => row.id);
      expect(shown).not.toContain(id);
      expect(await codeOf(merge({ id, survivorId: own }, caller))).toBe('not-found');
      expect(await codeOf(dismissDuplicate(deps, ctxFor(caller), { id, reason: '不同人' }))).toBe('not-found');
    }
    // A mark that leads to an empty list would be a riddle, to whoever reads one of them as to whoever searches.
    const doctor = await given.account({ facility: region.stranger, roles: ['requesting-doctor'] });
    for (const [caller, patientId] of [
      [clerk, own],
      [region.outsider, outside],
      [doctor, outside],
    ] as const) {
      expect((await readPatient(deps, ctxFor(caller), { id: patientId })).hasOpenDuplicates).toBe(false);
      const { rows } = await searchPatients(deps, ctxFor(caller), { q: '边界人', page: 1, pageSize: 50 });
      expect(rows.find((row) => row.id === patientId)).toMatchObject({ hasOpenDuplicates: false });
    }
    expect((await patientOf(outside)).mergedIntoId).toBeNull();
    expect(await codeOf(listDuplicates(deps, ctxFor(region.doctor)))).toBe('forbidden');
  });

  test('that was dismissed stays so', async () => {
    const { id, survivorId } = await pair({ name: '不同人' }, { name: '不同人' });
    await dismissDuplicate(deps, ctxFor(clerk), { id, reason: '父子同名' });
    expect(await codeOf(dismissDuplicate(deps, ctxFor(clerk), { id, reason: '再次' }))).toBe('wrong-state');
    expect(await codeOf(merge({ id, survivorId }))).toBe('wrong-state');
    expect((await propose(survivorId))[0]).toMatchObject({ state: 'dismissed', reason: '父子同名' });
  });

  test('is shown although hundreds of strangers’ pairs are likelier', async () => {
    const { id } = await pair({ name: '排在后' }, { name: '排在后' });
    await database.db.$executeRaw`
      WITH a AS (INSERT INTO "Patient" ("id", "name", "sex", "updatedAt")
        SELECT gen_random_uuid(), '外人', 'male', now() FROM generate_series(1, 600) RETURNING "id"),
      n AS (SELECT "id", row_number() OVER (ORDER BY "id") AS at FROM a)
      INSERT INTO "DuplicateProposal" ("id", "firstId", "secondId", "score", "evidence")
      SELECT gen_random_uuid(), x."id", y."id", 99, '[]' FROM n x JOIN n y ON y.at = x.at + 1 WHERE x.at % 2 = 1`;
    expect((await listDuplicates(deps, ctxFor(clerk))).map((row) => row.id)).toContain(id);
  });
});

describe('a merge', () => {
  test('moves everything and a split moves it back', async () => {
    const { id, survivorId, mergedId } = await pair(
      { name: '合并人' },
      { name: '合并人', villageId: region.village.id },
    );
    const consent = {
      signer: '合并人',
      relation: 'self',
      method: 'written',
      givenAt: '2026-11-22T09:00:00+08:00',
    } as const;
    await readyCase(deps, region, { patientId: mergedId, consent });
    await database.db.study.updateMany({
      where: { orderExam: { order: { patientId: mergedId } } },
      data: { patientId: mergedId },
    });
    const before = await patientOf(mergedId);
    const view = await merge({ id, survivorId });
    expect(view).toMatchObject({ survivorId, mergedId, mergedName: '合并人', splitAt: null });
    const survivor = await patientOf(survivorId);
    expect(survivor.identifiers).toHaveLength(2);
    expect(survivor.facilities.map(({ facilityId }) => facilityId)).toContain(region.village.id);
    const count = async (patientId: string) => [
      await database.db.order.count({ where: { patientId } }),
      await database.db.study.count({ where: { patientId } }),
      await database.db.patientIdentifier.count({ where: { patientId } }),
    ];
    expect(await count(survivorId)).toEqual([1, 1, 2]);
    expect(await count(mergedId)).toEqual([0, 0, 0]);
    expect((await patientOf(mergedId)).mergedIntoId).toBe(survivorId);
    const { merges } = await readPatient(deps, ctxFor(clerk), { id: survivorId });
    await splitPatients(deps, ctxFor(clerk), { id: merges[0]?.id ?? '', reason: '误合' });
    expect(await count(survivorId)).toEqual([0, 0, 1]);
    expect(await count(mergedId)).toEqual([1, 1, 1]);
    const after = await patientOf(mergedId);
    expect([after.mergedIntoId, after.identifiers, after.facilities]).toEqual([
      null,
      before.identifiers,
      before.facilities,
    ]);
    expect((await patientOf(survivorId)).facilities.map(({ facilityId }) => facilityId)).toEqual([region.township.id]);
    expect(await codeOf(splitPatients(deps, ctxFor(clerk), { id: view.id, reason: '再次' }))).toBe('wrong-state');
    const trail = await database.db.auditEntry.findMany({ where: { objectId: mergedId, patientId: survivorId } });
    expect(trail.map(({ action, reason }) => [action, reason])).toEqual([
      ['patients.patientsMerged', '同一人'],
      ['patients.patientsSplit', '误合'],
    ]);
  });

  test('happens once, however many decide it at once, whichever way', async () => {
    const { id, survivorId, mergedId } = await pair({ name: '并发人' }, { name: '并发人' });
    const tries = [survivorId, mergedId, survivorId, mergedId].map((one) => merge({ id, survivorId: one }));
    const done = await Promise.allSettled([...tries, dismissDuplicate(deps, ctxFor(clerk), { id, reason: '不同' })]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of done) if (one.status === 'rejected') expect(one.reason.code).toBe('wrong-state');
  });

  test('names its survivor, who is one of the two', async () => {
    const { id } = await pair({ name: '选错人' }, { name: '选错人' });
    expect(await codeOf(merge({ id, survivorId: region.patient.id }))).toBe('bad-input');
  });

  test('into somebody who was merged further is split from the end', async () => {
    const first = await pair({ name: '连环人' }, { name: '连环人' });
    await merge(first);
    const third = await register({ name: '连环人' });
    const [next] = (await propose(third)).filter(({ firstId, secondId }) =>
      [firstId, secondId].includes(first.survivorId),
    );
    await merge({ id: next?.id ?? '', survivorId: third });
    const mergeOf = async (mergedId: string) =>
      (await database.db.patientMerge.findFirstOrThrow({ where: { mergedId } })).id;
    const split = async (mergedId: string) =>
      splitPatients(deps, ctxFor(clerk), { id: await mergeOf(mergedId), reason: '误合' });
    expect((await patientOf(third)).identifiers).toHaveLength(3);
    expect(await codeOf(split(first.mergedId))).toBe('wrong-state');
    await split(first.survivorId);
    await split(first.mergedId);
    for (const id of [first.survivorId, first.mergedId, third])
      expect(await patientOf(id)).toMatchObject({ mergedIntoId: null, identifiers: [{}] });
  });

  test('is found by the number of the row that was merged', async () => {
    const card = { type: 'id-card' as const, issuer: 'CN', value: freshIdCard('1946-01-30', 'male') };
    const { id, survivorId } = await pair({ name: '有号人' }, { name: '有号人', identifiers: [card] });
    await merge({ id, survivorId });
    expect(await register({ name: '有号人', identifiers: [card] })).toBe(survivorId);
  });
});
