import { expect, test } from 'vitest';
import { drawLabels, type LeadReach, reachOf } from './labels.ts';
import { textMm } from './paper.ts';
import { planSheet } from './plan-sheet.ts';

/** Three rows of 30 mm; the base line of the second is at 45 mm. */
const plan = planSheet({
  grid: { columns: [['V4', 'V5', '-aVR']], strips: [] },
  ...{ widthMm: 100, heightMm: 90, speedMmPerS: 25, gainMmPerMv: 10 },
});
const words = { missing: '缺' };
const labelOf = (code: string, reach?: LeadReach) =>
  drawLabels(plan, [{ code, derived: false, reach }], words)[plan.cells.findIndex(({ lead }) => lead.endsWith(code))];

test('a name stands above its curve, and above the tallest beat of it where the row has the room', () => {
  const usual = labelOf('V5')?.yMm as number;
  expect(labelOf('V5', { highUv: 600, lowUv: -2000 })?.yMm).toBe(usual);
  const raised = labelOf('V5', { highUv: 1000, lowUv: 0 });
  expect(raised?.yMm).toBeLessThan(45 - 10);
  expect(raised?.yMm).toBeGreaterThanOrEqual(30 + textMm.label);
  expect(raised?.hasRim).toBeUndefined();
});

test('where no place is free it stays where it is, legible over the beat, and never names another row', () => {
  const label = labelOf('V5', { highUv: 2500, lowUv: -200 });
  expect(label).toMatchObject({ yMm: labelOf('V5')?.yMm, hasRim: true });
});

test('what is shown upside down reaches up with its lowest sample', () => {
  const { yMm: usual } = labelOf('aVR') as { yMm: number };
  expect(labelOf('aVR', { highUv: 1000, lowUv: 0 })?.yMm).toBe(usual);
  expect(labelOf('aVR', { highUv: 0, lowUv: -1000 })?.yMm).toBeLessThan(usual);
});

test('missing samples are no beat', () => {
  expect(reachOf(Float32Array.of(Number.NaN, -50, 120, Number.NaN))).toEqual({ highUv: 120, lowUv: -50 });
  expect(reachOf(Float32Array.of(Number.NaN))).toBeUndefined();
  expect(reachOf(new Float32Array())).toBeUndefined();
});
