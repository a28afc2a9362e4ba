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
 * Does something that has so much time. Past it the signal aborts and the job counts as failed, whether the handler
 * listens or not: a hung call cannot hold a place for ever.
 * @throws Error `TimeoutError`
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const reason = new DOMException(`not done within ${ms} ms`, 'TimeoutError');
    controller.abort(reason);
    reject(reason);
  }, ms);
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Consumes one queue. A handler that throws is tried again as its job says; a payload of a wrong shape is not.
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
    await within(known.job.timeoutMs, (signal) =>
      known.handle(parsed.data, { jobId: job.id ?? '', attempt: job.attemptsMade + 1, signal }),
    );
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
