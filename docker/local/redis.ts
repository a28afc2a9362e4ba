import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { install, which } from './apt.mjs';
import type { ChildSpec } from './child.ts';

export interface RedisServer {
  spec: ChildSpec;
  url: string;
}

/**
 * Prepares a Redis of our own. It keeps what it was told (append-only) and refuses rather than forgets (noeviction),
 * because queues live in it.
 * @param options `dir` for its data, `port` on 127.0.0.1, `password`
 */
export function prepareRedis(options: {
  dir: string;
  port: number;
  password: string;
  say: (line: string) => void;
}): RedisServer {
  const { dir, port, password } = options;
  const command = findRedis(options.say);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'redis.conf');
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${quoted(password)}`,
    `dir ${quoted(dir)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    'loglevel notice',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  const spec: ChildSpec = {
    name: 'redis',
    stage: 'store',
    command,
    args: [file],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: dir,
    stopSignal: 'SIGTERM',
    graceMs: 15_000,
    isReady: () => answersPing(port, password),
  };
  return { spec, url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0` };
}

function findRedis(say: (line: string) => void): string {
  const found = which('redis-server');
  if (found) return found;
  say('正在安装 Redis · installing redis-server');
  const result = install(['redis-server']);
  const installed = which('redis-server');
  if (installed) return installed;
  const why = result.ok ? 'the package brought no redis-server' : result.why;
  throw new Error(
    `Redis could not be installed (${why}): run sudo apt-get install redis-server, or name a Redis in REDIS_URL`,
  );
}

/** True when the server has loaded its data and answers. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = '';
    const finish = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(2000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.includes('+PONG')) finish(true);
      // -LOADING: the file of the last run is still being read.
      else if (answer.includes('-')) finish(false);
    });
  });
}
