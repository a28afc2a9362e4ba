import { expect, test } from 'vitest';
import { release, released } from './released.ts';

async function* pieces(...all: Buffer[]) {
  yield* all;
}
const own = (text: string): Buffer => {
  const piece = Buffer.allocUnsafeSlow(text.length);
  piece.write(text);
  return piece;
};

test('a piece is there until the next is asked for', async () => {
  const [first, second] = [own('first'), own('second')];
  const reader = released(pieces(first, second));
  expect(String((await reader.next()).value)).toBe('first');
  expect(String(first)).toBe('first');
  expect(String((await reader.next()).value)).toBe('second');
  expect([first.length, second.length]).toEqual([0, 6]);
  expect((await reader.next()).done).toBe(true);
  expect(second).toHaveLength(0);
});

test('memory that others use as well stays', () => {
  const shared = own('shared memory');
  const slice = shared.subarray(0, 6);
  release(slice);
  expect([String(slice), String(shared)]).toEqual(['shared', 'shared memory']);
  const pooled = Buffer.from('pooled');
  release(pooled);
  expect(String(pooled)).toBe('pooled');
});

test('a reader that stops ends the stream', async () => {
  let isEnded = false;
  async function* endless() {
    try {
      for (;;) yield own('more');
    } finally {
      isEnded = true;
    }
  }
  for await (const piece of released(endless())) if (piece.length > 0) break;
  expect(isEnded).toBe(true);
});
