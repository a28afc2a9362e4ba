import { expect, test } from 'vitest';
import { foldPairs, levelFor } from './overview-data.ts';

test('the coarsest level that still has a pair for each column is read', () => {
  expect(levelFor([64, 1024, 16384], 24 * 3600 * 250, 1000)).toBe(16384);
  expect(levelFor([64, 1024, 16384], 600 * 250, 1000)).toBe(64);
  expect(levelFor([64, 1024], 100, 1000)).toBe(64);
  expect(levelFor([], 100, 10)).toBeNull();
});

test('pairs that share a column give it the lowest and the highest of all', () => {
  const pairs = Float32Array.from([-1, 1, -5, 0, 0, 9, 2, 3]);
  expect([...foldPairs(pairs, 10, 0, 0, 40, 2)]).toEqual([-5, 1, 0, 9]);
});

test('what lies outside is left out, and a column without a pair is not a number', () => {
  const columns = foldPairs(Float32Array.from([-1, 1, -2, 2]), 10, -10, 0, 30, 3);
  expect([...columns]).toEqual([-2, 2, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});
