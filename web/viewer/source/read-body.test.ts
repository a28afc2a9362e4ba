import { expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const stream = (...sizes: number[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const size of sizes) controller.enqueue(new Uint8Array(size).fill(size));
      controller.close();
    },
  });

test('an answer without a length is put together', async () => {
  expect([...new Uint8Array(await readBody(new Response(stream(1, 2)), 10))]).toEqual([1, 2, 2]);
});

test('an answer beyond the limit is dropped, announced or not', async () => {
  await expect(readBody(new Response(stream(6, 6)), 10)).rejects.toMatchObject({ code: 'answer-too-large' });
  const announced = new Response('x', { headers: { 'Content-Length': '11' } });
  await expect(readBody(announced, 10)).rejects.toMatchObject({ code: 'answer-too-large' });
});
