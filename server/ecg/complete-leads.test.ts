import { describe, expect, test } from 'vitest';
import { completeLeads, completeTrace } from './complete-leads.ts';
import { twelveLeads } from './leads.ts';
import { syntheticTrace } from './signal/test-kit/synthetic.ts';
import type { Lead, Recording } from './trace.ts';

const noFilter = { highPassHz: null, lowPassHz: null, notchHz: null };
const lead = (code: string, samples: readonly number[], more: Partial<Lead> = {}): Lead => ({
  code,
  derived: false,
  samples: Int32Array.from(samples),
  gain: 2.5,
  baseline: 0,
  filter: noFilter,
  ...more,
});
const recording = (...leads: Lead[]): Recording => ({
  kind: 'rhythm',
  label: null,
  samplingFrequency: 500,
  startMs: 0,
  leads,
});
const microvolts = ({ samples, gain, baseline }: Lead) => [...samples].map((sample) => sample * gain + baseline);
const byCode = ({ leads }: Recording, code: string) => leads.find((one) => one.code === code) as Lead;
const I = [3, -7, 32_767, 0];
const II = [10, 5, -32_768, 1];

describe('the limb leads that are missing', () => {
  test('are exact where both gains are the same, halves included', () => {
    const { recording: whole, warnings } = completeLeads(recording(lead('I', I), lead('II', II)));
    expect(warnings).toEqual([]);
    expect(whole.leads.map(({ code, derived }) => [code, derived])).toEqual([
      ['I', false],
      ['II', false],
      ['III', true],
      ['aVR', true],
      ['aVL', true],
      ['aVF', true],
    ]);
    const at = (index: number) => [(I[index] as number) * 2.5, (II[index] as number) * 2.5] as const;
    for (const index of I.keys()) {
      const [i, ii] = at(index);
      expect(['III', 'aVR', 'aVL', 'aVF'].map((code) => microvolts(byCode(whole, code))[index])).toEqual([
        ii - i,
        -(i + ii) / 2,
        i - ii / 2,
        ii - i / 2,
      ]);
    }
  });

  test('are exact where the gains are in a ratio of whole numbers, and carry both baselines', () => {
    const one = lead('I', I, { gain: 5, baseline: 100 });
    const two = lead('II', II, { gain: 1.25, baseline: -40 });
    const { recording: whole } = completeLeads(recording(one, two));
    expect(byCode(whole, 'III')).toMatchObject({ gain: 1.25, baseline: -140 });
    const expected = microvolts(two).map((uv, at) => uv - (microvolts(one)[at] as number) / 2);
    expect(microvolts(byCode(whole, 'aVF'))).toEqual(expected);
  });

  test('are within a hundredth of a unit where they are not', () => {
    const one = lead('I', I, { gain: Math.PI });
    const two = lead('II', II, { gain: Math.E });
    const third = byCode(completeLeads(recording(one, two)).recording, 'III');
    for (const [at, uv] of microvolts(third).entries()) {
      const exact = (microvolts(two)[at] as number) - (microvolts(one)[at] as number);
      expect(Math.abs(uv - exact)).toBeLessThan(Math.E / 100);
    }
  });

  test('have the same gain for any stretch of the recording', () => {
    const whole = completeLeads(recording(lead('I', I), lead('II', II))).recording;
    const part = completeLeads(recording(lead('I', [0]), lead('II', [0]))).recording;
    expect(part.leads.map(({ gain }) => gain)).toEqual(whole.leads.map(({ gain }) => gain));
  });

  test('are left out, with a word, where 32 bits do not hold them', () => {
    const { recording: whole, warnings } = completeLeads(recording(lead('I', [2 ** 30]), lead('II', [-(2 ** 30)])));
    expect(whole.leads.map(({ code }) => code)).toEqual(['I', 'II', 'III', 'aVR']);
    expect(warnings.map(({ code, where }) => [code, where])).toEqual([
      ['lead-missing', 'aVL'],
      ['lead-missing', 'aVF'],
    ]);
  });
});

describe('limb leads that are stored', () => {
  test('and equal the sum within rounding are derived, and keep their samples', () => {
    const stored = lead('aVR', [-6, 1, 0, 0]);
    const { recording: whole, warnings } = completeLeads(recording(stored, lead('I', I), lead('II', II)));
    expect(warnings).toEqual([]);
    expect(byCode(whole, 'aVR')).toEqual({ ...stored, derived: true });
  });

  test('and contradict the sum stay what they are, with a warning', () => {
    const stored = lead('III', [400, 412, 400, 400]);
    const { recording: whole, warnings } = completeLeads(
      recording(lead('I', [0, 0, 0, 0]), lead('II', [0, 0, 0, 0]), stored),
    );
    expect(byCode(whole, 'III')).toEqual(stored);
    expect(warnings).toEqual([{ code: 'derived-disagrees', where: 'III', detail: '1030 uV' }]);
  });
});

test('a standard recording of eight leads becomes twelve in their order, with others behind', () => {
  const eight = syntheticTrace({ leads: ['V6', 'V5', 'V4', 'V3', 'V2', 'V1', 'V4R', 'II', 'I'], seconds: 2 });
  const twelve = syntheticTrace({ seconds: 2 });
  const { recordings, warnings } = completeTrace(eight);
  expect(recordings[0]?.leads.map(({ code }) => code)).toEqual([...twelveLeads, 'V4R']);
  expect(recordings[0]?.leads.slice(0, 12)).toEqual(twelve.recordings[0]?.leads);
  expect(warnings).toEqual([]);
});

test('without I and II nothing is added, and unequal leads are left alone', () => {
  const few = recording(lead('V5', [1]), lead('II', [1]));
  expect(completeLeads(few).recording.leads.map(({ code }) => code)).toEqual(['II', 'V5']);
  const unequal = recording(lead('I', [1, 2]), lead('II', [1]));
  expect(completeLeads(unequal)).toEqual({
    recording: unequal,
    warnings: [{ code: 'leads-unequal', where: 'rhythm' }],
  });
});
