import { expect, test } from 'vitest';
import { clipLine } from './clip-line.ts';

const clipped = (points: number[]) => clipLine(Float32Array.from(points), 0, 10).map((piece) => [...piece]);

test('a line within stays one line', () => {
  expect(clipped([0, 0, 1, 5, 2, 10])).toEqual([[0, 0, 1, 5, 2, 10]]);
  expect(clipped([])).toEqual([]);
});

test('a peak that does not fit is cut where it leaves and goes on where it comes back', () => {
  expect(clipped([0, 5, 2, -5, 4, 5, 6, 5])).toEqual([
    [0, 5, 1, 0],
    [3, 0, 4, 5, 6, 5],
  ]);
});

test('a line that crosses all of it in one step is seen, one that passes beside is not', () => {
  expect(clipped([0, -10, 4, 30])).toEqual([[1, 0, 2, 10]]);
  expect(clipped([0, -1, 9, -2, 12, -1])).toEqual([]);
});
