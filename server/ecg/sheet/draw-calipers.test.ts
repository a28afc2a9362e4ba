import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { expect, test } from 'vitest';
import { twelveLeads } from '../leads.ts';
import { caliperText, timesOf } from './caliper-values.ts';
import { drawCalipers } from './draw-calipers.ts';
import { leadGrid } from './layouts.ts';
import { cellAt, pointIn, xOfMs, yOfUv } from './places.ts';
import { planSheet } from './plan-sheet.ts';

const caliper = (more: Partial<Caliper>): Caliper => ({
  id: 'a',
  kind: 'time',
  lead: 'II',
  fromMs: 1000,
  toMs: 1800,
  fromUv: null,
  toUv: null,
  label: '',
  ...more,
});
const plan = planSheet({
  grid: leadGrid(twelveLeads, '3x4+rhythm', 'cabrera'),
  widthMm: 257,
  heightMm: 160,
  speedMmPerS: 25,
  gainMmPerMv: 10,
});

test('values are said in milliseconds with their rate, and in microvolts with their sign', () => {
  expect(caliperText(caliper({}))).toBe('800 ms · 75/min');
  expect(caliperText(caliper({ fromMs: 1800, toMs: 1000 }))).toBe('800 ms · 75/min');
  expect(caliperText(caliper({ kind: 'voltage', fromUv: 200, toUv: -650.4 }))).toBe('−850 µV');
  expect(caliperText(caliper({ toMs: 1040 }))).toBe('40 ms');
});

test('a march goes both ways, is bounded, and one without a step is one line', () => {
  expect(timesOf(caliper({ kind: 'march' }), 0, 4000)).toEqual([200, 1000, 1800, 2600, 3400]);
  expect(timesOf(caliper({ kind: 'march', toMs: 1000 }), 0, 4000)).toEqual([1000]);
  expect(timesOf(caliper({ kind: 'march', toMs: 1000.01 }), 0, 1e6)).toHaveLength(400);
});

test('a place means a time and a voltage, and these lead back to the place', () => {
  const cell = cellAt(plan, 20, 100);
  if (!cell) throw new Error('no cell');
  expect(cell.lead).toBe('-aVR');
  const point = pointIn(plan, cell, 20, 100, 5000);
  expect(point.lead).toBe('aVR');
  expect(xOfMs(plan, cell, point.ms, 5000)).toBeCloseTo(20, 9);
  expect(yOfUv(plan, cell, point.uv)).toBeCloseTo(100, 9);
  // Above the middle of the row of -aVR is below zero in aVR.
  expect(pointIn(plan, cell, 20, cell.baseMm - 10, 5000).uv).toBeCloseTo(-1000, 9);
  expect(cellAt(plan, 1, 20)).toBeUndefined();
});

test('a time caliper goes through the column and the strip that show its time; its value stands once in each with its lead', () => {
  const drawn = drawCalipers(plan, [caliper({ lead: 'I' })], 0);
  const texts = drawn.flatMap((one) => (one.kind === 'text' ? [one.text] : []));
  expect(texts).toEqual(['800 ms · 75/min']);
  const upright = drawn.flatMap((one) => (one.kind === 'segments' && one.points[0] === one.points[2] ? [one] : []));
  expect(upright).toHaveLength(2);
  expect(upright.every(({ points }) => points.length === 8)).toBe(true);
});

test('a voltage caliper stays in its lead, and disappears with its time', () => {
  const voltage = caliper({ kind: 'voltage', lead: 'V1', fromMs: 6000, toMs: 6000, fromUv: 0, toUv: 1e6 });
  const inView = drawCalipers(plan, [voltage], 0);
  expect(inView).toHaveLength(2);
  const ys = inView.flatMap((one) => (one.kind === 'segments' ? [...one.points].filter((_, i) => i % 2 === 1) : []));
  expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
  expect(drawCalipers(plan, [voltage], 7000)).toEqual([]);
});
