import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDir } from '@lianzhen/db/schema-engine.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { type AccountChange, createAccount, setAccount } from '../../server/api/identity/manage-accounts.ts';
import { approveReport } from '../../server/api/reporting/approve-report.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { saveDraft } from '../../server/api/reporting/save-draft.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { beatCase } from '../../server/api/worklist/beat-case.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { claimNext } from '../../server/api/worklist/claim-next.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { releaseCase } from '../../server/api/worklist/release-case.ts';
import { returnCase } from '../../server/api/worklist/return-case.ts';
import { takeOverCase } from '../../server/api/worklist/take-over-case.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, type GivenAccount, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { opened, reportText, submitted } from '../factories/reading.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
// A hold is compared with the machine's clock where cases are looked for.
const clock = movableClock(new Date().toISOString());
const deps = deskDeps(database, clock);
let region: Region;
let admin: GivenAccount;
let ecgCentreId: string;
beforeEach(async () => {
  region = await given.region();
  admin = await given.account({ facility: region.county, roles: ['facility-admin'] });
  const data = { facilityId: region.county.id, line: 'ecg', name: '心电中心' };
  ecgCentreId = (await database.db.centre.create({ data })).id;
});
const resident = () => ctxFor(region.resident);
const change = (who: GivenAccount, wish: Partial<AccountChange>) =>
  setAccount(deps, ctxFor(admin), { id: who.accountId, facilityId: region.county.id, ...wish });
const moveToEcg = (who: GivenAccount) => change(who, { centreIds: [ecgCentreId] });
const centresOf = async ({ accountId }: { accountId: string }) =>
  (await database.db.centreMember.findMany({ where: { accountId } })).map(({ centreId }) => centreId).sort();
const listed = async (who: GivenAccount) =>
  (
    await listCases(deps, ctxFor(who), {
      ...{ page: 1, pageSize: 50, q: '', sort: 'priority', direction: 'asc' },
    })
  ).rows.map(({ id }) => id);

describe('an admin says for which centres somebody reads', () => {
  test('of his own facility, and only of readers; the trail says which', async () => {
    const fields = async (work: Promise<unknown>) => (await refusalOf(work)).details.fields;
    const strange = await database.db.centre.findFirstOrThrow({ where: { facilityId: region.stranger.id } });
    const ours = [{ field: 'centreIds', expected: 'centres of this facility' }];
    expect(await fields(change(region.resident, { centreIds: [ecgCentreId, strange.id] }))).toEqual(ours);
    const reader = [{ field: 'centreIds', expected: 'none without the role of a reader' }];
    const technician = await given.account({ facility: region.county, roles: ['technician'] });
    expect(await fields(change(technician, { centreIds: [ecgCentreId] }))).toEqual(reader);
    expect(await centresOf(region.resident)).toEqual([region.centre.id]);
    expect((await moveToEcg(region.resident)).centreIds).toEqual([ecgCentreId]);
    const where = { objectId: region.resident.accountId, action: 'identity.accountChanged' };
    const { detail } = await database.db.auditEntry.findFirstOrThrow({ where });
    expect(detail).toMatchObject({ centreIds: [ecgCentreId] });
  });

  test('when he makes the account, else for none', async () => {
    const body = { displayName: '新来的', title: null, password: 'Sonnenblume-am-Weg-7', roles: ['reader' as const] };
    const make = (username: string, centreIds?: string[]) =>
      createAccount(deps, ctxFor(admin), { ...body, username, facilityId: region.county.id, centreIds });
    expect((await make('centres.none')).centreIds).toEqual([]);
    expect((await make('centres.ecg', [ecgCentreId, ecgCentreId])).centreIds).toEqual([ecgCentreId]);
  });

  test('and whoever reads no more reads for none, also when he reads again', async () => {
    expect((await change(region.resident, { roles: ['technician'] })).centreIds).toEqual([]);
    expect((await change(region.resident, { roles: ['reader'] })).centreIds).toEqual([]);
    expect(await centresOf(region.resident)).toEqual([]);
  });

  test('what is not said stays, and what another facility gave too', async () => {
    const strange = await database.db.centre.findFirstOrThrow({ where: { facilityId: region.stranger.id } });
    const { accountId } = region.resident;
    await database.db.accountRole.create({ data: { accountId, facilityId: region.stranger.id, role: 'reader' } });
    await database.db.centreMember.create({ data: { accountId, centreId: strange.id } });
    await change(region.resident, { roles: ['reader', 'senior-reader'] });
    expect(await centresOf(region.resident)).toEqual([region.centre.id, strange.id].sort());
    // An admin sees of a person what belongs to his own facility.
    expect((await change(region.resident, { centreIds: [] })).centreIds).toEqual([]);
    expect(await centresOf(region.resident)).toEqual([strange.id]);
  });

  test('and the open page of that person hears of it, once', async () => {
    const heard = () => database.db.outbox.count({ where: { payload: { path: ['topic'], equals: 'session' } } });
    const before = await heard();
    await moveToEcg(region.resident);
    await moveToEcg(region.resident);
    expect((await heard()) - before).toBe(1);
  });
});

describe('whoever is moved while he holds a case', () => {
  test('finishes it: sees it, keeps it alive, writes and signs; and claims no other', async () => {
    const [id, other] = [await readyCase(deps, region), await readyCase(deps, region)];
    const { signing } = await opened(deps, region.resident, id);
    await moveToEcg(region.resident);
    expect(await listed(region.resident)).toEqual([id]);
    const { leaseToken } = await claimCase(deps, resident(), { id });
    expect(leaseToken).toBe(signing.leaseToken);
    await beatCase(deps, resident(), { id, leaseToken });
    const { revision } = await saveDraft(deps, resident(), { ...signing, ...reportText() });
    expect(await codeOf(claimCase(deps, resident(), { id: other }))).toBe('not-found');
    expect(await codeOf(takeOverCase(deps, resident(), { id: other, reason: '顺手' }))).toBe('not-found');
    expect(await claimNext(deps, resident(), { query: {}, purpose: 'read' })).toEqual({ case: null });
    const signed = await submitReport(deps, resident(), { ...signing, revision });
    expect(signed).toMatchObject({ state: 'submitted', writerId: region.resident.accountId });
    expect(await codeOf(readCase(deps, resident(), { id }))).toBe('not-found');
    expect(await codeOf(readReport(deps, resident(), { caseId: id }))).toBe('not-found');
  });

  test('or reviews it to the end, sends it back, or lets it go', async () => {
    const reviewed = await readyCase(deps, region);
    await submitted(deps, region.resident, reviewed);
    const { signing } = await opened(deps, region.attending, reviewed);
    const [returned, released] = [await readyCase(deps, region), await readyCase(deps, region)];
    const claims = await Promise.all(
      [returned, released].map((id) => claimCase(deps, ctxFor(region.attending), { id })),
    );
    await moveToEcg(region.attending);
    const ctx = ctxFor(region.attending);
    expect(await approveReport(deps, ctx, signing)).toMatchObject({ state: 'final' });
    const [back, free] = claims.map(({ id, leaseToken }) => ({ id, leaseToken }));
    if (!back || !free) throw new Error('two were claimed');
    expect(await returnCase(deps, ctx, { ...back, kind: 'bad-quality', reason: '图像模糊' })).toMatchObject({
      state: 'returned',
    });
    expect(await releaseCase(deps, ctx, free)).toEqual({ ok: true });
    expect(await codeOf(claimCase(deps, ctx, { id: free.id }))).toBe('not-found');
    expect((await claimCase(deps, resident(), { id: free.id })).state).toBe('reading');
  });

  test('has nothing there once the hold has run out, or was taken over', async () => {
    const [id, taken] = [await readyCase(deps, region), await readyCase(deps, region)];
    const { leaseToken } = await claimCase(deps, resident(), { id });
    await claimCase(deps, resident(), { id: taken });
    await moveToEcg(region.resident);
    await database.db.caseLease.update({ where: { caseId: id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await takeOverCase(deps, ctxFor(region.attending), { id: taken, reason: '调离' });
    expect(await listed(region.resident)).toEqual([]);
    expect(await codeOf(beatCase(deps, resident(), { id, leaseToken }))).toBe('not-found');
    expect(await codeOf(claimCase(deps, resident(), { id }))).toBe('not-found');
    expect(await codeOf(readCase(deps, resident(), { id: taken }))).toBe('not-found');
  });
});

describe('who is moved at the moment in which he claims', () => {
  test('either has the case and finishes it, or never had it', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await readyCase(deps, region);
      const reader = await given.account({ facility: region.county, roles: ['reader'], centreIds: [region.centre.id] });
      const press = round % 2 === 0 ? claimCase(deps, ctxFor(reader), { id }) : claimNext(deps, ctxFor(reader), next);
      const [claimed] = await Promise.allSettled([press, moveToEcg(reader)]);
      const lease = await database.db.caseLease.findUnique({ where: { caseId: id } });
      const { state } = await database.db.case.findUniqueOrThrow({ where: { id } });
      if (lease) {
        expect([claimed.status, state, lease.accountId]).toEqual(['fulfilled', 'reading', reader.accountId]);
        expect((await readReport(deps, ctxFor(reader), { caseId: id })).state).toBe('draft');
        await releaseCase(deps, ctxFor(reader), { id, leaseToken: lease.token });
      } else {
        expect(state).toBe('ready');
        if (claimed.status === 'fulfilled') expect(claimed.value).toEqual({ case: null });
        else expect(claimed.reason).toMatchObject({ name: expect.any(String) });
      }
      expect(await codeOf(claimCase(deps, ctxFor(reader), { id }))).toBe('not-found');
      await database.db.case.update({ where: { id }, data: { state: 'withdrawn' } });
    }
  });

  test('waits for the case’s lock, and is looked at again behind it', async () => {
    const id = await readyCase(deps, region);
    let claim: Promise<unknown> = Promise.resolve();
    await database.db.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "id" = ${id}::uuid FOR UPDATE`;
      claim = codeOf(claimCase(deps, resident(), { id }));
      await somebodyWaits();
      await moveToEcg(region.resident);
    });
    expect(await claim).toBe('not-found');
    expect(await database.db.caseLease.count({ where: { caseId: id } })).toBe(0);
  });

  test('and two admins who move him at once leave him where the last one said', async () => {
    const choices = [[region.centre.id], [ecgCentreId], [region.centre.id, ecgCentreId], []];
    const answers = await Promise.all(choices.map((centreIds) => change(region.resident, { centreIds })));
    expect(answers.map(({ centreIds }) => [...centreIds].sort())).toEqual(choices.map((ids) => [...ids].sort()));
    expect(choices.map((ids) => [...ids].sort())).toContainEqual(await centresOf(region.resident));
  });
});
const next = { query: {}, purpose: 'read' } as const;

/** Until somebody stands before the lock of a case. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await database.db.$queryRaw<Array<{ waiting: bigint }>>`
      SELECT count(*) AS "waiting" FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%"Case"%'`;
    if (row && row.waiting > 0n) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('the readers of a store from before read for all centres of their facility', async () => {
  const { db } = database;
  const both = [region.centre.id, ecgCentreId].sort();
  await db.centreMember.deleteMany();
  const sql = await readFile(join(migrationsDir, '20261123000400_centre_members', 'migration.sql'), 'utf8');
  await db.$executeRawUnsafe(sql.slice(sql.indexOf('INSERT INTO')));
  expect(await centresOf(region.resident)).toEqual(both);
  expect(await centresOf(region.attending)).toEqual(both);
  for (const who of [region.doctor, region.technician, region.expert, admin]) expect(await centresOf(who)).toEqual([]);
});
