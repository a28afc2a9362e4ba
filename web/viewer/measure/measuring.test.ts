import { expect, test } from 'vitest';
import type { UltrasoundRegion } from '../source/study-model.ts';
import { imageHeader } from '../test-kit/formats.ts';
import { type Calibration, calibrationAt, pixelAspect } from './calibration.ts';
import { angleAt, lengthBetween } from './length-angle.ts';
import { regionArea, regionStatistics } from './region-statistics.ts';

const tags = { pixel: null, calibrationType: '', imager: null, magnification: null, aspect: null };
const headerWith = (spacing: Partial<ReturnType<typeof imageHeader>['spacing']>, regions: UltrasoundRegion[] = []) =>
  imageHeader({ spacing: { ...tags, ...spacing }, regions });
const origin = [{ x: 0, y: 0 }];

test('pixel spacing means the patient', () => {
  expect(calibrationAt(headerWith({ pixel: [0.5, 0.7] }), origin)).toEqual({ kind: 'patient', spacing: [0.5, 0.7] });
});

test('imager spacing means the detector, even when pixel spacing repeats it', () => {
  const spacing = [0.14, 0.14] as const;
  expect(calibrationAt(headerWith({ imager: spacing }), origin).kind).toBe('detector');
  expect(calibrationAt(headerWith({ imager: spacing, pixel: spacing }), origin).kind).toBe('detector');
  expect(calibrationAt(headerWith({ imager: spacing, pixel: spacing, calibrationType: 'FIDUCIAL' }), origin).kind).toBe(
    'patient',
  );
  expect(calibrationAt(headerWith({ imager: spacing, pixel: [0.12, 0.12] }), origin)).toEqual({
    kind: 'patient',
    spacing: [0.12, 0.12],
  });
});

test('a known magnification brings the detector back to the patient', () => {
  expect(calibrationAt(headerWith({ imager: [0.2, 0.2], magnification: 2 }), origin)).toEqual({
    kind: 'patient',
    spacing: [0.1, 0.1],
  });
});

test('without any spacing there are only pixels', () => {
  expect(calibrationAt(headerWith({}), origin)).toEqual({ kind: 'none', spacing: [1, 1] });
});

const region = (change: Partial<UltrasoundRegion>): UltrasoundRegion => ({
  minX: 0,
  minY: 0,
  maxX: 99,
  maxY: 99,
  unitX: 3,
  unitY: 3,
  deltaX: 0.02,
  deltaY: 0.03,
  spatialFormat: 1,
  ...change,
});

test('ultrasound is calibrated where all points lie in one region of centimetres', () => {
  const header = headerWith({ pixel: [9, 9] }, [region({}), region({ minX: 200, maxX: 299, unitX: 4 })]);
  const inside = calibrationAt(header, [
    { x: 10, y: 10 },
    { x: 90, y: 90 },
  ]);
  expect(inside).toEqual({ kind: 'ultrasound', spacing: [expect.closeTo(0.3), expect.closeTo(0.2)] });
  expect(
    calibrationAt(header, [
      { x: 10, y: 10 },
      { x: 150, y: 10 },
    ]).kind,
  ).toBe('none');
  expect(calibrationAt(header, [{ x: 210, y: 10 }]).kind).toBe('none');
});

test('a spectrum has no millimetres, whatever its units say', () => {
  expect(calibrationAt(headerWith({}, [region({ spatialFormat: 3 })]), [{ x: 10, y: 10 }]).kind).toBe('none');
});

test('pixels are drawn square unless the header is serious about it', () => {
  expect(pixelAspect(headerWith({ pixel: [1.2, 1.2012] }))).toBe(1);
  expect(pixelAspect(headerWith({ pixel: [1, 0.5] }))).toBe(2);
  expect(pixelAspect(headerWith({ aspect: [1, 2] }))).toBe(0.5);
  expect(pixelAspect(headerWith({ pixel: [1000, 0.1] }))).toBe(1);
});

const calibration: Calibration = { kind: 'patient', spacing: [2, 1] };

test('lengths and angles are those of the patient, not of the pixels', () => {
  expect(lengthBetween({ x: 0, y: 0 }, { x: 3, y: 2 }, calibration)).toBe(5);
  expect(angleAt({ x: 5, y: 0 }, { x: 0, y: 0 }, { x: 2, y: 1 }, calibration)).toBeCloseTo(45);
  expect(angleAt({ x: 5, y: 0 }, { x: 0, y: 0 }, { x: -5, y: 0 }, calibration)).toBeCloseTo(180);
  expect(angleAt({ x: -1, y: -0.01 }, { x: 0, y: 0 }, { x: -1, y: 0.01 }, calibration)).toBeLessThan(3);
});

const source = (values: ArrayLike<number>, padding: { from: number; to: number } | null = null) => ({
  columns: 4,
  rows: 4,
  values,
  padding,
  meaning: (stored: number) => stored * 2 - 10,
});
const values = Int16Array.from({ length: 16 }, (_, i) => i);

test('a rectangle counts the pixels whose middle lies within it', () => {
  const found = regionStatistics(source(values), 'rectangle', { x: 0.6, y: 0.4 }, { x: 2.6, y: 1.6 });
  // Pixels 1, 2, 5 and 6, doubled and less ten.
  expect(found).toEqual({
    count: 4,
    mean: expect.closeTo(-3),
    deviation: expect.closeTo(Math.sqrt(68 / 3)),
    min: -8,
    max: 2,
  });
});

test('corners in any order, and a shape half outside of the picture, are the same to it', () => {
  const whole = regionStatistics(source(values), 'rectangle', { x: 9, y: 9 }, { x: -5, y: -5 });
  expect(whole).toMatchObject({ count: 16, min: -10, max: 20 });
  expect(regionStatistics(source(values), 'rectangle', { x: 5, y: 5 }, { x: 9, y: 9 })).toBeNull();
});

test('an ellipse leaves out the corners of its box, padding counts nowhere', () => {
  expect(regionStatistics(source(values), 'ellipse', { x: 0, y: 0 }, { x: 4, y: 4 })?.count).toBe(12);
  const padded = regionStatistics(source(values, { from: 0, to: 9 }), 'rectangle', { x: 0, y: 0 }, { x: 4, y: 4 });
  expect(padded).toMatchObject({ count: 6, min: 10 });
});

test('large offsets lose no digits of the deviation', () => {
  const far = Float64Array.from({ length: 16 }, (_, i) => 1e9 + (i % 2));
  const found = regionStatistics(
    { ...source(far), meaning: (stored) => stored },
    'rectangle',
    { x: 0, y: 0 },
    { x: 4, y: 4 },
  );
  expect(found?.deviation).toBeCloseTo(Math.sqrt(4 / 15), 6);
});

test('areas follow the calibration', () => {
  expect(regionArea('rectangle', { x: 0, y: 0 }, { x: -10, y: 5 }, calibration)).toBe(100);
  expect(regionArea('ellipse', { x: 0, y: 0 }, { x: 10, y: 5 }, calibration)).toBeCloseTo(25 * Math.PI);
});
