import { expect, test } from 'vitest';
import { pxPerMmOfCard, pxPerMmOfDiagonal, readCalibration, uncalibrated, writeCalibration } from './calibration.ts';

test('a card of 85.6 mm that is 428 pixels wide makes five pixels to a millimetre', () => {
  expect(pxPerMmOfCard(428)).toBeCloseTo(5, 9);
  expect(pxPerMmOfCard(3)).toBeNull();
});

test('a monitor of 24 inches with 1920 by 1080 has 3.61 pixels to a millimetre', () => {
  expect(pxPerMmOfDiagonal(24, 1920, 1080)).toBeCloseTo(3.614, 3);
  expect(pxPerMmOfDiagonal(0, 1920, 1080)).toBeNull();
  expect(pxPerMmOfDiagonal(0.1, 1920, 1080)).toBeNull();
});

test('what was kept comes back, and follows the zoom of the browser', () => {
  const kept = writeCalibration(4, 1);
  expect(readCalibration(kept, 1)).toEqual({ pxPerMm: 4, isCalibrated: true });
  expect(readCalibration(kept, 2)).toEqual({ pxPerMm: 2, isCalibrated: true });
});

test.each([null, '', '{', '7', 'null', '{"pxPerMm":"4"}', '{"pxPerMm":4}', '{"pxPerMm":1e9,"devicePixelRatio":1}'])(
  'what is not understood is no calibration: %s',
  (stored) => {
    expect(readCalibration(stored, 1)).toEqual(uncalibrated);
  },
);
