import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { which } from './apt.mjs';
import type { ChildSpec } from './child.ts';
import { type Hub, startHub } from './hub.ts';
import { startPrivatePostgres } from './private-postgres.ts';
import { startOf } from './processes.mjs';

const hasRedis = which('redis-server') !== undefined;
if (!hasRedis) console.log('skipped: the hub with its stores (no redis-server)');

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A role that is ready once it answers /readyz, in the place of the product's five. */
const standIn = (env: NodeJS.ProcessEnv): ChildSpec[] => [
  {
    name: 'http',
    stage: 'edge',
    command: process.execPath,
    args: [
      '-e',
      `require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.HUB_HTTP_PORT)`,
    ],
    env,
    stopSignal: 'SIGTERM',
    graceMs: 5000,
  },
];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'hub-'));
  ends.push(async () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function start(dataDir: string, options: Parameters<typeof startHub>[0] = {}): Promise<Hub> {
  const hub = await startHub({ dataDir, demo: false, roles: standIn, backoff: { initialMs: 50 }, ...options });
  ends.push(() => hub.stop());
  return hub;
}

async function sql(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test.skipIf(!hasRedis)(
  'a hub starts on an empty folder, survives the death of its stores, and keeps its data',
  { timeout: 90_000 },
  async () => {
    const dir = folder();
    const hub = await start(dir);
    expect(Object.keys(hub.pids).sort()).toEqual(['http', 'postgres', 'redis']);
    expect(await sql(hub.databaseUrl, 'show fsync')).toEqual([{ fsync: 'on' }]);
    // Over its socket, and for who asks for it over the network.
    const address = hub.databaseUrl.replace(/\?.*/, '');
    expect(await sql(hub.databaseUrl, 'select inet_server_addr() as at')).toEqual([{ at: null }]);
    expect(await sql(address, 'select inet_server_addr() as at')).toEqual([{ at: '127.0.0.1' }]);
    await sql(hub.databaseUrl, 'create table kept (what text); insert into kept values ($$yes$$)');

    const before = hub.pids;
    hub.kill('postgres', 'SIGKILL');
    hub.kill('redis', 'SIGKILL');
    for (const name of ['postgres', 'redis']) {
      const isNew = (pid: number | undefined) => pid !== undefined && pid !== before[name];
      await vi.waitFor(() => expect(hub.pids[name]).toSatisfy(isNew), { timeout: 20_000 });
    }
    expect(hub.pids.http).toBe(before.http);
    await vi.waitFor(
      async () => expect(await sql(hub.databaseUrl, 'select what from kept')).toEqual([{ what: 'yes' }]),
      { timeout: 20_000 },
    );

    await expect(startHub({ dataDir: dir })).rejects.toThrow('a hub already runs');
    await hub.stop();
    expect(Object.values(before).map(startOf)).toEqual([undefined, undefined, undefined]);

    const again = await start(dir);
    expect(again.databaseUrl).toBe(hub.databaseUrl);
    expect(again.redisUrl).toBe(hub.redisUrl);
    expect(await sql(again.databaseUrl, 'select what from kept')).toEqual([{ what: 'yes' }]);
    const conf = readFileSync(join(dir, 'redis', 'redis.conf'), 'utf8');
    expect(conf).toContain('appendonly yes');
    expect(conf).toContain('maxmemory-policy noeviction');
  },
);

test.skipIf(!hasRedis)('hubs share one PostgreSQL, each with a database of its own', { timeout: 90_000 }, async () => {
  const cluster = await startPrivatePostgres();
  ends.push(() => cluster.stop());
  const [one, two] = await Promise.all([
    start(folder(), { databaseUrl: cluster.url('one') }),
    start(folder(), { databaseUrl: cluster.url('two') }),
  ]);
  expect(Object.keys(one.pids).sort()).toEqual(['http', 'redis']);
  expect(one.ports.http).not.toBe(two.ports.http);
  const names = await sql(
    cluster.url('postgres'),
    `select datname from pg_database where datname in ('one', 'two') order by 1`,
  );
  expect(names).toEqual([{ datname: 'one' }, { datname: 'two' }]);
});

test.skipIf(!hasRedis)(
  'a start that fails leaves nothing running and the folder free',
  { timeout: 90_000 },
  async () => {
    const dir = folder();
    const saying = (script: string) => (env: NodeJS.ProcessEnv) =>
      standIn(env).map((spec) => ({ ...spec, args: ['-e', script] }));
    const mute = saying('setInterval(() => {}, 1000)');
    await expect(start(dir, { roles: mute, readyMs: 500 })).rejects.toThrow(
      'not ready after 0.5 s (the http role does not answer)',
    );
    const broken = saying('console.log("Error: SESSION_KEY is missing"); process.exit(1)');
    await expect(start(dir, { roles: broken })).rejects.toThrow('http cannot start: Error: SESSION_KEY is missing');
    const hub = await start(dir);
    expect(hub.pids.http).toBeDefined();
  },
);

test.skipIf(!hasRedis)('a start can be given up', { timeout: 90_000 }, async () => {
  const giveUp = new AbortController();
  const mute = (env: NodeJS.ProcessEnv) =>
    standIn(env).map((spec) => ({ ...spec, args: ['-e', 'setInterval(() => {}, 1000)'] }));
  const starting = startHub({ dataDir: folder(), demo: false, roles: mute, signal: giveUp.signal });
  setTimeout(() => giveUp.abort(new Error('enough')), 1500);
  await expect(starting).rejects.toThrow('enough');
});
