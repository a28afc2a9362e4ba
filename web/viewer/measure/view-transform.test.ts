import { expect, test } from 'vitest';
import { applyAffine, type Point } from './affine.ts';
import { type Frame, fitScale, imageToTile, type Placement, pan, visibleParts, zoomAt } from './view-transform.ts';

const frame: Frame = { columns: 200, rows: 100, aspect: 1, width: 400, height: 400 };
const fitted: Placement = { scale: 1, translation: { x: 0, y: 0 }, rotation: 0, hflip: false, vflip: false };

function at(placement: Partial<Placement>, point: Point, of: Frame = frame): Point {
  const { x, y } = applyAffine(imageToTile(of, { ...fitted, ...placement }), point);
  return { x: Math.round(x * 1000) / 1000 + 0, y: Math.round(y * 1000) / 1000 + 0 };
}

const topLeft = { x: 0, y: 0 };

test('a picture fits its tile and lies in the middle', () => {
  expect(fitScale(frame, 0)).toBe(2);
  expect(at({}, topLeft)).toEqual({ x: 0, y: 100 });
  expect(at({}, { x: 200, y: 100 })).toEqual({ x: 400, y: 300 });
});

test('turned by a quarter it fits on its side, its top left corner at the top right', () => {
  expect(at({ rotation: 90 }, topLeft)).toEqual({ x: 300, y: 0 });
});

test('mirrors are of the picture itself, before it is turned', () => {
  expect(at({ hflip: true }, topLeft)).toEqual({ x: 400, y: 100 });
  expect(at({ vflip: true }, topLeft)).toEqual({ x: 0, y: 300 });
  expect(at({ hflip: true, rotation: 90 }, topLeft)).toEqual({ x: 300, y: 400 });
});

test('pixels that are taller than wide are drawn so', () => {
  const tall = { ...frame, aspect: 2 };
  expect(at({}, topLeft, tall)).toEqual({ x: 0, y: 0 });
  expect(at({}, { x: 200, y: 100 }, tall)).toEqual({ x: 400, y: 400 });
  expect(fitScale({ ...frame, aspect: 0.5 }, 0)).toBe(1);
});

test.each([0, 90, 180, 270])('pulled while turned by %i degrees a picture follows the hand', (rotation) => {
  for (const shape of [frame, { ...frame, aspect: 2 }, { ...frame, aspect: 0.5 }]) {
    const placement = { ...fitted, rotation, hflip: true, scale: 1.7, translation: { x: 3, y: -4 } };
    const before = at(placement, { x: 50, y: 20 }, shape);
    const after = at({ ...placement, translation: pan(shape, placement, { x: 10, y: -7 }) }, { x: 50, y: 20 }, shape);
    expect({ x: after.x - before.x, y: after.y - before.y }).toEqual({ x: expect.closeTo(10), y: expect.closeTo(-7) });
  }
});

test('zooming keeps the point under the pointer where it is', () => {
  const placement = { ...fitted, rotation: 90, vflip: true };
  const point = { x: 30, y: 60 };
  const before = at(placement, point);
  const after = at({ ...placement, ...zoomAt(frame, placement, 3, before) }, point);
  expect(after).toEqual({ x: expect.closeTo(before.x), y: expect.closeTo(before.y) });
});

test('there is an end to zooming', () => {
  expect(zoomAt(frame, fitted, 1000, topLeft).scale).toBe(40);
  expect(zoomAt(frame, fitted, 0, topLeft).scale).toBe(0.1);
});

test('a fitted picture is seen whole, a zoomed one in part', () => {
  expect(visibleParts(frame, fitted)).toBe(0xffff);
  expect(visibleParts(frame, { ...fitted, ...zoomAt(frame, fitted, 4, { x: 0, y: 100 }) })).toBe(0b0001_0001);
});
