import { expect, test } from 'vitest';
import { syntheticTrace, syntheticTruth } from './synthetic.ts';

const leadsOf = (trace: ReturnType<typeof syntheticTrace>) =>
  Object.fromEntries((trace.recordings[0]?.leads ?? []).map((lead) => [lead.code, lead]));

test('ten seconds of twelve leads at the asked rate, the same every time', () => {
  const trace = syntheticTrace({ rateHz: 250, noise: { muscleUv: 20 } });
  expect(trace.recordings[0]?.leads.map(({ code, samples }) => [code, samples.length])).toContainEqual(['V6', 2500]);
  expect(syntheticTrace({ rateHz: 250, noise: { muscleUv: 20 } })).toEqual(trace);
});

test('limb leads are exact sums of I and II, and say so', () => {
  const { I, II, III, aVR, aVL, aVF } = leadsOf(syntheticTrace({ gain: 2.5, noise: { muscleUv: 15 } }));
  expect([I, II, III, aVR].map((lead) => lead?.derived)).toEqual([false, false, true, true]);
  const uv = (lead: typeof I, at: number) => (lead?.samples[at] ?? Number.NaN) * (lead?.gain ?? 0);
  for (const at of [0, 190, 203, 1999]) {
    expect(uv(III, at)).toBe(uv(II, at) - uv(I, at));
    expect(uv(aVR, at)).toBe(-(uv(I, at) + uv(II, at)) / 2);
    expect(uv(aVL, at)).toBe(uv(I, at) - uv(II, at) / 2);
    expect(uv(aVF, at)).toBe(uv(II, at) - uv(I, at) / 2);
  }
});

test('the R peak stands where the truth says', () => {
  const options = { rateHz: 1000, heartRate: 60 };
  const samples = leadsOf(syntheticTrace(options)).V4?.samples ?? [];
  for (const at of syntheticTruth(options).beatsMs) {
    expect(samples[at]).toBe(1400);
  }
});

test('the ST segment is as high as asked', () => {
  const options = { rateHz: 1000, heartRate: 60, st: { V2: 350 } };
  const { beatsMs, fromR } = syntheticTruth(options);
  const at = Math.round((beatsMs[2] ?? 0) + (fromR.qrsOff ?? 0) + 20);
  expect(leadsOf(syntheticTrace(options)).V2?.samples[at]).toBe(350);
});
