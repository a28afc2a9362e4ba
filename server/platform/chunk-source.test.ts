import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ChunkSource } from './chunk-source.ts';

const own = (text: string): Buffer => {
  const chunk = Buffer.allocUnsafeSlow(text.length);
  chunk.write(text);
  return chunk;
};
const textOf = ({ value }: IteratorResult<Buffer, undefined>): string | undefined => value?.toString();

test('a chunk is there until the next is asked for', async () => {
  const stream = new PassThrough();
  const source = new ChunkSource(stream, 1024);
  const [first, second] = [own('first'), own('second')];
  stream.write(first);
  stream.end(second);
  expect(textOf(await source.next())).toBe('first');
  expect(String(first)).toBe('first');
  expect(textOf(await source.next())).toBe('second');
  expect([first.length, second.length]).toEqual([0, 6]);
  expect((await source.next()).done).toBe(true);
  expect(second).toHaveLength(0);
});

test('a stream that nobody reads is paused, and flows again once what waits was read', async () => {
  const stream = new PassThrough();
  const source = new ChunkSource(stream, 8);
  stream.write(own('12345678'));
  await turn();
  expect(stream.isPaused()).toBe(true);
  stream.end(own('9'));
  expect(textOf(await source.next())).toBe('12345678');
  expect(stream.isPaused()).toBe(false);
  expect(textOf(await source.next())).toBe('9');
  expect((await source.next()).done).toBe(true);
});

test('a sender that breaks off is no end where not everything was said', async () => {
  const stream = new PassThrough();
  const source = new ChunkSource(stream, 1024, () => stream.readableEnded);
  stream.write(own('half'));
  expect(textOf(await source.next())).toBe('half');
  stream.destroy();
  await expect(source.next()).rejects.toMatchObject({ code: 'malformed-request' });
});

test('a stream that was over before is over', async () => {
  const stream = new PassThrough();
  stream.destroy();
  await once(stream, 'close');
  expect((await new ChunkSource(stream, 1024).next()).done).toBe(true);
});

test('a reader that stops leaves the stream where it is', async () => {
  const stream = new PassThrough();
  stream.write(own('one'));
  for await (const chunk of new ChunkSource(stream, 1024)) if (chunk.length > 0) break;
  expect([stream.isPaused(), stream.destroyed, stream.listenerCount('data')]).toEqual([true, false, 0]);
});

test('what is discarded is read and dropped', async () => {
  const stream = new PassThrough();
  const source = new ChunkSource(stream, 4);
  stream.write(own('12345678'));
  await turn();
  source.discard();
  stream.end(own('more'));
  await once(stream, 'end');
  expect((await source.next()).done).toBe(true);
});
