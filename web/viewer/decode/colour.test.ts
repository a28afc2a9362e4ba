import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { applyPalette, toRgba, unpackChroma } from './colour.ts';

const colour = (photometricInterpretation: string, change = {}) =>
  pixelFormat({ samplesPerPixel: 3, bitsAllocated: 8, photometricInterpretation, ...change });

test('red, green and blue by pixel and by plane give the same picture', () => {
  const byPixel = { pixels: 2, values: [1, 2, 3, 4, 5, 6], isPlanar: false, isRgb: false };
  const byPlane = { pixels: 2, values: [1, 4, 2, 5, 3, 6], isPlanar: true, isRgb: false };
  const expected = [1, 2, 3, 255, 4, 5, 6, 255];
  expect([...toRgba(byPixel, colour('RGB'))]).toEqual(expected);
  expect([...toRgba(byPlane, colour('RGB'))]).toEqual(expected);
});

test('luminance and chrominance become red, green and blue', () => {
  const source = { pixels: 3, values: [76, 85, 255, 255, 128, 128, 0, 128, 128], isPlanar: false, isRgb: false };
  const rgba = [...toRgba(source, colour('YBR_FULL'))];
  expect(rgba.slice(4)).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
  expect(rgba[0]).toBeGreaterThan(250);
  expect(rgba[1]).toBeLessThan(3);
  expect(rgba[2]).toBeLessThan(3);
});

test('the partial range of video reaches black at 16 and white at 235', () => {
  const source = { pixels: 2, values: [16, 128, 128, 235, 128, 128], isPlanar: false, isRgb: false };
  expect([...toRgba(source, colour('YBR_PARTIAL_422'))]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
});

test('a codec that has undone the transform is believed', () => {
  const source = { pixels: 1, values: [10, 20, 30], isPlanar: false, isRgb: true };
  expect([...toRgba(source, colour('YBR_RCT'))]).toEqual([10, 20, 30, 255]);
});

test('sixteen-bit samples keep their upper half', () => {
  const source = { pixels: 1, values: [0xff00, 0x8000, 0x0100], isPlanar: false, isRgb: false };
  expect([...toRgba(source, colour('RGB', { bitsStored: 16 }))]).toEqual([255, 128, 1, 255]);
});

test('colour models nobody uses any more are refused by name', () => {
  const source = { pixels: 1, values: [1, 2, 3], isPlanar: false, isRgb: false };
  expect(() => toRgba(source, colour('HSV'))).toThrow(/HSV/);
});

test('two pixels share the chrominance of 4:2:2', () => {
  expect([...unpackChroma([1, 2, 100, 200, 3, 4, 110, 210], 4)]).toEqual([
    1, 100, 200, 2, 100, 200, 3, 110, 210, 4, 110, 210,
  ]);
});

test('palette indices outside the table take its ends', () => {
  const palette = {
    first: 10,
    red: Uint8Array.from([1, 2]),
    green: Uint8Array.from([3, 4]),
    blue: Uint8Array.from([5, 6]),
  };
  expect([...applyPalette([9, 11, 200], 3, palette)]).toEqual([1, 3, 5, 255, 2, 4, 6, 255, 2, 4, 6, 255]);
});
