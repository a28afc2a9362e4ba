import { expect, test } from 'vitest';
import { rateOf, throughputOf } from './bandwidth.ts';

/** A link of so many kilobits a second and a delay for each request, on a clock of its own. */
function link(kbps: number, delayMs: number) {
  let at = 0;
  return {
    now: () => at,
    move: async (bytes: number) => {
      at += delayMs + (bytes * 8) / kbps;
    },
  };
}

test.each([
  [64, 400],
  [1000, 100],
  [20_000, 40],
])('a link of %i kb/s is measured within a fifth', async (kbps, delay) => {
  const measured = (await throughputOf(link(kbps, delay), new AbortController().signal)) ?? 0;
  expect(Math.abs(measured - kbps) / kbps).toBeLessThan(0.2);
});

test('a link on which nothing comes through has no rate', async () => {
  const dead = { now: () => 0, move: () => Promise.reject(new Error('late')) };
  expect(await throughputOf(dead, new AbortController().signal)).toBeNull();
  expect(rateOf([])).toBeNull();
});

test('who gives up is told so', async () => {
  await expect(throughputOf(link(1000, 1), AbortSignal.abort(new Error('left the page')))).rejects.toThrow('left');
});
