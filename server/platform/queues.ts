import type { JobDefinition } from '@lianzhen/contracts/jobs.ts';
import { queueOf } from '@lianzhen/contracts/jobs.ts';
import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from './log.ts';
import { jobsDone } from './metrics.ts';

const prefix = 'lianzhen';

export type JobHandler = (
  payload: unknown,
  context: { jobId: string; attempt: number; signal: AbortSignal },
) => Promise<void>;
export type Handlers = Map<JobDefinition, JobHandler>;

export const openQueue = (name: string, connection: Redis): Queue => new Queue(name, { connection, prefix });

/** Adds a relayed job. The id comes from the outbox row, so that relaying twice adds once. */
export async function addJob(
  queue: Queue,
  job: JobDefinition,
  payload: unknown,
  outboxId: bigint,
  delayMs: number,
): Promise<void> {
  await queue.add(job.name, payload, {
    jobId: `outbox-${outboxId}`,
    delay: delayMs,
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
    removeOnComplete: { age: 600, count: 5000 },
    removeOnFail: { age: 86_400, count: 5000 },
  });
}

/**
 * Consumes one queue. A handler that throws is tried again as its job says; a payload of a wrong shape is not.
 * The signal aborts at the job's own time limit, so that a hung call cannot hold a place for ever.
 */
export function consumeQueue(
  name: string,
  handlers: Handlers,
  connection: Redis,
  log: Log,
  concurrency: number,
): Worker {
  const byName = new Map(
    [...handlers].filter(([job]) => queueOf(job.name) === name).map(([job, handle]) => [job.name, { job, handle }]),
  );
  const work = async (job: Job): Promise<void> => {
    const known = byName.get(job.name);
    if (!known) throw new UnrecoverableError(`no handler for ${job.name}`);
    const parsed = known.job.payload.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError(`payload of ${job.name} has a wrong shape`);
    const signal = AbortSignal.timeout(known.job.timeoutMs);
    await known.handle(parsed.data, { jobId: job.id ?? '', attempt: job.attemptsMade + 1, signal });
  };
  const worker = new Worker(name, work, {
    connection,
    prefix,
    concurrency,
    lockDuration: 30_000,
    stalledInterval: 10_000,
    maxStalledCount: 50,
  });
  worker.on('completed', (job) => jobsDone.inc({ job: job.name, outcome: 'done' }));
  worker.on('failed', (job, err) => {
    jobsDone.inc({ job: job?.name ?? 'unknown', outcome: 'failed' });
    log.warn({ err, job: job?.name, jobId: job?.id, attempt: job?.attemptsMade }, 'job failed');
  });
  worker.on('error', (err) => log.debug({ err, queue: name }, 'queue connection'));
  return worker;
}
