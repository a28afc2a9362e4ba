import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@lianzhen/db/client.ts';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import express, { type ErrorRequestHandler, type Router } from 'express';
import { afterAll, beforeAll } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import type { Deps } from '../../server/api/deps.ts';
import { problemFor, statusOf } from '../../server/api/http/problem.ts';
import type { HandlerEntry } from '../../workers/deps.ts';
import { ctxFor, nobody } from './callers.ts';
import { movableClock, runDueJobs, workerDeps } from './worker.ts';

const second = 1000;

interface Edge {
  doors: (deps: Deps) => Array<readonly [path: string, router: Router]>;
  handlers: readonly HandlerEntry[];
}

/** Doors of the hub and their workers in this process, on a real database and a real folder of blobs, for any caller. */
export function withEdge(database: { readonly db: Db }, { doors, handlers }: Edge) {
  const clock = movableClock();
  const actors = new Map<string, Actor>();
  let opened: { url: string; blobs: BlobStore; close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    opened = await open(database.db, clock, actors, doors);
  });
  afterAll(async () => opened?.close());
  const ready = () => {
    if (!opened) throw new Error('the edge is open once the tests run, not before');
    return opened;
  };
  const deps = () => workerDeps(database.db, ready().blobs, clock);
  const work = (times = 1) => runDueJobs(deps(), handlers, times);
  return {
    clock,
    deps,
    work,
    fetchAs(actor: Actor, path: string, init: RequestInit = {}): Promise<Response> {
      const name = crypto.randomUUID();
      actors.set(name, actor);
      return fetch(`${ready().url}${path}`, { ...init, headers: { ...init.headers, 'x-caller': name } });
    },
    blobs: () => ready().blobs,
    /** Everything that was promised, as if nothing more came for a minute. */
    async settle(times = 1): Promise<void> {
      clock.advance(2 * second);
      await work(times);
      clock.advance(60 * second);
      await work(times);
    },
  };
}

async function open(
  db: Db,
  clock: ReturnType<typeof movableClock>,
  actors: ReadonlyMap<string, Actor>,
  doors: Edge['doors'],
) {
  const folder = await mkdtemp(join(tmpdir(), 'lianzhen-edge-'));
  const blobs = await openDirectoryBlobs(folder);
  // Each commit promises its own job: here jobs are taken by a clock that runs ahead, and none may be counted on.
  const deps = { ...workerDeps(db, blobs, clock, { HUB_SETTLE_MS: 0 }), redis: undefined as never } satisfies Deps;
  const app = express();
  app.use((req, res, next) => {
    res.locals.ctx = ctxFor(actors.get(req.get('x-caller') ?? '') ?? nobody);
    next();
  });
  for (const [path, router] of doors(deps)) app.use(path, router);
  const answer: ErrorRequestHandler = (cause, _req, res, _next) => {
    if (res.headersSent) return void res.destroy();
    if (statusOf(cause) === 500) console.error(cause);
    res.status(statusOf(cause)).send(JSON.stringify(problemFor(cause, '', 'en')));
  };
  app.use(answer);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await blobs.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, blobs, close };
}
