import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { makeAdmin, WishRefused } from '@lianzhen/db/make-admin.ts';
import { demoPassword } from '@lianzhen/db/seed/region.ts';
import { describe, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { callerOf, logIn } from '../factories/hub-client.ts';
import { withRedis } from '../factories/redis.ts';

const root = join(import.meta.dirname, '../..');
const database = withDatabase();
const redis = withRedis();
const edge = withEdge(database, redis, { settings: { HUB_DEMO: false, NODE_ENV: 'production' } });
const next = 'Ein-neues-Kennwort-9';
const { identity } = hubContract;

/** The command as an operator gives it. */
function command(args: string[], input?: string) {
  const env = { PATH: process.env.PATH, DATABASE_URL: database.url };
  const child = spawn(process.execPath, [join(root, 'docker', 'create-admin.ts'), ...args], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  child.stdin.end(input ?? '');
  return new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
}
const make = (wish: Partial<Parameters<typeof makeAdmin>[1]>) =>
  makeAdmin(database.url, { facility: 'C01', username: 'admin01', ...wish }, new Date());
const refusedWith = (wish: Parameters<typeof make>[0]) =>
  make(wish).then(
    () => 'made',
    (cause: unknown) => (cause instanceof WishRefused ? cause.message : String(cause)),
  );
const enter = (username: string, password: string, more: { next?: string } = {}) =>
  callerOf(edge.url).call(identity.logIn, { username, password, ...more });

test('an empty store has no account that anybody could know', async () => {
  expect([await database.db.facility.count(), await database.db.account.count()]).toEqual([0, 0]);
  await expect(enter('countyadmin01', demoPassword)).rejects.toMatchObject({ code: 'wrong-credentials' });
});

describe('what is missing is named, and nothing is made', () => {
  test.each([
    [{}, '--name'],
    [{ name: '镇卫生院', level: 'township' }, '--level'],
    [{ name: '县医院', level: 'castle' }, '--level: one of village'],
    [{ name: '县医院', facility: 'c 01' }, '--facility'],
    // C01-his would be a name of C01's secrets.
    [{ name: '县医院', facility: 'C01-2' }, '--facility'],
    [{ name: '县医院', username: 'Admin' }, '--username'],
    [{ name: '县医院', role: 'reader' }, '--role'],
    [{ name: '县医院', kind: 'castle' }, '--kind'],
    [{ name: '县\n医院' }, '--name'],
    [{ name: '县医院', password: 'short' }, 'the password'],
    [{ name: '县医院', parent: 'G01' }, 'no facility G01'],
    [{ reset: true }, 'no facility C01'],
  ])('%o: %s', async (wish, word) => {
    expect(await refusedWith(wish)).toContain(word);
    expect([await database.db.facility.count(), await database.db.account.count()]).toEqual([0, 0]);
  });

  test('over the command line, with how it is used', async () => {
    for (const args of [[], ['--facility', 'C01'], ['--facility', 'C01', '--username', 'admin01', '--pasword', 'x']]) {
      const { code, said } = await command(args);
      expect([code, said]).toEqual([2, expect.stringContaining('--password-stdin')]);
    }
  });
});

test('the first facility and its admin, who chooses a password of his own and then makes the others', async () => {
  const { code, said } = await command(['--facility', 'C01', '--name', '县人民医院', '--username', 'admin01']);
  expect([code, said]).toEqual([0, expect.stringContaining('C01 县人民医院')]);
  const oneTime = /shown this once: (\S+)/.exec(said)?.[1] ?? '';
  expect(oneTime).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  const facility = await database.db.facility.findUniqueOrThrow({
    where: { code: 'C01' },
    include: { destinations: true },
  });
  expect(facility).toMatchObject({ level: 'county', kind: 'hospital', parentId: null });
  expect(facility.destinations.map(({ kind }) => kind)).toEqual(['inbox']);
  await expect(enter('admin01', oneTime)).rejects.toMatchObject({ code: 'new-password-required' });
  const session = await enter('admin01', oneTime, { next });
  expect(session.seats).toMatchObject([{ code: 'C01', roles: ['facility-admin'] }]);
  const admin = await logIn(edge.url, 'admin01', next);
  const body = { username: 'doctor01', displayName: '李', password: 'Sonnenblume-am-Weg-7', facilityId: facility.id };
  await admin.call(identity.createAccount, { ...body, roles: ['reader'] });
  const trail = await database.db.auditEntry.findMany({ where: { facilityId: facility.id, actorId: null } });
  expect(trail.map(({ action, actorName }) => [action, actorName])).toEqual([
    ['facilities.facilityCreated', 'command line'],
    ['identity.accountCreated', 'command line'],
  ]);
  expect(JSON.stringify(trail.map(({ detail }) => detail))).not.toContain(oneTime);
});

test('an account that is there is not made again, but may be reset', async () => {
  const again = await command(['--facility', 'C01', '--username', 'admin01']);
  expect([again.code, again.said]).toEqual([2, expect.stringContaining('--reset')]);
  await logIn(edge.url, 'admin01', next);
  await database.db.account.update({
    where: { username: 'admin01' },
    data: {
      totpConfirmed: true,
      totpSecret: 'of a lost telephone',
      failedLogins: 9,
      lockedUntil: new Date('2099-01-01'),
    },
  });
  const { password, facility } = await make({ reset: true });
  expect(facility.isNew).toBe(false);
  const { id } = await database.db.account.findUniqueOrThrow({ where: { username: 'admin01' } });
  expect(await database.db.session.count({ where: { accountId: id } })).toBe(0);
  await expect(enter('admin01', next)).rejects.toMatchObject({ code: 'wrong-credentials' });
  await enter('admin01', password ?? '', { next: 'Noch-ein-Kennwort-8' });
  expect(await refusedWith({ username: 'nobody01', reset: true })).toContain('no account nobody01');
});

test('a facility below another, an overseer, and a password from standard input', async () => {
  expect(await refusedWith({ facility: 'T01', name: '镇卫生院', username: 'admin02' })).toContain('--parent');
  const args = ['--facility', 'T01', '--name', '镇卫生院', '--level', 'township', '--parent', 'C01'];
  const given = 'von-der-Leitung-gesagt';
  const { code, said } = await command([...args, '--username', 'admin02', '--password-stdin'], `${given}\n`);
  expect([code, said.includes(given)]).toEqual([0, false]);
  await expect(enter('admin02', given)).rejects.toMatchObject({ code: 'new-password-required' });
  const { seats } = await enter('admin02', given, { next });
  expect(seats).toMatchObject([{ code: 'T01', level: 'township' }]);
  const auditor = await make({ username: 'auditor01', role: 'auditor', displayName: '邓洁' });
  const session = await enter('auditor01', auditor.password ?? '', { next });
  expect(session).toMatchObject({ displayName: '邓洁', seats: [{ roles: ['auditor'] }] });
});

test('two operators at once make one facility', async () => {
  const wishes = ['admin11', 'admin12', 'admin11'].map((username) =>
    refusedWith({ facility: 'C09', name: '第九医院', parent: 'C01', username }),
  );
  const outcomes = await Promise.all(wishes);
  expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(2);
  expect(outcomes.find((outcome) => outcome !== 'made')).toContain('admin11 is there already');
  expect(await database.db.facility.count({ where: { code: 'C09' } })).toBe(1);
});
