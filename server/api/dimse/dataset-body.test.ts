import { expect, test } from 'vitest';
import { DatasetBody, gather } from './dataset-body.ts';
import { DimseFailure, PeerDisconnected } from './failures.ts';

const limits = { bufferedBytes: 10, mostBytes: 1_000 };
const piece = (length: number) => Buffer.alloc(length, 1);

test('what goes in comes out in order, and no more is wanted while too much waits', async () => {
  const body = new DatasetBody(limits);
  expect(body.push(Buffer.from('abc'))).toBeUndefined();
  const full = body.push(Buffer.from('0123456789'));
  expect(full).toBeInstanceOf(Promise);
  const reader = body[Symbol.asyncIterator]();
  expect((await reader.next()).value).toEqual(Buffer.from('abc0123456789'));
  await full;
  body.push(Buffer.from('end'));
  body.complete();
  expect((await reader.next()).value).toEqual(Buffer.from('end'));
  expect((await reader.next()).done).toBe(true);
  expect(body.received).toBe(16);
});

test('what was pushed may change afterwards, and many bodies at once keep theirs apart', async () => {
  const wanted = Array.from({ length: 20 }, (_, at) => Buffer.alloc(100_000 + at * 7919, at + 1));
  const bodies = wanted.map(() => new DatasetBody({ bufferedBytes: 1_000_000, mostBytes: 1_000_000 }));
  const read = bodies.map((body) => gather(body));
  const scratch = Buffer.alloc(7000);
  for (let at = 0; at < 300_000; at += scratch.length) {
    for (const [index, bytes] of wanted.entries()) {
      const copied = bytes.copy(scratch, 0, Math.min(at, bytes.length));
      if (copied > 0) bodies[index]?.push(scratch.subarray(0, copied));
      scratch.fill(0);
    }
    // Some are read while they arrive, so that their memory goes to others.
    await new Promise((resolve) => void setImmediate(resolve));
  }
  for (const body of bodies) body.complete();
  for (const [index, whole] of (await Promise.all(read)).entries()) {
    expect(whole.equals(wanted[index] as Buffer)).toBe(true);
  }
});

test('a reader that waits gets what arrives later', async () => {
  const body = new DatasetBody(limits);
  const whole = gather(body);
  body.push(Buffer.from('ab'));
  await Promise.resolve();
  body.push(Buffer.from('cd'));
  body.complete();
  expect((await whole).toString()).toBe('abcd');
});

test('a reader learns why the peer is gone, even before it begins', async () => {
  const body = new DatasetBody(limits);
  body.push(piece(3));
  body.fail(new PeerDisconnected('connection failed: reset'));
  await body.settled;
  await expect(gather(body)).rejects.toThrow('connection failed: reset');
});

test('a reader that stops makes the rest be dropped', async () => {
  const body = new DatasetBody(limits);
  const full = body.push(piece(20));
  for await (const first of body) {
    expect(first).toHaveLength(20);
    break;
  }
  await full;
  expect(body.push(piece(500))).toBeUndefined();
  body.complete();
  await body.settled;
  expect(body.isComplete).toBe(true);
});

test('a body that is too long fails its reader and goes on taking', async () => {
  const body = new DatasetBody({ bufferedBytes: 10_000, mostBytes: 100 });
  body.push(piece(100));
  expect(body.failure).toBeUndefined();
  body.push(piece(1));
  await expect(gather(body)).rejects.toBeInstanceOf(DimseFailure);
  expect(body.push(piece(50))).toBeUndefined();
  expect(body.received).toBe(151);
});
