import { EcgMeasurements, QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import { expect, test } from 'vitest';
import type { Lead, Recording } from '../trace.ts';
import { measureFrom, measureTrace, measureWithMedian } from './measure.ts';
import { judgeQuality } from './quality.ts';
import { type SyntheticOptions, syntheticTrace, syntheticTruth } from './test-kit/synthetic.ts';

const recordingOf = (options: SyntheticOptions) => syntheticTrace(options).recordings[0] as Recording;
const measured = (options: SyntheticOptions) => measureTrace(recordingOf(options));

/** Stated accuracy: heart rate 1 a minute, PR and QRS 10 ms, QT 15 ms. */
function expectAccurate(options: SyntheticOptions) {
  const found = measured(options);
  const truth = syntheticTruth(options);
  const error = (value: number | null, true_: number) => Math.abs((value ?? Number.NaN) - true_);
  expect(error(found.heartRate, options.heartRate ?? 75)).toBeLessThanOrEqual(1);
  expect(error(found.qrsMs, truth.qrsMs)).toBeLessThanOrEqual(10);
  expect(error(found.qtMs, truth.qtMs)).toBeLessThanOrEqual(15);
  if (truth.prMs === null) expect(found.prMs).toBeNull();
  else expect(error(found.prMs, truth.prMs)).toBeLessThanOrEqual(10);
}

const rates = [200, 250, 500, 1000];
const hearts = [35, 50, 75, 100, 130, 150, 180];

test.each(rates.flatMap((rateHz) => hearts.map((heartRate) => ({ rateHz, heartRate, hasP: heartRate < 150 }))))(
  'accurate at $heartRate a minute and $rateHz Hz, with a little noise',
  (options) => {
    expectAccurate({ ...options, noise: { muscleUv: 5, wanderUv: 50, mainsUv: 10 } });
  },
);

test.each(rates)('accurate at %d Hz in hum, wander and muscle noise', (rateHz) => {
  expectAccurate({ rateHz, noise: { muscleUv: 20, wanderUv: 300, mainsUv: 60 } });
  expectAccurate({ rateHz, heartRate: 52, noise: { muscleUv: 20, wanderUv: 300, mainsUv: 60, mainsHz: 60, seed: 5 } });
});

test.each([
  { prMs: 240 },
  { prMs: 120, qrsMs: 80 },
  { qrsMs: 140, qtMs: 430 },
  { qrsMs: 120, qtMs: 300 },
  { qtMs: 520, heartRate: 60 },
  { hasP: false },
])('accurate for %o', (options) => {
  expectAccurate({ ...options, noise: { muscleUv: 5 } });
});

test('amplitudes are those of the heart to 15 microvolts', () => {
  const { leads, sokolowUv } = measured({ rateHz: 1000, gain: 2.5 });
  const v5 = leads.find((lead) => lead.code === 'V5');
  const truth = { pUv: 60, qUv: -60, rUv: 1300, sUv: -200, jUv: 0, stMidUv: 0, tUv: 300 };
  for (const [name, uv] of Object.entries(truth)) {
    expect(Math.abs((v5?.[name as keyof typeof truth] ?? Number.NaN) - uv)).toBeLessThanOrEqual(15);
  }
  expect(leads.find((lead) => lead.code === 'V1')).toMatchObject({ qUv: null, rPrimeUv: null });
  expect(Math.abs((sokolowUv ?? 0) - 2300)).toBeLessThanOrEqual(20);
});

test.each([0, 150])('a raised ST segment is measured to 20 microvolts in a wander of %d', (wanderUv) => {
  const { leads } = measured({ st: { V2: 350, V3: 200, II: -120 }, noise: { wanderUv } });
  const of = (code: string) => leads.find((lead) => lead.code === code);
  for (const point of ['jUv', 'stMidUv'] as const) {
    expect(Math.abs((of('V2')?.[point] ?? 0) - 350)).toBeLessThanOrEqual(20);
    expect(Math.abs((of('V3')?.[point] ?? 0) - 200)).toBeLessThanOrEqual(20);
    expect(Math.abs((of('II')?.[point] ?? 0) + 120)).toBeLessThanOrEqual(20);
  }
});

test('the axes are those of the vectors in I and aVF', () => {
  // QRS: I 600, aVF 700 net; P: 60, 90; T: 200, 200.
  const { axis } = measured({ rateHz: 1000 });
  expect(axis.qrs).toBeGreaterThanOrEqual(48);
  expect(axis.qrs).toBeLessThanOrEqual(56);
  expect(axis.p).toBeGreaterThanOrEqual(57);
  expect(axis.p).toBeLessThanOrEqual(63);
  expect(axis.t).toBeGreaterThanOrEqual(46);
  expect(axis.t).toBeLessThanOrEqual(52);
});

test('limb leads that were not recorded are computed for the axis', () => {
  const { axis, leads } = measured({ leads: ['I', 'II', 'V1', 'V5'] });
  expect(axis.qrs).not.toBeNull();
  expect(leads.map((lead) => lead.code)).toEqual(['I', 'II', 'V1', 'V5', 'III', 'aVR', 'aVL', 'aVF']);
});

test('atrial fibrillation is irregular and has no P wave', () => {
  const { rhythm, pMs, prMs } = measured({ intervalsMs: [700, 450, 900, 620, 1000, 540], hasP: false, fWavesUv: 60 });
  expect(rhythm.regular).toBe(false);
  expect([pMs, prMs]).toEqual([null, null]);
});

test('a moved point gives new numbers, and the others stay', () => {
  const { measurements, median } = measureWithMedian(recordingOf({}));
  if (!median) throw new Error('no median beat');
  const { fiducials } = measurements;
  const moved = measureFrom(median, { ...fiducials, tOff: (fiducials.tOff ?? 0) + 40 }, measurements.rrMs);
  expect(moved.qtMs).toBe((measurements.qtMs ?? 0) + 40);
  expect(moved.qtc.bazettMs ?? 0).toBeGreaterThan(measurements.qtc.bazettMs ?? 0);
  expect(moved.qrsMs).toBe(measurements.qrsMs);
  expect(measureFrom(median, fiducials, measurements.rrMs)).toEqual({
    ...moved,
    qtMs: measurements.qtMs,
    qtc: measurements.qtc,
    fiducials,
    leads: measurements.leads,
  });
  expect(measureFrom(median, { ...fiducials, qrsOn: null }, null)).toMatchObject({
    qrsMs: null,
    prMs: null,
    qtMs: null,
  });
});

test('what cannot be measured is null and the shape is that of the contract', () => {
  const shapes = [
    recordingOf({}),
    recordingOf({ leads: ['II'], seconds: 3 }),
    recordingOf({ leads: ['X', 'Y', 'Z'] }),
    recordingOf({ leadsOff: ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] }),
    recordingOf({ seconds: 0.5 }),
    { ...recordingOf({}), leads: [] },
    recordingOf({ noise: { muscleUv: 400 } }),
  ];
  for (const recording of shapes) {
    const found = measureTrace(recording);
    expect(EcgMeasurements.parse(found)).toEqual(found);
  }
  const silent = measureTrace(shapes[3] as Recording);
  expect(silent).toMatchObject({ heartRate: null, qrsMs: null, beatCount: 0, leads: [] });
  expect(silent.rhythm.longestPauseMs).toBe(10_000);
});

const silentAt = (samplingFrequency: number) => ({ ...recordingOf({}), samplingFrequency });
const changed = (by: (lead: Lead, number: number) => Partial<Lead>): Recording => {
  const recording = recordingOf({});
  return { ...recording, leads: recording.leads.map((lead, number) => ({ ...lead, ...by(lead, number) })) };
};

test.each([
  ['no rate', silentAt(0)],
  ['a rate that is no number', silentAt(Number.NaN)],
  ['a rate below that of any recorder', silentAt(10)],
  ['a rate above', silentAt(1e9)],
  [
    'leads of unequal length',
    changed(({ samples }, number) => ({ samples: samples.subarray(0, 5000 - 300 * number) })),
  ],
  ['an empty lead', changed(({ samples }, number) => ({ samples: number === 3 ? new Int32Array(0) : samples }))],
  ['an absurd gain', changed(() => ({ gain: 1e9 }))],
  ['a gain that is no number', changed(() => ({ gain: Number.NaN }))],
  ['no gain', changed(() => ({ gain: 0 }))],
  [
    'nothing but the ends of the range',
    changed(({ samples }) => ({ samples: samples.map((_, i) => (i % 2 ? 2 ** 31 - 1 : -(2 ** 31))) })),
  ],
  [
    'noise over the whole range',
    changed(({ samples }, lead) => ({ samples: samples.map((_, i) => ((i * 7919 * (lead + 3)) % 65_536) - 32_768) })),
  ],
])('a hostile recording is measured as far as it goes: %s', (_, recording) => {
  const found = measureTrace(recording);
  expect(EcgMeasurements.parse(found)).toEqual(found);
  for (const finding of judgeQuality(recording, found)) expect(QualityFinding.parse(finding)).toEqual(finding);
});

test('the samples are left as they were', () => {
  const recording = recordingOf({ noise: { muscleUv: 10 } });
  const before = recording.leads.map((lead) => lead.samples.slice());
  measureTrace(recording);
  expect(recording.leads.map((lead) => lead.samples)).toEqual(before);
});
