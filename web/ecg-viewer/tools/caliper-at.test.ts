import { leadGrid } from '@lianzhen/ecg/sheet/layouts.ts';
import { planSheet } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import { expect, test } from 'vitest';
import { caliperBetween, moveCaliper } from './caliper.ts';
import { caliperAt } from './caliper-at.ts';

const plan = planSheet({
  grid: leadGrid(['I', 'II'], '12x1'),
  widthMm: 257,
  heightMm: 80,
  speedMmPerS: 25,
  gainMmPerMv: 10,
});
const time = caliperBetween('t', 'time', { lead: 'I', ms: 1000, uv: 0 }, { lead: 'I', ms: 2000, uv: 300 });
const voltage = caliperBetween('v', 'voltage', { lead: 'II', ms: 5000, uv: 0 }, { lead: 'II', ms: 5200, uv: 1000 });
/** 7 mm of pulse, 25 mm to a second, rows of 40 mm. */
const at = (xMm: number, yMm: number) => caliperAt(plan, [time, voltage], { xMm, yMm, startMs: 0, reachMm: 2 });

test('the ends of a time caliper are taken in every lead, its bar in its own', () => {
  expect(at(32.5, 70)).toEqual({ id: 't', end: 'from' });
  expect(at(56, 10)).toEqual({ id: 't', end: 'to' });
  expect(at(45, 32)).toEqual({ id: 't', end: 'both' });
  expect(at(45, 72)).toBeNull();
});

test('the lines of a voltage caliper are taken in its lead alone', () => {
  expect(at(132, 60.5)).toEqual({ id: 'v', end: 'from' });
  expect(at(132, 50)).toEqual({ id: 'v', end: 'to' });
  expect(at(137, 55)).toEqual({ id: 'v', end: 'both' });
  expect(at(132, 20)).toBeNull();
  expect(at(132, 95)).toBeNull();
});

test('an end moves alone, the middle moves both, and a time caliper has no voltage to move', () => {
  expect(moveCaliper(time, 'from', 10, 99)).toMatchObject({ fromMs: 1010, toMs: 2000, fromUv: null, toUv: null });
  expect(moveCaliper(voltage, 'both', 10, -50)).toMatchObject({ fromMs: 5010, toMs: 5210, fromUv: -50, toUv: 950 });
});
