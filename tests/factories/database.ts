import { createHash, randomUUID } from 'node:crypto';
import { connectDb, type Db } from '@lianzhen/db/client.ts';
import { applyMigrations } from '@lianzhen/db/migrate.ts';
import { migrationsDir, readMigrations } from '@lianzhen/db/schema-engine.ts';
import { afterAll, beforeAll } from 'vitest';
import { type Cluster, clusterVariable, startCluster } from './cluster.ts';

export interface TestDatabase {
  readonly url: string;
  readonly db: Db;
}

/**
 * An empty database with every migration, for the test file that calls this at its top; it is dropped afterwards.
 * The run's cluster is used where there is one (`cluster.ts` as global set-up), else the file starts its own.
 */
export function withDatabase(poolSize = 24): TestDatabase {
  let opened: { url: string; db: Db; close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    opened = await openDatabase(poolSize);
  }, 120_000);
  afterAll(async () => opened?.close(), 60_000);
  const ready = () => {
    if (!opened) throw new Error('the database is there once the tests run, not before');
    return opened;
  };
  return {
    get url() {
      return ready().url;
    },
    get db() {
      return ready().db;
    },
  };
}

/** The same for a program that is not a test file. */
export async function openDatabase(poolSize = 12) {
  const given = process.env[clusterVariable];
  const own: Cluster | undefined = given ? undefined : await startCluster();
  const server = own?.url ?? (given as string);
  const name = `hub_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, async (client) => {
    const template = await migratedTemplate(client, server);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  });
  const url = databaseUrl(server, name);
  const db = connectDb(url, poolSize);
  const close = async () => {
    await db.close();
    if (own) return own.stop();
    await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  };
  return { url, db, close };
}

/** Migrated once per cluster and per set of migrations: a copy takes milliseconds. The caller holds the lock. */
async function migratedTemplate(client: Session, server: string): Promise<string> {
  const migrations = JSON.stringify(await readMigrations(migrationsDir));
  const name = `template_${createHash('sha256').update(migrations).digest('hex').slice(0, 16)}`;
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount) return name;
  const building = `${name}_building`;
  await client.query(`DROP DATABASE IF EXISTS "${building}" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${building}"`);
  await applyMigrations(databaseUrl(server, building));
  // The migration engine leaves its connection to time out; a template may have none.
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [building]);
  // A half-migrated template must not be found by its name.
  await client.query(`ALTER DATABASE "${building}" RENAME TO "${name}"`);
  return name;
}

interface Session {
  query(sql: string, values?: unknown[]): Promise<{ rowCount: number | null }>;
}

async function onServer<T>(server: string, work: (client: Session) => Promise<T>): Promise<T> {
  const connection = connectDb(server, 1);
  const client = await connection.pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    // Test files run side by side, and a template is copied only while nobody else is connected to it.
    await client.query('SELECT pg_advisory_lock(72011)');
    return await work(client);
  } finally {
    client.release();
    await connection.close();
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
