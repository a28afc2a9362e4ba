import { expect, test } from 'vitest';
import { leadGrid } from './layouts.ts';
import { planSheet } from './plan-sheet.ts';
import { drawPulses, drawRuling } from './ruling.ts';

const plan = (gainMmPerMv: number, heightMm = 60) =>
  planSheet({ grid: leadGrid(['I', 'II'], '12x1'), widthMm: 100, heightMm, speedMmPerS: 25, gainMmPerMv });

test('the pulse is one millivolt high and 200 ms wide, once for each row', () => {
  const pulses = drawPulses(plan(10));
  expect(pulses).toHaveLength(2);
  const points = [...(pulses[0]?.points ?? [])];
  const ys = points.filter((_, i) => i % 2 === 1);
  expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(10, 5);
  expect((points[6] as number) - (points[4] as number)).toBeCloseTo(5, 5);
});

test('a pulse that does not fit has no top, so that it states no other gain', () => {
  const [up, down] = drawPulses(plan(20, 20));
  expect([...(up?.points ?? [])].slice(-1)).toEqual([0]);
  expect([...(down?.points ?? [])].slice(0, 2)).not.toEqual([...(up?.points ?? [])].slice(0, 2));
});

test('every fifth line of the ruling is the strong one', () => {
  const [small, large] = drawRuling({ xMm: 0, yMm: 0, widthMm: 10, heightMm: 5 });
  // Upright 1 to 9 without 5, lying 1 to 4; upright 0, 5, 10, lying 0, 5.
  expect(small?.points.length).toBe((8 + 4) * 4);
  expect(large?.points.length).toBe((3 + 2) * 4);
});
