import { expect, test } from 'vitest';
import { freshLook, type Measurement } from '../state.ts';
import { dragged, draggedWindow, pixelsPerImage, wheelSteps } from './drag.ts';
import { pick } from './pick.ts';
import { move, press, release } from './sketch.ts';

const start = {
  frame: { columns: 100, rows: 100, aspect: 1, width: 300, height: 300 },
  look: freshLook,
  at: { x: 150, y: 150 },
  window: { center: 40, width: 300 },
  images: 30,
};

test('to the right is wider, upwards is brighter', () => {
  expect(dragged('window', start, { x: 30, y: -10 })).toEqual({ look: { windowWidth: 330, windowCenter: 30 } });
});

test('a window never closes, and small ones move in small steps', () => {
  expect(draggedWindow({ center: 40, width: 300 }, { x: -1000, y: 0 }).windowWidth).toBe(1);
  expect(draggedWindow({ center: 0.5, width: 1 }, { x: 30, y: 0 }).windowWidth).toBeCloseTo(1.1);
  expect(draggedWindow({ center: 0.5, width: 1 }, { x: -5000, y: 0 }).windowWidth).toBeGreaterThan(0);
});

test('upwards zooms in, pulling moves, and the height of the tile leafs through the series', () => {
  const zoomed = dragged('zoom', start, { x: 0, y: -150 });
  expect('look' in zoomed && zoomed.look.scale).toBeCloseTo(2);
  expect(dragged('pan', start, { x: 30, y: 0 })).toEqual({
    look: { translation: { x: expect.closeTo(10), y: expect.closeTo(0) } },
  });
  expect(dragged('scroll', start, { x: 0, y: 100 })).toEqual({ leaf: 10 });
  expect([pixelsPerImage(700, 2000), pixelsPerImage(700, 2)]).toEqual([4, 40]);
});

test('a notch of a wheel is one image, small steps of a touch pad add up', () => {
  expect(wheelSteps(0, 120, 0)).toEqual({ steps: 1, left: 0 });
  expect(wheelSteps(0, -3, 1)).toEqual({ steps: -1, left: 0 });
  let left = 0;
  let total = 0;
  for (let i = 0; i < 9; i++) {
    const turn = wheelSteps(left, 10, 0);
    left = turn.left;
    total += turn.steps;
  }
  expect(total).toBe(3);
});

const identity = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
const measurement = (id: string, kind: Measurement['kind'], ...points: [number, number][]): Measurement => ({
  id,
  kind,
  points: points.map(([x, y]) => ({ x, y })),
  studyUid: '',
  seriesUid: '',
  sopInstanceUid: '',
  frame: 1,
  calibration: 'none',
  values: [],
  author: '',
  createdAt: '',
});

test('points are picked before outlines, the newest first, and nothing where nothing is', () => {
  const list = [measurement('line', 'length', [0, 0], [100, 0]), measurement('box', 'rectangle', [50, 0], [90, 40])];
  expect(pick(list, identity, { x: 99, y: 2 }, 5)).toEqual({ id: 'line', point: 1 });
  expect(pick(list, identity, { x: 70, y: 1 }, 5)).toEqual({ id: 'box', point: null });
  expect(pick(list, identity, { x: 20, y: 1 }, 5)).toEqual({ id: 'line', point: null });
  expect(pick(list, identity, { x: 70, y: 20 }, 5)).toBeNull();
});

test('an ellipse is picked on its curve, not on the corners of its box', () => {
  const list = [measurement('e', 'ellipse', [0, 0], [100, 60])];
  expect(pick(list, identity, { x: 50, y: 0 }, 3)).toEqual({ id: 'e', point: null });
  expect(pick(list, identity, { x: 100, y: 0 }, 3)).toBeNull();
});

test('a length is pressed, pulled and released; a click leaves nothing', () => {
  const sketch = move(press(null, 'length', { x: 1, y: 1 }), { x: 9, y: 1 });
  expect(release(sketch, 2)).toEqual({ done: sketch });
  expect(release(press(null, 'length', { x: 1, y: 1 }), 2)).toBeNull();
});

test('an angle goes on after its first leg and follows the pointer', () => {
  const leg = move(press(null, 'angle', { x: 0, y: 0 }), { x: 10, y: 0 });
  const released = release(leg, 2);
  if (!released || !('goesOn' in released)) throw new Error('the angle should go on');
  const hovering = move(released.goesOn, { x: 10, y: 5 });
  const pressed = press(hovering, 'angle', { x: 10, y: 8 });
  expect(release(pressed, 2)).toEqual({
    done: {
      kind: 'angle',
      points: [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 10, y: 8 },
      ],
    },
  });
});

test('an edited point moves alone', () => {
  const edited = {
    kind: 'length' as const,
    points: [
      { x: 0, y: 0 },
      { x: 9, y: 0 },
    ],
    edits: { id: 'm', point: 0 },
  };
  expect(move(edited, { x: 3, y: 3 }).points).toEqual([
    { x: 3, y: 3 },
    { x: 9, y: 0 },
  ]);
});
