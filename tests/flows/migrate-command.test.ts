import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDb } from '@lianzhen/db/client.ts';
import { applyMigrations } from '@lianzhen/db/migrate.ts';
import { migrationsDir } from '@lianzhen/db/schema-engine.ts';
import { scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ensureDatabase } from '../../docker/local/postgres.ts';
import { search } from '../../server/api/patients/store.ts';
import { type Cluster, clusterVariable, startCluster } from '../factories/cluster.ts';
import { givenIn } from '../factories/region.ts';

const root = join(import.meta.dirname, '../..');
const names = readdirSync(migrationsDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
/** What the first release had. */
const first = names.filter((name) => name < '20261122000300');

let server: string;
let own: Cluster | undefined;
beforeAll(async () => {
  own = process.env[clusterVariable] ? undefined : await startCluster();
  server = process.env[clusterVariable] ?? (own?.url as string);
}, 120_000);
afterAll(async () => own?.stop());

/** An empty database, and a connection to it for the test. */
async function emptyDatabase(name: string) {
  const url = new URL(server);
  url.pathname = `/${name}_${process.pid}`;
  await ensureDatabase(url.href);
  const db = connectDb(url.href, 2);
  onTestFinished(() => db.close());
  return { url: url.href, db };
}

/** The first thing that runs in a deployment, in an environment as bare as a container's. */
function migrate(url: string) {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: url, HUB_DEMO: '0' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'docker', 'migrate.ts')], {
    env,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

test('an empty database gets every migration and the catalogues, and nobody who could log in', async () => {
  const { url, db } = await emptyDatabase('deployed');
  const said = migrate(url);
  for (const name of names) expect(said).toContain(name);
  expect(await db.account.count()).toBe(0);
  expect(await db.facility.count()).toBe(0);
  expect(await db.examCatalogueItem.count()).toBeGreaterThan(50);
  expect(await db.diagnosisCode.count()).toBeGreaterThan(50);
  // The table that `prisma migrate deploy` goes by, with the checksums that it compares.
  const rows = await db.$queryRaw<Array<{ name: string; checksum: string; done: boolean }>>`
    SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "done" FROM "_prisma_migrations" ORDER BY 1`;
  const sumOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(migrationsDir, name, 'migration.sql')))
      .digest('hex');
  expect(rows).toEqual(names.map((name) => ({ name, checksum: sumOf(name), done: true })));
  expect(migrate(url)).toContain('up to date');
}, 120_000);

test('a store of the first release goes on with what it holds', async () => {
  const { url, db } = await emptyDatabase('older');
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of [...first, 'migration_lock.toml'])
    cpSync(join(migrationsDir, name), join(folder, name), { recursive: true });
  expect(await applyMigrations(url, folder)).toEqual(first);
  // The engine leaves its connection, and the lock on it, to time out; the older release is gone by now.
  await db.$queryRaw`
    SELECT pg_terminate_backend("pid") FROM pg_stat_activity WHERE "datname" = current_database() AND "pid" <> pg_backend_pid()`;
  // Written as the first release did: it knew no other columns.
  const id = '018f0000-0000-7000-8000-00000000a001';
  await db.$executeRaw`
    INSERT INTO "Facility" ("id", "code", "name", "level") VALUES (${id}::uuid, 'C01', '县医院', 'county')`;
  await db.$executeRaw`
    INSERT INTO "Account" ("id", "username", "displayName", "passwordHash") VALUES (${id}::uuid, 'old01', '旧', '!')`;
  await db.$executeRaw`
    INSERT INTO "Patient" ("id", "name", "sex", "updatedAt") VALUES (${id}::uuid, '仇英', 'male', now())`;
  await db.$executeRaw`
    INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason") VALUES (${id}::uuid, ${id}::uuid, 'registered')`;
  const said = migrate(url);
  expect(said).toContain('20261122000400_one_time_passwords_and_name_grams');
  for (const name of first) expect(said).not.toContain(name);
  expect(await db.account.findUniqueOrThrow({ where: { username: 'old01' } })).toMatchObject({ oneTimeUntil: null });
  const scope = scopeOfFacilities([id]);
  for (const q of ['仇英', '英', '仇']) expect((await search(db, scope, q, 0, 10)).total).toBe(1);
  const facility = await db.facility.findUniqueOrThrow({ where: { id } });
  await givenIn({ db }).account({ facility, roles: ['reader'] });
}, 120_000);
