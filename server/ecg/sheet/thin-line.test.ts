import { expect, test } from 'vitest';
import { thinLine } from './thin-line.ts';

test('a curve with few samples to a column is left whole', () => {
  expect(thinLine(Float32Array.from([1, 2, 3, 4, 5]), 1, 4, 4)).toEqual([[1, 2, 3]]);
});

test('every column keeps its first, lowest, highest and last sample in the order in which they come', () => {
  const samples = Float32Array.from([5, 9, 0, 1, 2, 3, 3, 3, 7, 8, 4, 4]);
  expect(thinLine(samples, 0, 12, 6)).toEqual([[0, 1, 2, 5, 6, 8, 9, 11].filter((i) => i !== 8)]);
});

test('no spike of one sample is ever lost, however much is left out', () => {
  const samples = new Float32Array(100_000);
  for (const at of [17, 4321, 50_000, 99_998]) samples[at] = at % 2 === 0 ? 900 : -900;
  const [kept = []] = thinLine(samples, 0, samples.length, 333.3);
  expect(kept).toEqual(expect.arrayContaining([17, 4321, 50_000, 99_998]));
  expect(kept.length).toBeLessThanOrEqual(4 * 302);
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
  expect(kept.at(-1)).toBe(99_999);
});

test('what is not a number breaks the line and is not drawn', () => {
  const samples = Float32Array.from([Number.NaN, 1, 2, Number.NaN, Number.NaN, 3, Number.NaN]);
  expect(thinLine(samples, 0, 7, 1)).toEqual([[1, 2], [5]]);
});

test('a window beyond the samples shows what there is', () => {
  expect(thinLine(Float32Array.from([1, 2]), -5, 99, 1)).toEqual([[0, 1]]);
  expect(thinLine(Float32Array.from([1, 2]), 5, 9, 1)).toEqual([]);
});
