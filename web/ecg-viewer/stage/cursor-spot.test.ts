import { leadGrid } from '@lianzhen/ecg/sheet/layouts.ts';
import { pointIn } from '@lianzhen/ecg/sheet/places.ts';
import { planSheet } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import { expect, test } from 'vitest';
import { cursorSpot } from './cursor-spot.ts';

const codes = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const sheet = (layout: '3x4+rhythm' | '12x1', widthMm: number) =>
  planSheet({ grid: leadGrid(codes, layout), widthMm, heightMm: 180, speedMmPerS: 25, gainMmPerMv: 10 });

test('a place on one screen is the same point of the trace on another of any size and layout', () => {
  const wide = sheet('3x4+rhythm', 270);
  for (const cell of wide.cells) {
    const point = pointIn(wide, cell, cell.xMm + 12, cell.baseMm - 4, 1000);
    const spot = cursorSpot(wide, { lead: point.lead, at: { x: point.ms, y: point.uv } }, 1000);
    expect(spot?.isOutside).toBe(false);
    const high = sheet('12x1', 600);
    const there = cursorSpot(high, { lead: point.lead, at: { x: point.ms, y: point.uv } }, 0);
    const row = high.cells.find(({ lead }) => lead === point.lead);
    if (!row || !there) throw new Error('the lead is not on the other sheet');
    expect(pointIn(high, row, there.xMm, there.yMm, 0).ms).toBeCloseTo(point.ms, 6);
    expect(pointIn(high, row, there.xMm, there.yMm, 0).uv).toBeCloseTo(point.uv, 6);
  }
});

test('what lies outside of what is shown is at the edge, and a lead that is not shown nowhere', () => {
  const plan = sheet('12x1', 100);
  expect(cursorSpot(plan, { lead: 'V1', at: { x: 60_000, y: 0 } }, 0)).toMatchObject({ isOutside: true });
  expect(cursorSpot(plan, { lead: 'X', at: { x: 10, y: 0 } }, 0)).toBeNull();
});
