import { expect, test } from 'vitest';
import { mostPoints, move, press, release, type Sketch } from './sketch.ts';

test('a point is done where it was pressed, or where it was pulled to', () => {
  const pulled = move(press(null, 'point', { x: 3, y: 4 }), { x: 5, y: 6 });
  expect(release(pulled, 4)).toEqual({ done: { kind: 'point', points: [{ x: 5, y: 6 }] } });
});

test('an arrow goes from where it was pressed to its tip, and a click is none', () => {
  const arrow = press(null, 'arrow', { x: 0, y: 0 });
  expect(release(arrow, 4)).toBeNull();
  expect(release(move(arrow, { x: 30, y: 40 }), 4)).toEqual({
    done: {
      kind: 'arrow',
      points: [
        { x: 0, y: 0 },
        { x: 30, y: 40 },
      ],
    },
  });
});

test('a line drawn by hand takes the way of the pen in steps that can be seen', () => {
  let line = press(null, 'freehand', { x: 0, y: 0 });
  for (let x = 0.5; x <= 10; x += 0.5) line = move(line, { x, y: 0 }, 2);
  expect(line.points.map(({ x }) => x)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(release(press(null, 'freehand', { x: 0, y: 0 }), 2)).toBeNull();
});

test('however long a line is drawn, it keeps its ends and stays short enough to travel', () => {
  let line: Sketch = press(null, 'freehand', { x: 0, y: 0 });
  for (let x = 1; x <= 5000; x++) line = move(line, { x, y: 0 }, 1);
  expect(line.points.length).toBeLessThanOrEqual(mostPoints);
  expect([line.points[0]?.x, line.points.at(-1)?.x]).toEqual([0, 5000]);
});
