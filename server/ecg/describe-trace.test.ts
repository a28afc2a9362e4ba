import { describe, expect, test } from 'vitest';
import { describeTrace } from './describe-trace.ts';
import { syntheticTrace } from './signal/test-kit/synthetic.ts';
import type { Lead, Recording, Trace } from './trace.ts';

const usual = syntheticTrace({ seconds: 2 });
const [rhythm] = usual.recordings as [Recording];
const [first] = rhythm.leads as [Lead];
const withRecording = (more: Partial<Recording>): Trace => ({ ...usual, recordings: [{ ...rhythm, ...more }] });
const withLead = (more: Partial<Lead>): Trace => withRecording({ leads: [{ ...first, ...more }] });
const warned = (trace: Trace) => describeTrace(trace).warnings.map(({ code, where }) => `${code} ${where}`);

test('a usual electrocardiogram is left as it is', () => {
  expect(describeTrace(usual)).toEqual(usual);
});

describe('what is seldom so is said', () => {
  test.each([
    ['a fine gain', withLead({ gain: 0.02 }), ['gain-unusual recording 1 (rhythm) I']],
    ['a coarse gain', withLead({ gain: -488 }), ['gain-unusual recording 1 (rhythm) I']],
    ['a slow rate', withRecording({ samplingFrequency: 25 }), ['rate-unusual recording 1 (rhythm)']],
    ['a fast rate', withRecording({ samplingFrequency: 64_000, label: 'R' }), ['rate-unusual recording 1 (R)']],
  ])('%s', (_name, trace, expected) => expect(warned(trace)).toEqual(expected));
});

describe('what no recorder does is refused', () => {
  test.each([
    ['no recording', { ...usual, recordings: [] }],
    ['no lead', withRecording({ leads: [] })],
    ['no sample', withLead({ samples: new Int32Array(0) })],
    ['65 leads', withRecording({ leads: Array(65).fill(first) })],
    ['gain 0', withLead({ gain: 0 })],
    ['no gain', withLead({ gain: Number.NaN })],
    ['volts per unit', withLead({ gain: 1e6 })],
    ['no baseline', withLead({ baseline: Number.POSITIVE_INFINITY })],
    ['rate 0', withRecording({ samplingFrequency: 0 })],
    ['1 Hz', withRecording({ samplingFrequency: 1 })],
    ['a month', withRecording({ samplingFrequency: 10, leads: [{ ...first, samples: new Int32Array(7_000_000) }] })],
  ])('%s', (_name, trace) => expect(() => describeTrace(trace)).toThrow('ecg-invalid'));
});

test('leads of unequal length become recordings of their own', () => {
  const short = { ...first, code: 'V4R', samples: first.samples.slice(0, 100) };
  const { recordings, warnings } = describeTrace(withRecording({ leads: [short, ...rhythm.leads] }));
  expect(recordings.map(({ leads }) => leads.length)).toEqual([12, 1]);
  expect(warnings).toEqual([{ code: 'leads-unequal', where: 'recording 1 (rhythm)' }]);
});

test('missing leads are named where twelve were meant and they cannot be computed', () => {
  const but = (...codes: string[]) =>
    withRecording({ leads: rhythm.leads.filter(({ code }) => !codes.includes(code)) });
  expect(warned(but('III', 'aVR', 'V3'))).toEqual(['lead-missing V3']);
  expect(warned(but('II', 'III'))).toEqual(['lead-missing II', 'lead-missing III']);
  expect(warned(withRecording({ leads: [first] }))).toEqual([]);
});
