import { expect, test } from 'vitest';
import { levelOf } from './level-meter.ts';

test.each([
  [0, 0],
  [0.0001, 0],
  [0.001, 0],
  [0.0316, 0.5],
  [1, 1],
])('a constant of %d is %d', (amplitude, level) => {
  expect(levelOf(new Float32Array(64).fill(amplitude))).toBeCloseTo(level, 2);
});
