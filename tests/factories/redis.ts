import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@lianzhen/platform/log.ts';
import { connectRedis, connectSocketStream } from '@lianzhen/platform/redis.ts';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import { prepareRedis } from '../../docker/local/redis.ts';
import { Supervisor } from '../../docker/local/supervisor.ts';

export interface TestRedis {
  readonly url: string;
  /** A connection that ends with the test file. */
  connect(use?: 'queue' | 'request' | 'sockets'): Redis;
}

/** A Redis of its own for the test file that calls this at its top. */
export function withRedis(): TestRedis {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianzhen-redis-'));
  const supervisor = new Supervisor({ dataDir, logDir: join(dataDir, 'logs'), say: () => undefined });
  const log = createLog('test', 'silent');
  const opened: Redis[] = [];
  let url = '';
  beforeAll(async () => {
    chmodSync(dataDir, 0o700);
    mkdirSync(join(dataDir, 'run'));
    const options = { dir: join(dataDir, 'redis'), port: await freePort(), password: 'test', say: () => undefined };
    const server = prepareRedis(options);
    await supervisor.start(server.spec);
    url = server.url;
  }, 60_000);
  afterAll(async () => {
    for (const connection of opened) connection.disconnect();
    await supervisor.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);
  return {
    get url() {
      return url;
    },
    connect(use = 'request') {
      const connection = use === 'sockets' ? connectSocketStream(url, log) : connectRedis(url, log, use);
      opened.push(connection);
      return connection;
    },
  };
}
