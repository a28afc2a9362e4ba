import { expect, test } from 'vitest';
import type { Recording } from '../trace.ts';
import { findBeats } from './find-beats.ts';
import { type SyntheticOptions, syntheticTrace, syntheticTruth } from './test-kit/synthetic.ts';

const recordingOf = (options: SyntheticOptions) => syntheticTrace(options).recordings[0] as Recording;

/** Every true beat is found within 40 ms (a wide one may turn where it turns), and nothing else. */
function expectTrueBeats(options: SyntheticOptions) {
  const found = findBeats(recordingOf(options)).map((beat) => beat.atMs);
  const truth = syntheticTruth(options).beatsMs;
  expect(found.length).toBe(truth.length);
  for (const [i, at] of truth.entries()) expect(Math.abs((found[i] ?? 0) - at)).toBeLessThan(40);
}

test.each([35, 50, 75, 100, 130, 150, 180])('beats at %d a minute', (heartRate) => {
  expectTrueBeats({ heartRate, hasP: heartRate < 150 });
});

test.each([200, 250, 360, 500, 1000])('beats at %d samples a second', (rateHz) => {
  expectTrueBeats({ rateHz, heartRate: 88 });
});

test('beats in hum, wander and muscle noise', () => {
  expectTrueBeats({ noise: { mainsUv: 100, wanderUv: 800, muscleUv: 60 } });
});

test('irregular beats, a pause and extrasystoles', () => {
  expectTrueBeats({ intervalsMs: [800, 620, 1100, 3600, 700, 450, 950], hasP: false });
  expectTrueBeats({ intervalsMs: [800, 800, 480, 1120], wideBeats: [3, 7, 11], hasP: false });
});

test.each([40, 70, 110])('tall T waves at %d a minute are not beats', (heartRate) => {
  const everywhere = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
  expectTrueBeats({ heartRate, tFactor: Object.fromEntries(everywhere.map((code) => [code, 3])) });
});

test('a small heart in one lead is found, silence has no beats', () => {
  expectTrueBeats({ leads: ['I'], gain: 5 });
  expect(findBeats(recordingOf({ leadsOff: ['I', 'II'], leads: ['I', 'II'] }))).toEqual([]);
  expect(findBeats({ ...recordingOf({}), leads: [] })).toEqual([]);
  expect(findBeats(recordingOf({ seconds: 0.01 }))).toEqual([]);
});

test('a long recording gives the same beats as its pieces', () => {
  expectTrueBeats({ seconds: 190, rateHz: 200, leads: ['II', 'V1', 'V5'], heartRate: 71 });
});

test('spikes of a pacemaker mark the beats that follow them', () => {
  const options = { rateHz: 1000, spikesBeforeRMs: 80 };
  expectTrueBeats(options);
  expect(findBeats(recordingOf(options)).filter((beat) => !beat.paced)).toEqual([]);
  expect(findBeats(recordingOf({ rateHz: 1000 })).filter((beat) => beat.paced)).toEqual([]);
});

test.each([5, 20, 40])('extrasystoles in muscle noise of %d microvolts', (muscleUv) => {
  expectTrueBeats({ intervalsMs: [900, 900, 520, 1280], wideBeats: [3, 7], noise: { muscleUv } });
});
