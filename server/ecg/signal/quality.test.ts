import { expect, test } from 'vitest';
import type { Lead, Recording } from '../trace.ts';
import { judgeQuality } from './quality.ts';
import { type SyntheticOptions, syntheticTrace } from './test-kit/synthetic.ts';

const recordingOf = (options: SyntheticOptions) => syntheticTrace(options).recordings[0] as Recording;
const judged = (options: SyntheticOptions) => judgeQuality(recordingOf(options));

test.each([200, 250, 500, 1000])('a clean trace at %d Hz has no findings, whatever the heart rate', (rateHz) => {
  for (const heartRate of [45, 75, 140])
    expect(judged({ rateHz, heartRate, noise: { muscleUv: 6, mainsUv: 8, wanderUv: 60 } })).toEqual([]);
});

test('an electrode that has fallen off is named', () => {
  expect(judged({ leadsOff: ['V3'] })).toEqual([{ code: 'lead-off', leads: ['V3'], severity: 'bad', value: 1 }]);
});

test.each([
  [40, 'warn'],
  [180, 'bad'],
] as const)('hum of %d microvolts is %s', (mainsUv, severity) => {
  for (const [mainsHz, rateHz] of [
    [50, 200],
    [60, 250],
    [50, 1000],
  ] as const) {
    const [finding, ...others] = judged({ rateHz, noise: { mainsUv, mainsHz, leads: ['V1', 'V2'] } });
    expect(finding).toMatchObject({ code: 'mains-hum', leads: ['V1', 'V2'], severity });
    expect(Math.abs((finding?.value ?? 0) / mainsUv - 1)).toBeLessThan(0.2);
    expect(others).toEqual([]);
  }
});

test.each([
  [400, 'warn'],
  [1000, 'bad'],
] as const)('a baseline that wanders by %d microvolts to either side is %s', (wanderUv, severity) => {
  expect(judged({ noise: { wanderUv, leads: ['I'] } })).toEqual([
    expect.objectContaining({ code: 'baseline-wander', leads: ['I'], severity }),
  ]);
});

test.each([
  [45, 'warn'],
  [150, 'bad'],
] as const)('muscle noise of %d microvolts is %s', (muscleUv, severity) => {
  expect(judged({ noise: { muscleUv, leads: ['II', 'V4'] } })).toEqual([
    expect.objectContaining({ code: 'noise', leads: ['II', 'V4'], severity }),
  ]);
});

test('a lead at the end of its range is saturated', () => {
  const wandering = { noise: { wanderUv: 4000, leads: ['V2'] }, clipUv: { V2: 3000 } };
  expect(judged(wandering)).toContainEqual(
    expect.objectContaining({ code: 'saturation', leads: ['V2'], severity: 'bad' }),
  );
});

test('a short trace is too short', () => {
  expect(judged({ seconds: 6 })).toEqual([{ code: 'too-short', leads: [], severity: 'warn', value: 6 }]);
  expect(judged({ seconds: 2.5 })[0]).toMatchObject({ code: 'too-short', severity: 'bad' });
});

const change = (recording: Recording, by: (lead: Lead, of: (code: string) => Lead) => Lead): Recording => {
  const of = (code: string) => recording.leads.find((lead) => lead.code === code) as Lead;
  return { ...recording, leads: recording.leads.map((lead) => by(lead, of)) };
};
const negative = (lead: Lead): Lead => ({ ...lead, samples: lead.samples.map((unit) => -unit) });
const named = (lead: Lead, code: string): Lead => ({ ...lead, code });

/** The electrodes of the arms exchanged: I upside down, II and III exchanged, aVR and aVL exchanged. */
const reversed = (recording: Recording) =>
  change(recording, (lead, of) => {
    const other = { II: 'III', III: 'II', aVR: 'aVL', aVL: 'aVR' }[lead.code];
    if (other) return named(of(other), lead.code);
    return lead.code === 'I' ? negative(lead) : lead;
  });

test('exchanged arm electrodes are seen, a right-sided heart is not taken for them', () => {
  const recording = recordingOf({ noise: { muscleUv: 8 } });
  expect(judgeQuality(reversed(recording))).toContainEqual(
    expect.objectContaining({ code: 'reversed-arm-leads', severity: 'bad' }),
  );
  const dextrocardia = change(reversed(recording), (lead) =>
    /^V[3-6]$/.test(lead.code) ? { ...negative(lead), gain: lead.gain / 3 } : lead,
  );
  expect(judgeQuality(dextrocardia).map((finding) => finding.code)).not.toContain('reversed-arm-leads');
});

test('exchanged arms are seen without P waves too', () => {
  expect(judgeQuality(reversed(recordingOf({ hasP: false }))).map((finding) => finding.code)).toContain(
    'reversed-arm-leads',
  );
});

test('a recording without leads is too short and nothing else', () => {
  expect(judgeQuality({ ...recordingOf({}), leads: [] })).toEqual([
    { code: 'too-short', leads: [], severity: 'bad', value: 0 },
  ]);
});
