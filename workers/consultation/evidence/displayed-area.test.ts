import { expect, test } from 'vitest';
import { displayedArea } from './displayed-area.ts';

const size = { columns: 512, rows: 256 };
const plain = { scale: 1, translation: { x: 0, y: 0 }, rotation: 0, hflip: false, vflip: false } as const;

test('a whole picture is its whole area', () => {
  expect(displayedArea(size, plain)).toEqual({
    topLeft: [1, 1],
    bottomRight: [512, 256],
    rotation: 0,
    isFlipped: false,
  });
});

test('twice as large is the half around the middle, and a picture pulled to the right shows what is on its left', () => {
  expect(displayedArea(size, { ...plain, scale: 2 })).toMatchObject({ topLeft: [129, 65], bottomRight: [384, 192] });
  expect(displayedArea(size, { ...plain, scale: 2, translation: { x: 100, y: 0 } })).toMatchObject({
    topLeft: [29, 65],
    bottomRight: [284, 192],
  });
});

test('a quarter turn puts the lower left corner at the top left', () => {
  expect(displayedArea(size, { ...plain, rotation: 90 })).toEqual({
    topLeft: [1, 256],
    bottomRight: [512, 1],
    rotation: 90,
    isFlipped: false,
  });
});

test('left and right exchanged is a flip, upside down is a flip and half a turn, both are half a turn', () => {
  expect(displayedArea(size, { ...plain, hflip: true })).toEqual({
    topLeft: [512, 1],
    bottomRight: [1, 256],
    rotation: 0,
    isFlipped: true,
  });
  expect(displayedArea(size, { ...plain, vflip: true })).toEqual({
    topLeft: [1, 256],
    bottomRight: [512, 1],
    rotation: 180,
    isFlipped: true,
  });
  expect(displayedArea(size, { ...plain, hflip: true, vflip: true })).toMatchObject({
    rotation: 180,
    isFlipped: false,
  });
});

test('a flipped picture that is turned clockwise was turned the other way before its flip', () => {
  // The viewer: flip, then 90 clockwise. Upper left of the screen is then the picture's lower right corner.
  expect(displayedArea(size, { ...plain, hflip: true, rotation: 90 })).toEqual({
    topLeft: [512, 256],
    bottomRight: [1, 1],
    rotation: 270,
    isFlipped: true,
  });
});

test('the place under the middle follows a turned and pulled picture', () => {
  // Turned by 90, what is pulled to the right on the screen is pulled up in the picture.
  const { topLeft, bottomRight } = displayedArea(size, {
    ...plain,
    scale: 2,
    rotation: 90,
    translation: { x: 40, y: 0 },
  });
  expect([topLeft, bottomRight]).toEqual([
    [129, 232],
    [384, 105],
  ]);
});
