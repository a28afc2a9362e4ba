import { nameGrams } from '@lianzhen/db/name-index.ts';
import { scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { beforeAll, expect, test } from 'vitest';
import { ofNamed } from '../../server/api/patients/find-named.ts';
import * as store from '../../server/api/patients/store.ts';
import type { GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { givenIn } from '../factories/region.ts';
import { wholeReads } from '../factories/whole-reads.ts';

const many = 100_000;
// One connection: what it counted is what was asked here.
const database = withDatabase(1);
const given = givenIn(database);
let house: GivenFacility;
let clinic: GivenFacility;

/** A hospital's register: names of two surnames' worth and three given names each, one patient in fifty at the clinic. */
beforeAll(async () => {
  [house, clinic] = [await given.facility(), await given.facility()];
  const { db } = database;
  await register(many);
  await db.$executeRaw`
    INSERT INTO "PatientIdentifier" ("id", "patientId", "type", "issuer", "value")
    SELECT gen_random_uuid(), "id", 'mrn', ${house.code}, to_char(10000000 + row_number() OVER (), 'FM00000000') FROM "Patient"`;
  await db.$executeRaw`
    INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason")
    SELECT "id", CASE WHEN "nameInitials" LIKE 'z%' AND "birthDate" < date '1940-02-10' THEN ${clinic.id}::uuid ELSE ${house.id}::uuid END, 'registered'
    FROM "Patient"`;
  await settled();
  // After the statistics were taken. A text that happens to stand in them is taken for one in a hundred of all, and with
  // that many to fetch it is right to read them all.
  await given.patient({ facility: house, name: '诸葛瑾瑜', pinyin: 'zhugejinyu', initials: 'zgjy', mrn: 'M77001122' });
}, 120_000);

/** As after a night: PostgreSQL knows the table, and what was put in is in its indexes and no longer in their waiting lists. */
const settled = () => database.db.$executeRaw`VACUUM (ANALYZE) "Patient", "PatientIdentifier", "PatientFacility"`;

const step = 20_000;
/** In parts, each well within the time that a statement has. */
async function register(count: number): Promise<void> {
  for (let from = 1; from <= count; from += step) await registerPart(from, from + step - 1);
}
const registerPart = (from: number, to: number) => database.db.$executeRaw`
  INSERT INTO "Patient" ("id", "name", "namePinyin", "nameInitials", "sex", "birthDate", "updatedAt")
  SELECT gen_random_uuid(), s.name || g.name || chr(19968 + at % 5000), s.pinyin || g.pinyin || to_char(at % 5000, 'FM0000'),
    left(s.pinyin, 1) || left(g.pinyin, 1) || 'x', 'female', date '1940-01-01' + at % 20000, now()
  FROM generate_series(${from}::int, ${to}::int) AS at
  JOIN (VALUES (0, '张', 'zhang'), (1, '欧阳', 'ouyang')) s(n, name, pinyin) ON s.n = at % 2
  JOIN (VALUES (0, '桂芳', 'guifang'), (1, '建军', 'jianjun'), (2, '雪梅', 'xuemei')) g(n, name, pinyin) ON g.n = at % 3`;
const search = (q: string, owner = house) => store.search(database.db, scopeOfFacilities([owner.id]), q, 0, 50);
const readWhole = () => wholeReads(database.db, ['Patient', 'PatientIdentifier']);

test('each way of finding somebody has an index that PostgreSQL takes', async () => {
  const planOf = async (sql: string) => {
    const rows = await database.db.$queryRawUnsafe<Array<Record<string, string>>>(`EXPLAIN (COSTS OFF) ${sql}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  expect(await planOf(`SELECT "id" FROM "Patient" WHERE "name" LIKE '%张桂芳一%'`)).toContain('Patient_search_idx');
  // The store's own condition, for names of any length: one character, two, and more than a trigram has.
  for (const part of ['丂', '张桂', '桂芳', '张桂芳一', '欧阳建军丂'])
    expect(
      await planOf(
        `SELECT "id" FROM "Patient" WHERE name_grams("name") @> ARRAY['${nameGrams(part).join("','")}'] AND "name" LIKE '%${part}%'`,
      ),
    ).toContain(part.length > 2 ? 'Bitmap Index Scan on "Patient_' : 'Bitmap Index Scan on "Patient_name_grams_idx"');
  expect(await planOf(`SELECT "id" FROM "Patient" WHERE "namePinyin" LIKE 'zhangguifang0001%'`)).toMatch(/Index Scan/);
  expect(await planOf(`SELECT "patientId" FROM "PatientIdentifier" WHERE "value" LIKE '100123%'`)).toMatch(
    /Index Scan/,
  );
  expect(await planOf(`SELECT "id" FROM "Patient" WHERE "phone" = '13800138000'`)).toMatch(/Index Scan/);
});

test('a hundred thousand are not read from end to end for one', async () => {
  for (const q of ['张桂芳一丁', 'zhugejinyu', 'm77001122']) await search(q);
  const before = await readWhole();
  const totals = [];
  for (const q of ['诸葛瑾瑜', '瑾瑜', '瑜', 'zhugejinyu', 'zgjy', 'm77001122']) totals.push((await search(q)).total);
  expect(totals).toEqual([1, 1, 1, 1, 1, 1]);
  for (const q of ['张桂芳丂', '没有这个人', '芳丂', '没有', '丂']) await search(q);
  expect(await readWhole()).toBe(before);
});

test('whose orders a name may mean is found by the same indexes, and not counted out where it is common', async () => {
  const find = async (q: string) => {
    const their = await ofNamed(database.db, q);
    return 'patientId' in their ? their.patientId.in : undefined;
  };
  const known = async (q: string) => (await search(q)).total + (await search(q, clinic)).total;
  const rare = ['芳丂', '张桂芳丂', 'zhugejinyu', '没有这个人'];
  for (const q of rare) await find(q);
  const before = await readWhole();
  const found = await Promise.all(rare.map(find));
  expect(await readWhole()).toBe(before);
  expect(found.map((ids) => ids?.length)).toEqual(await Promise.all(rare.map(known)));
  expect(await find('张')).toBeUndefined();
  expect(await find('zgx')).toBeUndefined();
});

test('a small clinic finds its own among everybody else’s', async () => {
  const all = await search('', clinic);
  expect(all.total).toBeGreaterThan(0);
  expect(all.total).toBeLessThan(many / 10);
  expect((await search('zhang', clinic)).total).toBe(all.total);
  expect((await search('ouyang', clinic)).total).toBe(0);
});

test('a name of two characters costs the same in a register twice as large', async () => {
  const sick = await Promise.all(Array.from({ length: 20 }, () => given.patient({ facility: house, name: '仇英' })));
  const plan = () =>
    database.db.$queryRawUnsafe<[{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }]>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT "id" FROM "Patient"
       WHERE name_grams("name") @> ARRAY['${nameGrams('仇英')}'] AND "name" LIKE '%仇英%'`,
    );
  const blocks = async () => {
    const [row] = await plan();
    const {
      'Shared Hit Blocks': hit = 0,
      'Shared Read Blocks': read = 0,
      'Actual Rows': rows,
    } = row['QUERY PLAN'][0].Plan;
    expect(rows).toBe(sick.length);
    return hit + read;
  };
  const before = await blocks();
  await register(many);
  await settled();
  const reads = await readWhole();
  const after = await blocks();
  expect(before).toBeLessThan(100);
  expect(after).toBeLessThanOrEqual(before + 10);
  expect((await search('仇英')).total).toBe(sick.length);
  expect(await readWhole()).toBe(reads);
});
