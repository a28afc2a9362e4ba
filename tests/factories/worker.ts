import { jobs } from '@lianzhen/contracts/jobs.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import { type Config, readConfig } from '@lianzhen/platform/config.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import type { HandlerEntry, WorkerDeps } from '../../workers/deps.ts';

/** A clock that a test moves. */
export function movableClock(start = Date.now()) {
  let at = start;
  return {
    now: () => new Date(at),
    advance: (ms: number) => {
      at += ms;
    },
  };
}

export function workerDeps(db: Db, blobs: BlobStore, clock: Clock, settings: Partial<Config> = {}): WorkerDeps {
  const config = readConfig({
    DATABASE_URL: 'postgresql://unused',
    REDIS_URL: 'redis://unused',
    SESSION_KEY: 'x'.repeat(32),
    JOIN_TOKEN_KEY: 'x'.repeat(32),
    // Not production: the receivers of tests are on this machine.
    NODE_ENV: 'test',
  });
  return { config: { ...config, ...settings }, log: createLog('test', 'silent'), db, blobs, clock };
}

interface Row {
  name: string;
  payload: unknown;
}

/**
 * Does what relay and queues do, without Redis: takes the promised jobs that are due by the clock and runs them side by
 * side, until none is due. Each job is run `times` over at once, as a queue that delivers more than once would.
 */
export async function runDueJobs(deps: WorkerDeps, handlers: readonly HandlerEntry[], times = 1): Promise<void> {
  const running = new Set<Promise<unknown>>();
  const errors: unknown[] = [];
  for (;;) {
    // A job that ends while this asks may have promised another one that the answer does not hold yet.
    const wasIdle = running.size === 0;
    const rows = await deps.db.$queryRaw<Row[]>`
      DELETE FROM "Outbox" WHERE "kind" = 'job' AND ("runAt" IS NULL OR "runAt" <= ${deps.clock.now()})
      RETURNING "name", "payload"`;
    for (const row of rows) for (let n = 0; n < times; n++) start(run(deps, handlers, row));
    if (errors.length > 0) throw errors[0];
    if (wasIdle && rows.length === 0) return;
    await Promise.race([...running, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  function start(job: Promise<unknown>): void {
    const tracked = job.catch((cause) => errors.push(cause)).finally(() => running.delete(tracked));
    running.add(tracked);
  }
}

async function run(deps: WorkerDeps, handlers: readonly HandlerEntry[], { name, payload }: Row): Promise<void> {
  const job = jobs.find((one) => one.name === name);
  const handler = handlers.find((one) => one.job.name === name);
  if (!job || !handler) throw new Error(`nobody does ${name}`);
  const signal = AbortSignal.timeout(job.timeoutMs);
  await handler.handle(deps, job.payload.parse(payload) as never, { jobId: '1', attempt: 1, signal });
}
