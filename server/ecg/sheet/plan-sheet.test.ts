import { HubError } from '@lianzhen/contracts/errors.ts';
import { expect, test } from 'vitest';
import { twelveLeads } from '../leads.ts';
import { leadGrid } from './layouts.ts';
import { type PlanInput, planSheet } from './plan-sheet.ts';
import { spansOf } from './spans.ts';

const a4: PlanInput = {
  grid: leadGrid(twelveLeads, '3x4+rhythm'),
  widthMm: 297,
  heightMm: 210,
  speedMmPerS: 25,
  gainMmPerMv: 10,
  longestMs: 10_000,
};

test('ten seconds at 25 mm/s are 250 mm, and each of four columns shows 2.5 s that follow each other', () => {
  const plan = planSheet(a4);
  expect(plan.durationMs).toBe(10_000);
  const v1 = plan.cells.find((cell) => cell.lead === 'V1');
  expect(v1).toMatchObject({ widthMm: 62.5, durationMs: 2500, startMs: 5000, xMm: 7 + 125, group: 2 });
  expect(spansOf(plan).map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([
    [0, 2500],
    [2500, 2500],
    [5000, 2500],
    [7500, 2500],
    [0, 10_000],
  ]);
});

test('at 50 mm/s the page shows half of the time', () => {
  expect(planSheet({ ...a4, speedMmPerS: 50, longestMs: 10_000 }).durationMs).toBeCloseTo((297 - 12) / 0.05, 6);
});

test('rows share the height; the strip is the last', () => {
  const rows = planSheet(a4).cells.filter((cell) => cell.xMm === 7);
  expect(rows.map(({ lead, topMm, baseMm }) => [lead, topMm, baseMm])).toEqual([
    ['I', 0, 26.25],
    ['II', 52.5, 78.75],
    ['III', 105, 131.25],
    ['II', 157.5, 183.75],
  ]);
});

test('no lead at all is an empty plan', () => {
  expect(planSheet({ ...a4, grid: leadGrid([], '12x1') }).cells).toEqual([]);
});

test.each([
  ['widthMm', { widthMm: 0 }],
  ['heightMm', { heightMm: Number.NaN }],
  ['speedMmPerS', { speedMmPerS: 0 }],
  ['gainMmPerMv', { gainMmPerMv: Number.POSITIVE_INFINITY }],
])('%s out of bounds is refused by name', (field, wrong) => {
  expect(() => planSheet({ ...a4, ...wrong })).toThrowError(HubError);
  try {
    planSheet({ ...a4, ...wrong });
  } catch (error) {
    expect((error as HubError).details).toMatchObject({ field });
  }
});
