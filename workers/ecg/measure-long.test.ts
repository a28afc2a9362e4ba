import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { measureTrace } from '@lianzhen/ecg/signal/measure.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import { expect, test } from 'vitest';
import { combineStretches } from './measure-long.ts';

const measured = (heartRate: number, seconds = 10): EcgMeasurements => {
  const [rhythm] = syntheticTrace({ heartRate, seconds, leads: ['I', 'II', 'V1', 'V5'] }).recordings;
  if (!rhythm) throw new Error('no rhythm');
  return measureTrace(rhythm);
};

test('stretches make one set of numbers: all beats, the extremes, and the waves of the usual stretch', () => {
  const [slow, usual, fast] = [measured(50), measured(75), measured(140)];
  const stretches = [slow, usual, fast].map((one, at) => ({ fromMs: at * 10_000, measured: one }));
  const whole = combineStretches(stretches, 30_000);
  expect(whole).toMatchObject({ durationMs: 30_000, beatCount: slow.beatCount + usual.beatCount + fast.beatCount });
  expect(whole?.rrMinMs).toBe(fast.rrMinMs);
  expect(whole?.rrMaxMs).toBe(slow.rrMaxMs);
  expect([whole?.qtMs, whole?.qrsMs]).toEqual([usual.qtMs, usual.qrsMs]);
  expect(whole?.heartRate).toBeGreaterThan(75);
  expect(whole?.heartRate).toBeLessThan(110);
  expect(whole?.beats.at(-1)?.atMs).toBe((fast.beats.at(-1)?.atMs ?? 0) + 20_000);
  expect(whole?.rhythm.runs.map(({ startMs }) => startMs >= 20_000)).toEqual([true]);
});

test('nothing makes nothing', () => {
  expect(combineStretches([], 0)).toBeNull();
});
