import { expect, test } from 'vitest';
import { EcgMeasurements, QualityFinding } from './ecg-measurements.ts';
import { bazett, correctQt, framingham, fridericia, hodges } from './ecg-qtc.ts';

test('at sixty beats a minute no formula changes the QT', () => {
  for (const formula of [bazett, fridericia, framingham, hodges]) expect(formula(400, 1000)).toBeCloseTo(400, 9);
});

test('at a hundred beats a minute each formula gives the number worked out by hand', () => {
  expect(correctQt(360, 600)).toEqual({ bazettMs: 465, fridericiaMs: 427, framinghamMs: 422, hodgesMs: 430 });
});

test('without a QT or an RR there is no corrected QT', () => {
  const none = { bazettMs: null, fridericiaMs: null, framinghamMs: null, hodgesMs: null };
  expect(correctQt(null, 800)).toEqual(none);
  expect(correctQt(400, null)).toEqual(none);
  expect(correctQt(400, 0)).toEqual(none);
  expect(correctQt(400, Number.NaN)).toEqual(none);
});

const nothing = { pOn: null, pOff: null, qrsOn: null, rPeak: null, qrsOff: null, tOn: null, tPeak: null, tOff: null };
const unmeasured = {
  durationMs: 0,
  heartRate: null,
  rrMs: null,
  rrMinMs: null,
  rrMaxMs: null,
  pMs: null,
  prMs: null,
  qrsMs: null,
  qtMs: null,
  qtc: correctQt(null, null),
  axis: { p: null, qrs: null, t: null },
  sokolowUv: null,
  rhythm: {
    regular: null,
    irregularityRatio: null,
    longestPauseMs: null,
    pauseCount: 0,
    rOnTCount: 0,
    fibrillationMs: null,
    runs: [],
  },
  fiducials: nothing,
  leads: [],
  beatCount: 0,
  beats: [],
  algorithm: 'none 1',
};

test('a trace in which nothing could be measured is all nulls', () => {
  expect(EcgMeasurements.parse(unmeasured)).toEqual(unmeasured);
});

test('what is not a number is refused and not taken for nothing', () => {
  expect(EcgMeasurements.safeParse({ ...unmeasured, qtMs: Number.NaN }).success).toBe(false);
  expect(EcgMeasurements.safeParse({ ...unmeasured, axis: { p: 0, qrs: 270, t: 0 } }).success).toBe(false);
  expect(QualityFinding.safeParse({ code: 'blurred', leads: [], severity: 'bad', value: 1 }).success).toBe(false);
});
