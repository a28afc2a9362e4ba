import { expect, test } from 'vitest';
import { widthToTell } from './tile-layer.ts';

test.each([
  [0, 1, 0],
  [0.4, 1, 0],
  [160, 1, 320],
  [160, 2, 320],
  [160, 3, 640],
  [380, 1, 640],
  [760, 1, 640],
  [761, 1, 1280],
  [1280, 2, 2560],
])('a tile of %d px at ratio %d asks for %d', (css, ratio, told) => {
  expect(widthToTell(css, ratio)).toBe(told);
});

test('a few pixels more or less are the same', () => {
  const told = new Set([400, 410, 455, 500, 640].map((css) => widthToTell(css, 1)));
  expect(told.size).toBe(1);
});
