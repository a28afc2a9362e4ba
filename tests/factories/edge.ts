import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@lianzhen/db/client.ts';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Server } from 'socket.io';
import { afterAll, beforeAll } from 'vitest';
import type { Deps } from '../../server/api/deps.ts';
import { createApp } from '../../server/api/http/app.ts';
import { openSockets } from '../../server/api/realtime/sockets.ts';
import { hubRoutes, mountedRouters } from '../../server/api/routes.ts';
import type { TestRedis } from './redis.ts';
import { workerDeps } from './worker.ts';

export interface EdgeOptions {
  settings?: Partial<Config>;
  /** How often the sessions behind sockets are looked at. */
  recheckMs?: number;
}

/** The HTTP role as `server/api/roles.ts` starts it, in this process, on a free port. */
export function withEdge(database: { readonly db: Db }, redis: TestRedis, options: EdgeOptions = {}) {
  let opened: { url: string; io: Server; deps: Deps; close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    opened = await open(database.db, redis, options);
  });
  afterAll(async () => opened?.close());
  const ready = () => {
    if (!opened) throw new Error('the edge is open once the tests run, not before');
    return opened;
  };
  return {
    get url() {
      return ready().url;
    },
    get io() {
      return ready().io;
    },
    get deps() {
      return ready().deps;
    },
    ask: (path: string, init: RequestInit = {}) => fetch(`${ready().url}${path}`, { redirect: 'manual', ...init }),
  };
}
export type Edge = ReturnType<typeof withEdge>;

async function open(db: Db, redis: TestRedis, { settings = {}, recheckMs }: EdgeOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'lianzhen-edge-'));
  const blobs = await openDirectoryBlobs(folder);
  const deps: Deps = { ...workerDeps(db, blobs, systemClock, settings), redis: redis.connect() };
  const server = createServer(createApp(deps, hubRoutes(deps), mountedRouters(deps)));
  const io = openSockets(server, deps, redis.connect('sockets'), recheckMs);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, io, deps, close: () => close(server, io, blobs, folder) };
}

async function close(server: HttpServer, io: Server, blobs: Deps['blobs'], folder: string): Promise<void> {
  server.closeAllConnections();
  await io.close();
  await blobs.close();
  await rm(folder, { recursive: true, force: true });
}

/** One request with exactly these headers: `fetch` decides about some of them itself. */
export function rawRequest(url: string, method: string, headers: Record<string, string>, body?: string) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
    const asking = httpRequest(url, { method, headers }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString('utf8');
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    asking.once('error', reject).end(body);
  });
}
