import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { DecodePool, type DecodeWorker, poolSize } from './decode-pool.ts';
import type { DecodedPicture } from './picture-types.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-messages.ts';

class FakeWorker implements DecodeWorker {
  onmessage: ((event: MessageEvent<WorkerAnswer>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly orders: WorkerOrder[] = [];
  isTerminated = false;

  postMessage(order: WorkerOrder): void {
    this.orders.push(order);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(answer: WorkerAnswer): void {
    this.onmessage?.({ data: answer } as MessageEvent<WorkerAnswer>);
  }
}

const picture: DecodedPicture = {
  kind: 'colour',
  columns: 1,
  rows: 1,
  rgba: new Uint8ClampedArray(4),
  transferSyntaxUid: '',
  isLossy: false,
  warnings: [],
};
const request = () => ({ bytes: new Uint8Array(4), transferSyntaxUid: '', format: pixelFormat() });
const patient = new AbortController().signal;

function pool(size: number): { pool: DecodePool; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const create = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  return { pool: new DecodePool(create, size), workers };
}

test('frames wait for a free worker and are decoded in the order asked', async () => {
  const { pool: decoders, workers } = pool(1);
  const [first, second] = [decoders.decode(request(), patient), decoders.decode(request(), patient)];
  expect(workers[0]?.orders.map(({ id }) => id)).toEqual([1]);
  workers[0]?.answer({ id: 1, picture });
  expect(await first).toBe(picture);
  expect(workers[0]?.orders.map(({ id }) => id)).toEqual([1, 2]);
  workers[0]?.answer({ id: 2, problem: { code: 'truncated', details: { found: 3 } } });
  await expect(second).rejects.toMatchObject({ code: 'truncated', details: { found: 3 } });
  expect(workers).toHaveLength(1);
});

test('a frame nobody waits for any more leaves the queue', async () => {
  const { pool: decoders, workers } = pool(1);
  const first = decoders.decode(request(), patient);
  const controller = new AbortController();
  const second = decoders.decode(request(), controller.signal);
  controller.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  workers[0]?.answer({ id: 1, picture });
  await first;
  expect(workers[0]?.orders).toHaveLength(1);
});

test('a worker that dies fails its own frame alone and is replaced', async () => {
  const { pool: decoders, workers } = pool(1);
  const [first, second] = [decoders.decode(request(), patient), decoders.decode(request(), patient)];
  workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
  await expect(first).rejects.toMatchObject({ code: 'worker-lost' });
  expect(workers[0]?.isTerminated).toBe(true);
  workers[1]?.answer({ id: 2, picture });
  expect(await second).toBe(picture);
});

test('the bytes of a frame within a larger answer are handed over alone', () => {
  const { pool: decoders, workers } = pool(1);
  void decoders.decode({ ...request(), bytes: new Uint8Array(10).subarray(2, 5) }, patient);
  expect(workers[0]?.orders[0]?.request.bytes.buffer.byteLength).toBe(3);
});

test('half of the processors decode, at least one, at most four', () => {
  expect([undefined, 1, 4, 32].map(poolSize)).toEqual([1, 1, 2, 4]);
});
