import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@lianzhen/db/client.ts';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import express, { type ErrorRequestHandler } from 'express';
import { afterAll, beforeAll } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import type { Deps } from '../../server/api/deps.ts';
import { problemFor, statusOf } from '../../server/api/http/problem.ts';
import { dicomWebRouter } from '../../server/api/imaging/dicomweb-router.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { ctxFor, nobody } from './callers.ts';
import { multipartOf } from './modality.ts';
import { movableClock, runDueJobs, workerDeps } from './worker.ts';

const second = 1000;

/** The DICOMweb door and the imaging workers in this process, on a real database and a real folder of blobs. */
export function withImagingEdge(database: { readonly db: Db }) {
  const clock = movableClock();
  const actors = new Map<string, Actor>();
  let opened: { url: string; blobs: BlobStore; close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    opened = await open(database.db, clock, actors);
  });
  afterAll(async () => opened?.close());
  const ready = () => {
    if (!opened) throw new Error('the edge is open once the tests run, not before');
    return opened;
  };
  const deps = () => workerDeps(database.db, ready().blobs, clock);
  const work = (times = 1) => runDueJobs(deps(), imagingHandlers, times);
  const fetchAs = (actor: Actor, path: string, init: RequestInit = {}) => {
    const name = crypto.randomUUID();
    actors.set(name, actor);
    return fetch(`${ready().url}/dicomweb${path}`, { ...init, headers: { ...init.headers, 'x-caller': name } });
  };
  return {
    clock,
    deps,
    work,
    fetchAs,
    get blobs() {
      return ready().blobs;
    },
    /** One upload; answers status and the DICOM JSON. */
    async stow(actor: Actor, files: readonly Buffer[], path = '/studies') {
      const { body, contentType } = multipartOf(files);
      const headers = { 'content-type': contentType, accept: 'application/dicom+json' };
      const response = await fetchAs(actor, path, { method: 'POST', headers, body });
      return { status: response.status, warning: response.headers.get('warning'), json: await jsonOf(response) };
    },
    /** Everything that was promised, as if no more images came for a minute. */
    async settle(times = 1): Promise<void> {
      clock.advance(2 * second);
      await work(times);
      clock.advance(60 * second);
      await work(times);
    },
  };
}
export type ImagingEdge = ReturnType<typeof withImagingEdge>;

async function jsonOf(
  response: Response,
): Promise<Record<string, { Value?: Record<string, { Value?: unknown[] }>[] }>> {
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

async function open(db: Db, clock: ReturnType<typeof movableClock>, actors: Map<string, Actor>) {
  const folder = await mkdtemp(join(tmpdir(), 'lianzhen-imaging-'));
  const blobs = await openDirectoryBlobs(folder);
  // Each commit promises its own job: here jobs are taken by a clock that runs ahead, and none may be counted on.
  const deps = { ...workerDeps(db, blobs, clock, { HUB_SETTLE_MS: 0 }), redis: undefined as never } satisfies Deps;
  const app = express();
  app.use((req, res, next) => {
    res.locals.ctx = ctxFor(actors.get(req.get('x-caller') ?? '') ?? nobody);
    next();
  });
  app.use('/dicomweb', dicomWebRouter(deps));
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
