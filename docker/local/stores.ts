import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyMigrations } from '../../prisma/migrate.ts';
import { LogFile } from './log-file.ts';
import { freePort } from './ports.mjs';
import { ensureDatabase, preparePostgres } from './postgres.ts';
import { prepareRedis } from './redis.ts';
import { root } from './roles.ts';
import { readSecrets } from './secrets.ts';
import type { Supervisor } from './supervisor.ts';

interface StoreUrls {
  databaseUrl: string;
  redisUrl: string;
}

/** Starts PostgreSQL and Redis, each unless the caller brings one, and makes the database where there is none. */
export async function startStores(options: {
  supervisor: Supervisor;
  dataDir: string;
  say: (line: string) => void;
  databaseUrl?: string;
  redisUrl?: string;
}): Promise<StoreUrls> {
  const { supervisor, dataDir, say } = options;
  const secrets = readSecrets(dataDir);
  const ports = await storePorts(dataDir);
  const startPostgres = async () => {
    const server = await preparePostgres({
      dir: join(dataDir, 'postgres'),
      port: ports.postgres,
      password: secrets.postgresPassword,
    });
    await supervisor.start(server.spec);
    return server.url('lianzhen');
  };
  const startRedis = async () => {
    const server = prepareRedis({
      dir: join(dataDir, 'redis'),
      port: ports.redis,
      password: secrets.redisPassword,
      say,
    });
    await supervisor.start(server.spec);
    return server.url;
  };
  const [databaseUrl, redisUrl] = await Promise.all([
    options.databaseUrl ?? startPostgres(),
    options.redisUrl ?? startRedis(),
  ]);
  await ensureDatabase(databaseUrl);
  return { databaseUrl, redisUrl };
}

/** The stores keep their ports from start to start where they can, and always while the hub runs. */
async function storePorts(dataDir: string): Promise<{ postgres: number; redis: number }> {
  const file = join(dataDir, 'run', 'store-ports.json');
  const known: { postgres?: number; redis?: number } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const ports = { postgres: await freePort(known.postgres), redis: await freePort(known.redis) };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

/**
 * Brings the database to the newest migration, adds the catalogues of this release, and fills an empty store with the
 * demo region where that is wanted.
 */
export async function fillDatabase(options: {
  env: NodeJS.ProcessEnv;
  logDir: string;
  say: (line: string) => void;
  signal: AbortSignal | undefined;
}): Promise<void> {
  const { env, logDir, say, signal } = options;
  const applied = await applyMigrations(env.DATABASE_URL ?? '');
  if (applied.length > 0) say(`已更新数据库结构 · applied ${applied.length} migration(s)`);
  await seed(env, logDir, signal);
}

/** The seed decides itself whether the store is empty. */
function seed(env: NodeJS.ProcessEnv, logDir: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const log = new LogFile(join(logDir, 'seed.log'));
    const child = spawn(process.execPath, [join(root, 'prisma', 'seed', 'main.ts')], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let tail = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        log.write(chunk);
        tail = (tail + chunk).slice(-1500);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      log.close();
      if (code === 0) resolve();
      else reject(new Error(`the demo region could not be filled in (code ${code}):\n${tail.trim()}`));
    });
  });
}
