import { expect, test } from 'vitest';
import { waitMs } from './backoff.ts';

test('the first try is made at once, later ones wait longer, none longer than some seconds', () => {
  const waits = [0, 1, 2, 3, 4, 5, 20].map((attempt) => waitMs(attempt, 0.5));
  expect(waits).toEqual([0, 400, 800, 1600, 2000, 2000, 2000]);
});

test('chance spreads a wait by a third to either side', () => {
  expect(waitMs(4, 0)).toBe(1333);
  expect(waitMs(4, 1)).toBe(2667);
});
