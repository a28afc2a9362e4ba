import { expect, test } from 'vitest';
import type { Recording } from '../trace.ts';
import { compareTraces } from './compare-traces.ts';
import { measureWithMedian } from './measure.ts';
import { type SyntheticOptions, syntheticTrace } from './test-kit/synthetic.ts';

const trace = (options: SyntheticOptions) => measureWithMedian(syntheticTrace(options).recordings[0] as Recording);
const row = (comparison: ReturnType<typeof compareTraces>, measure: string, lead: string | null = null) =>
  comparison.rows.find((one) => one.measure === measure && one.lead === lead);

test('the same heart recorded at two rates, gains and heart rates lies on itself', () => {
  const comparison = compareTraces(
    trace({ rateHz: 250, gain: 5, heartRate: 70, qtMs: 380 }),
    trace({ rateHz: 1000, gain: 2.5, heartRate: 78, qtMs: 380 }),
  );
  expect(comparison.rateHz).toBe(1000);
  expect(comparison.leads).toHaveLength(12);
  for (const { correlation, before, after } of comparison.leads) {
    expect(correlation).toBeGreaterThan(0.98);
    expect(before.length).toBe(after.length);
  }
  expect(comparison.rows.filter((one) => one.isNotable)).toEqual([]);
  expect(row(comparison, 'heartRate')).toMatchObject({ before: 70, after: 78, difference: 8, unit: 'bpm' });
});

test('a new ST elevation stands in the table and in the curves', () => {
  const comparison = compareTraces(trace({ rateHz: 500 }), trace({ rateHz: 500, st: { V3: 250 } }));
  expect(row(comparison, 'stMidUv', 'V3')?.isNotable).toBe(true);
  expect(Math.abs((row(comparison, 'stMidUv', 'V3')?.difference ?? 0) - 250)).toBeLessThan(20);
  expect(row(comparison, 'stMidUv', 'V5')?.isNotable).toBe(false);
  const at = Math.round(((comparison.qrsOnMs + 130) * comparison.rateHz) / 1000);
  const v3 = comparison.leads.find((lead) => lead.code === 'V3');
  expect(Math.abs((v3?.after[at] ?? 0) - (v3?.before[at] ?? 0) - 250)).toBeLessThan(25);
});

test('axes differ the shorter way round', () => {
  const now = trace({});
  const turned = (qrs: number) => ({
    ...now,
    measurements: { ...now.measurements, axis: { ...now.measurements.axis, qrs } },
  });
  expect(row(compareTraces(turned(170), turned(-170)), 'axisQrs')?.difference).toBe(20);
  expect(row(compareTraces(turned(-170), turned(170)), 'axisQrs')?.difference).toBe(-20);
});

test('leads that only one trace has are left out', () => {
  const comparison = compareTraces(trace({ leads: ['II', 'V5'] }), trace({}));
  expect(comparison.leads.map((lead) => lead.code)).toEqual(['II', 'V5']);
  expect(new Set(comparison.rows.map((one) => one.lead))).toEqual(new Set([null, 'II', 'V5']));
});

test('a trace without beats has a table of nothing and no curves', () => {
  const silent = trace({ leads: ['I', 'II'], leadsOff: ['I', 'II'] });
  const comparison = compareTraces(silent, trace({}));
  expect(comparison.leads).toEqual([]);
  expect(row(comparison, 'qrsMs')).toMatchObject({ before: null, difference: null, isNotable: false });
});
