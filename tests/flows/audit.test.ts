import { type AuditFact, recordAudit } from '@lianzhen/db/audit.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { type AuditFilter, searchAudit } from '../../server/api/audit/search-audit.ts';
import { verifyAudit } from '../../server/api/audit/verify-audit.ts';
import { searchPatients } from '../../server/api/patients/search-patients.ts';
import { ctxFor, type GivenFacility, nobody, seatAt } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = {
  get db() {
    return database.db;
  },
};
let region: Region;
let commission: GivenFacility;
let auditor: ReturnType<typeof ctxFor>;
beforeEach(async () => {
  region = await given.region();
  commission = await given.facility({ kind: 'commission' });
  const person = await given.account({ facility: commission, roles: ['auditor'] });
  const covers = [commission.id, region.township.id, region.county.id];
  auditor = ctxFor({ ...person, seats: [seatAt(commission, ['auditor'], covers)] });
});
const write = (facilityId: string | null, fact: Partial<AuditFact> = {}) =>
  database.db.transaction((tx) => recordAudit(tx, { action: 'tests.written', facilityId, ...fact }));
const search = (filter: Partial<AuditFilter> = {}, ctx = auditor) =>
  searchAudit(deps, ctx, { page: 1, pageSize: 200, ...filter });
const chainOf = (chain: string) => database.db.auditEntry.findMany({ where: { chain }, orderBy: { position: 'asc' } });
const verdictOn = async (chain: string) => (await verifyAudit(deps, auditor)).chains.find(({ name }) => name === chain);
/** What only somebody with all rights on the database can do. */
const tamper = (sql: string, ...values: unknown[]) =>
  database.db.transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRawUnsafe(sql, ...values);
  });

describe('the trail', () => {
  test('is numbered, linked and never changed', async () => {
    const chain = region.stranger.id;
    for (const reason of ['一', '二', '三']) await write(chain, { reason });
    const entries = await chainOf(chain);
    expect(entries.map(({ position, reason }) => [Number(position), reason])).toEqual([
      [1, '一'],
      [2, '二'],
      [3, '三'],
    ]);
    expect(entries.map(({ previousHash }) => previousHash)).toEqual(['', entries[0]?.hash, entries[1]?.hash]);
    for (const sql of [
      `UPDATE "AuditEntry" SET "reason" = '零'`,
      `UPDATE "AuditEntry" SET "reason" = '零' WHERE FALSE`,
      'DELETE FROM "AuditEntry"',
      'TRUNCATE "AuditEntry"',
    ])
      await expect(database.db.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
    expect(await chainOf(chain)).toEqual(entries);
  });

  test('keeps its order however many write at once, in one chain and in several', async () => {
    const chains = [region.township.id, region.county.id, null];
    await Promise.all(Array.from({ length: 60 }, (_, at) => write(chains[at % 3] ?? null, { detail: { at } })));
    for (const chain of [region.township.id, region.county.id]) {
      const entries = await chainOf(chain);
      expect(entries.map(({ position }) => Number(position))).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
      const times = entries.map(({ at }) => at.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    expect((await verifyAudit(deps, auditor)).intact).toBe(true);
  });

  test('goes with its act: taken back, it was never there and leaves no gap', async () => {
    const chain = region.paired.id;
    await write(chain);
    const act = database.db.transaction(async (tx) => {
      await recordAudit(tx, { action: 'tests.undone', facilityId: chain });
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow('the act failed');
    await write(chain);
    expect((await chainOf(chain)).map(({ action }) => action)).toEqual(['tests.written', 'tests.written']);
    expect(await verdictOn(chain)).toMatchObject({ entries: 2, brokenAt: null });
  });

  test('takes whatever an act has to say', async () => {
    const chain = region.village.id;
    const odd = { text: 'a\u0000b\ud800', list: [1, null, '\u001e\u001f'], nested: { 名: '值' } };
    await write(chain, { detail: odd, reason: 'one\u001ftwo', objectId: null, actorName: '' });
    expect(await verdictOn(chain)).toMatchObject({ entries: 1, brokenAt: null });
  });
});

describe('tampering is found', () => {
  const chain = () => region.township.id;
  beforeEach(async () => {
    for (let at = 1; at <= 5; at++) await write(chain(), { reason: `fact ${at}` });
    expect(await verdictOn(chain())).toMatchObject({ entries: 5, brokenAt: null });
  });
  const where = `WHERE "chain" = $1 AND "position" = $2`;

  test.each([
    ['a reason', `"reason" = 'another'`],
    ['a reason taken out', `"reason" = NULL`],
    ['the time', `"at" = "at" + interval '1 second'`],
    ['the actor', `"actorName" = '别人'`],
    ['the outcome', `"outcome" = 'refused'`],
    ['the detail', `"detail" = '{"x": 1}'`],
    ['the patient', `"patientId" = "id"`],
  ])('%s changed', async (_, change) => {
    await tamper(`UPDATE "AuditEntry" SET ${change} ${where}`, chain(), 3);
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '3', why: 'changed' });
    expect((await verifyAudit(deps, auditor)).intact).toBe(false);
  });

  test('an entry taken out, from the middle, the end or the beginning', async () => {
    await tamper(`DELETE FROM "AuditEntry" ${where}`, chain(), 2);
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '2', why: 'missing' });
    await tamper(`DELETE FROM "AuditEntry" WHERE "chain" = $1 AND "position" > 1`, chain());
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '2', why: 'missing' });
    await tamper(`DELETE FROM "AuditEntry" WHERE "chain" = $1`, chain());
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '1', why: 'missing' });
  });

  test('an entry changed with its own hash made anew', async () => {
    await tamper(`UPDATE "AuditEntry" SET "reason" = 'another' ${where}`, chain(), 3);
    await tamper(`UPDATE "AuditEntry" e SET "hash" = audit_entry_hash(e) ${where}`, chain(), 3);
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '4', why: 'not linked to the one before' });
  });

  test('a chain cut short, its head put back', async () => {
    await tamper(`DELETE FROM "AuditEntry" WHERE "chain" = $1 AND "position" > 3`, chain());
    await tamper(
      `UPDATE "AuditChain" SET "position" = 3, "hash" = (SELECT "hash" FROM "AuditEntry" ${where}) WHERE "name" = $1`,
      ...[chain(), 3],
    );
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '4', why: 'missing' });
  });

  test('a chain written anew from an entry on', async () => {
    await tamper(`DELETE FROM "AuditEntry" WHERE "chain" = $1 AND "position" > 3`, chain());
    await tamper(
      `UPDATE "AuditChain" SET "position" = 3, "hash" = (SELECT "hash" FROM "AuditEntry" ${where}) WHERE "name" = $1`,
      ...[chain(), 3],
    );
    for (const reason of ['milder', 'words', 'more']) await write(chain(), { reason });
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '5', why: 'rewritten' });
  });

  test('a head without a chain, a chain without a head, and entries behind it', async () => {
    await tamper(`UPDATE "AuditChain" SET "position" = 4 WHERE "name" = $1`, chain());
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '4', why: 'the head does not agree' });
    await tamper(
      `UPDATE "AuditChain" SET "hash" = (SELECT "hash" FROM "AuditEntry" ${where}) WHERE "name" = $1`,
      chain(),
      4,
    );
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '5', why: 'behind the head' });
    await tamper(`DELETE FROM "AuditChain" WHERE "name" = $1`, chain());
    expect(await verdictOn(chain())).toMatchObject({ brokenAt: '1', why: 'the head is missing' });
    await tamper(`DELETE FROM "AuditEntry" WHERE "chain" = $1`, chain());
    expect(await verdictOn(chain())).toMatchObject({ why: 'the head is missing' });
  });
});

describe('the auditor', () => {
  const actionsIn = async (filter: Partial<AuditFilter>, ctx = auditor) =>
    (await search(filter, ctx)).rows.map(({ action }) => action);

  test('sees the facilities he oversees and the hub’s own entries, and no others', async () => {
    for (const [facilityId, action] of [
      [region.township.id, 'tests.ours'],
      [region.stranger.id, 'tests.theirs'],
      [null, 'tests.hub'],
    ] as const)
      await write(facilityId, { action });
    const actions = await actionsIn({});
    expect(actions).toEqual(expect.arrayContaining(['tests.ours', 'tests.hub']));
    expect(actions).not.toContain('tests.theirs');
    expect(await actionsIn({ facilityId: region.township.id })).toContain('tests.ours');
    expect(await codeOf(search({ facilityId: region.stranger.id }))).toBe('forbidden');
    for (const actor of [nobody, region.attending, region.outsider])
      for (const read of [() => search({}, ctxFor(actor)), () => verifyAudit(deps, ctxFor(actor))])
        expect(await codeOf(read())).toBe(actor === nobody ? 'unauthenticated' : 'forbidden');
  });

  test('asks by action, outcome, person, object and time; wildcards are letters', async () => {
    const objectId = crypto.randomUUID();
    await write(region.township.id, { action: 'tests.wanted', outcome: 'refused', actorName: '李_医生', objectId });
    for (const filter of [
      { action: 'WANTED' },
      { outcome: 'refused' },
      { actor: '李_' },
      { objectId },
      { from: new Date(0).toISOString() },
    ])
      expect(await actionsIn(filter)).toContain('tests.wanted');
    const soon = new Date(Date.now() + 60_000).toISOString();
    for (const filter of [
      { action: '%' },
      { actor: '%' },
      { objectId: '%' },
      { outcome: 'success', actor: '李_' },
      { from: soon },
      { to: new Date(0).toISOString() },
    ])
      expect(await actionsIn(filter)).not.toContain('tests.wanted');
    expect((await search({ action: 'audit.trailSearched' })).rows[0]?.detail).toMatchObject({
      total: expect.any(Number),
    });
  });

  test('asks for a person by the name that he logs in with as well', async () => {
    const { accountId } = await given.account({
      facility: region.township,
      roles: ['technician'],
      username: 'night_shift',
    });
    await write(region.township.id, { action: 'tests.shift', actorId: accountId, actorName: '王小燕' });
    await write(region.township.id, { action: 'tests.unnamed', actorName: '王小燕' });
    expect(await actionsIn({ actor: 'Night_' })).toEqual(['tests.shift']);
    expect(await actionsIn({ actor: '小燕' })).toEqual(['tests.unnamed', 'tests.shift']);
    expect(await actionsIn({ actor: 'night%' })).toEqual([]);
    await write(region.stranger.id, { action: 'tests.elsewhere', actorId: accountId });
    expect(await actionsIn({ actor: 'night_shift' })).toEqual(['tests.shift']);
  });

  test('follows a patient through lists and other houses, once the patient is one of his region', async () => {
    const patientId = region.patient.id;
    const { name } = await database.db.patient.findUniqueOrThrow({ where: { id: patientId } });
    await searchPatients(deps, ctxFor(region.doctor), { q: name, page: 1, pageSize: 10 });
    await write(region.paired.id, { action: 'tests.elsewhere', patientId });
    const actions = await actionsIn({ patientId });
    expect(actions).toEqual(expect.arrayContaining(['patients.patientsSearched', 'tests.elsewhere']));
    const abroad = await given.patient({ facility: region.stranger });
    await write(region.stranger.id, { action: 'tests.theirs', patientId: abroad.id });
    expect(await actionsIn({ patientId: abroad.id })).not.toContain('tests.theirs');
  });

  test('turns pages that fit together', async () => {
    for (let at = 0; at < 7; at++) await write(region.township.id, { action: 'tests.paged', reason: String(at) });
    const page = async (number: number) => (await search({ action: 'tests.paged', page: number, pageSize: 3 })).rows;
    const reasons = [...(await page(1)), ...(await page(2)), ...(await page(3))].map(({ reason }) => reason);
    expect(reasons).toEqual(['6', '5', '4', '3', '2', '1', '0']);
    expect((await search({ action: 'tests.paged' })).total).toBe(7);
  });
});
