import { expect, test } from 'vitest';
import type { SayText } from '../texts.ts';
import { scaleBar, scaleBarText } from './scale-bar.ts';
import { measurementLines, valueText } from './value-text.ts';

const say: SayText = (key) => key;

test('values have the digits that suit them', () => {
  expect(valueText({ name: 'length', value: 12.345, unit: 'mm' })).toBe('12.3 mm');
  expect(valueText({ name: 'angle', value: 45.04, unit: 'deg' })).toBe('45.0°');
  expect(valueText({ name: 'area', value: 783.13, unit: 'mm2' })).toBe('783.1 mm²');
  expect(valueText({ name: 'area', value: 2692.2, unit: 'mm2' })).toBe('26.9 cm²');
  expect(valueText({ name: 'mean', value: 0.01234, unit: '' })).toBe('0.0123');
  expect(valueText({ name: 'max', value: 82, unit: 'HU' })).toBe('82 HU');
});

test('a region has its numbers in pairs, and what does not hold is said', () => {
  const values = [
    { name: 'mean', value: 1, unit: 'HU' },
    { name: 'deviation', value: 2, unit: 'HU' },
    { name: 'area', value: 9, unit: 'px2' },
  ] as const;
  expect(measurementLines({ kind: 'ellipse', calibration: 'none', values }, say)).toEqual([
    'value.mean 1.00 HU  value.deviation 2.00 HU',
    'value.area 9 px²',
    'uncalibrated',
  ]);
  const length = {
    kind: 'length',
    calibration: 'detector',
    values: [{ name: 'length', value: 5, unit: 'mm' }],
  } as const;
  expect(measurementLines(length, say)).toEqual(['5.0 mm', 'atDetector']);
});

test('a scale bar has a round length that fits', () => {
  expect(scaleBar(3.1, 160)).toEqual({ millimetres: 50, pixels: 155 });
  expect(scaleBar(200, 160)?.millimetres).toBe(0.5);
  expect(scaleBar(Number.NaN, 160)).toBeNull();
  expect([50, 5, 0.5].map(scaleBarText)).toEqual(['5 cm', '5 mm', '0.5 mm']);
});
