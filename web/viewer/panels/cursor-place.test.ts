import { expect, test } from 'vitest';
import { cursorPlace } from './cursor-place.ts';

const tile = { width: 300, height: 200 };

test('a cursor within the tile is drawn where it is', () => {
  expect(cursorPlace({ x: 12, y: 199 }, tile)).toEqual({ x: 12, y: 199, turn: 0 });
});

test('a cursor outside stands at the edge and points outwards', () => {
  expect(cursorPlace({ x: 500, y: 100 }, tile)).toEqual({ x: 296, y: 100, turn: 135 });
  expect(cursorPlace({ x: 150, y: -50 }, tile)).toEqual({ x: 150, y: 4, turn: 45 });
});
