import { expect, test } from 'vitest';
import { pathOf } from './sheet-svg.tsx';

test('a polyline is one stroke, segments are many', () => {
  const points = Float32Array.from([0, 1, 2, 3.004, 4, 5, 6, 7]);
  expect(pathOf(points, false)).toBe('M0 1L2 3L4 5L6 7');
  expect(pathOf(points, true)).toBe('M0 1L2 3M4 5L6 7');
  expect(pathOf(new Float32Array(), false)).toBe('');
});
