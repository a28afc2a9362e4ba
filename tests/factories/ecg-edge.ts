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
import { traceRouter } from '../../server/api/ecg/trace-router.ts';
import { problemFor, statusOf } from '../../server/api/http/problem.ts';
import { dicomWebRouter } from '../../server/api/imaging/dicomweb-router.ts';
import { ecgHandlers } from '../../workers/ecg/handlers.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { ctxFor, nobody } from './callers.ts';
import { multipartOf } from './modality.ts';
import { movableClock, runDueJobs, workerDeps } from './worker.ts';

const second = 1000;

/** What an upload is answered with: an id and warnings, or a problem. */
export interface UploadAnswer {
  status: number;
  body: {
    id: string;
    warnings: Array<{ code: string; where: string }>;
    code?: string;
    details?: Record<string, unknown>;
  };
}

/** The doors of electrocardiograms and images, and their workers, in this process, on a real database and blobs. */
export function withEcgEdge(database: { readonly db: Db }) {
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
  const handlers = [...imagingHandlers, ...ecgHandlers];
  const work = (times = 1) => runDueJobs(deps(), handlers, times);
  const fetchAs = (actor: Actor, path: string, init: RequestInit = {}) => {
    const name = crypto.randomUUID();
    actors.set(name, actor);
    return fetch(`${ready().url}${path}`, { ...init, headers: { ...init.headers, 'x-caller': name } });
  };
  return {
    clock,
    deps,
    apiDeps: () => ({ ...deps(), redis: undefined as never }) satisfies Deps,
    work,
    fetchAs,
    get blobs() {
      return ready().blobs;
    },
    async upload(actor: Actor, bytes: Buffer, query = '', headers: Record<string, string> = {}): Promise<UploadAnswer> {
      const body = new Uint8Array(bytes);
      const response = await fetchAs(actor, `/api/ecg/traces${query}`, { method: 'POST', body, headers });
      return { status: response.status, body: (await response.json()) as UploadAnswer['body'] };
    },
    /** One upload of DICOM instances, as an image archive sends them. @returns its status */
    async stow(actor: Actor, files: readonly Buffer[]): Promise<number> {
      const { body, contentType } = multipartOf(files);
      const headers = { 'content-type': contentType, accept: 'application/dicom+json' };
      const response = await fetchAs(actor, '/dicomweb/studies', { method: 'POST', headers, body });
      await response.arrayBuffer();
      return response.status;
    },
    /** Everything that was promised, as if nothing more came for a minute. */
    async settle(times = 1): Promise<void> {
      clock.advance(2 * second);
      await work(times);
      clock.advance(60 * second);
      await work(times);
    },
  };
}
export type EcgEdge = ReturnType<typeof withEcgEdge>;

async function open(db: Db, clock: ReturnType<typeof movableClock>, actors: Map<string, Actor>) {
  const folder = await mkdtemp(join(tmpdir(), 'lianzhen-ecg-'));
  const blobs = await openDirectoryBlobs(folder);
  const deps = { ...workerDeps(db, blobs, clock, { HUB_SETTLE_MS: 0 }), redis: undefined as never } satisfies Deps;
  const app = express();
  app.use((req, res, next) => {
    res.locals.ctx = ctxFor(actors.get(req.get('x-caller') ?? '') ?? nobody);
    next();
  });
  app.use('/dicomweb', dicomWebRouter(deps));
  app.use('/api', traceRouter(deps));
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
