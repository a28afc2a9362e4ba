import { type JobDefinition, jobs, sendDocument, settleStudy } from '@lianzhen/contracts/jobs.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { addJob, consumeQueue, type JobHandler, openQueue } from '@lianzhen/platform/queues.ts';
import type { Queue, Worker } from 'bullmq';
import { afterEach, expect, test } from 'vitest';
import { queues } from '../../workers/handlers.ts';
import { withRedis } from '../factories/redis.ts';

const redis = withRedis();
const log = createLog('test', 'silent');
const opened: (Queue | Worker)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
function queueOf(job: JobDefinition): Queue {
  const queue = openQueue(job.name.split('.')[0] ?? '', redis.connect('queue'));
  opened.push(queue);
  return queue;
}
function consume(job: JobDefinition, handle: JobHandler, definition = job): void {
  const name = job.name.split('.')[0] ?? '';
  opened.push(consumeQueue(name, new Map([[definition, handle]]), redis.connect('queue'), log, 4));
}
let rows = 0n;
const add = async (queue: Queue, job: JobDefinition, payload: unknown, delayMs = 0) => {
  await addJob(queue, job, payload, ++rows, delayMs);
  return `outbox-${rows}`;
};
const stateOf = (queue: Queue, id: string) => async () => queue.getJobState(id);
const studyId = '01900000-0000-7000-8000-000000000001';

test('every job of the contracts has one handler, in the queue of its word', () => {
  const handled = queues.flatMap(({ name, handlers }) => handlers.map(({ job }) => [name, job.name]));
  expect(handled.map(([, job]) => job).sort()).toEqual(jobs.map((job) => job.name).sort());
  for (const [queue, job] of handled) expect(job?.startsWith(`${queue}.`)).toBe(true);
});

test('a job that fails is tried again as it says, and each try knows its number', async () => {
  const queue = queueOf(settleStudy);
  const attempts: number[] = [];
  consume(settleStudy, async (payload, { attempt }) => {
    expect(payload).toEqual({ studyId });
    attempts.push(attempt);
    if (attempt < 3) throw new Error('not yet');
  });
  const id = await add(queue, settleStudy, { studyId });
  await expect.poll(stateOf(queue, id)).toBe('completed');
  expect(attempts).toEqual([1, 2, 3]);
});

test('a payload of a wrong shape, or of a job that nobody does here, fails once and for all', async () => {
  const queue = queueOf(settleStudy);
  let runs = 0;
  consume(settleStudy, async () => {
    runs += 1;
  });
  const wrong = await add(queue, settleStudy, { studyId: 7 });
  const unknown = await add(queue, { ...(settleStudy as JobDefinition), name: 'imaging.unknown' }, { studyId });
  for (const id of [wrong, unknown]) await expect.poll(stateOf(queue, id)).toBe('failed');
  expect((await queue.getJob(wrong))?.attemptsMade).toBe(1);
  expect(runs).toBe(0);
});

test('the same row twice is the same job, and a hung one gives its place away', async () => {
  const hasty: JobDefinition = { ...(sendDocument as JobDefinition), timeoutMs: 20 };
  const queue = queueOf(sendDocument);
  consume(sendDocument, () => new Promise(() => undefined), hasty);
  const deliveryId = '01900000-0000-7000-8000-000000000002';
  const id = await add(queue, sendDocument, { deliveryId });
  await addJob(queue, sendDocument, { deliveryId }, rows, 0);
  await expect.poll(stateOf(queue, id)).toBe('failed');
  expect((await queue.getJob(id))?.failedReason).toContain('not done within 20 ms');
  expect((await queue.getJobs()).filter((job) => job.data.deliveryId === deliveryId)).toHaveLength(1);
});
