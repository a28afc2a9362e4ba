import { expect, test } from 'vitest';
import type { Recording } from '../trace.ts';
import { fibrillationMs } from './fibrillation.ts';
import { measureTrace } from './measure.ts';
import { type SyntheticOptions, syntheticTrace } from './test-kit/synthetic.ts';

const recordingOf = (options: SyntheticOptions) => syntheticTrace(options).recordings[0] as Recording;
const rhythmOf = (options: SyntheticOptions) => measureTrace(recordingOf(options)).rhythm;

test('extrasystoles are told from the dominant beats', () => {
  const { beats, qrsMs } = measureTrace(recordingOf({ intervalsMs: [800, 800, 480, 1120], wideBeats: [3, 7, 11] }));
  expect(beats.map((beat) => beat.class)).toEqual(
    beats.map((_, number) => ([3, 7, 11].includes(number) ? 'wide' : 'dominant')),
  );
  expect(Math.abs((qrsMs ?? 0) - 92)).toBeLessThanOrEqual(10);
});

test('bigeminy is measured in the narrow beats', () => {
  const wideBeats = Array.from({ length: 8 }, (_, i) => 2 * i + 1);
  const { qrsMs, beats } = measureTrace(recordingOf({ intervalsMs: [520, 1100], wideBeats }));
  expect(Math.abs((qrsMs ?? 0) - 92)).toBeLessThanOrEqual(10);
  expect(beats[1]?.class).toBe('wide');
});

test('a pause is found to the sample of 250 Hz', () => {
  const { longestPauseMs, pauseCount } = rhythmOf({ intervalsMs: [800, 800, 3400] });
  expect(Math.abs((longestPauseMs ?? 0) - 3400)).toBeLessThanOrEqual(8);
  expect(pauseCount).toBe(1);
});

test('a wide tachycardia is one run, wide and ectopic', () => {
  const { runs } = rhythmOf({ heartRate: 170, wideBeats: Array.from({ length: 40 }, (_, i) => i) });
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ wide: true, ectopic: true, rateBpm: 170, beats: 28 });
});

test('a salvo of wide beats within sinus rhythm is a run of its own', () => {
  const intervalsMs = [800, 800, 480, 380, 380, 380, 380, 1100, 800, 800, 800, 800];
  const { runs } = rhythmOf({ intervalsMs, wideBeats: [3, 4, 5, 6, 7] });
  expect(runs).toEqual([expect.objectContaining({ wide: true, ectopic: true, beats: 5 })]);
});

test('a narrow tachycardia is a run that is not wide, a slow rhythm has none', () => {
  expect(rhythmOf({ heartRate: 190, hasP: false }).runs).toEqual([
    expect.objectContaining({ wide: false, rateBpm: 190 }),
  ]);
  expect(rhythmOf({ heartRate: 80 }).runs).toEqual([]);
});

test('an early wide beat on the T wave is counted', () => {
  expect(rhythmOf({ intervalsMs: [900, 900, 330, 1300], wideBeats: [3, 7], qtMs: 420 }).rOnTCount).toBe(2);
  expect(rhythmOf({ intervalsMs: [900, 900, 600, 1100], wideBeats: [3] }).rOnTCount).toBe(0);
});

/** The chaos of a fibrillating heart: slowly changing swings of four to six a second. */
function fibrillating(rateHz: number): Recording {
  const plain = recordingOf({ rateHz });
  const leads = plain.leads.map((lead, number) => ({
    ...lead,
    samples: lead.samples.map((_, i) => {
      const t = i / rateHz;
      const turn = 2 * Math.PI * (5 * t + 0.4 * Math.sin(3.1 * t) + number / 7);
      return Math.round((300 + 120 * Math.sin(1.7 * t + number)) * Math.sin(turn));
    }),
  }));
  return { ...plain, leads };
}

test.each([200, 500, 1000])('ventricular fibrillation is seen at %d Hz', (rateHz) => {
  expect(measureTrace(fibrillating(rateHz)).rhythm.fibrillationMs ?? 0).toBeGreaterThanOrEqual(8000);
});

test.each([35, 75, 130, 180])('a heart that beats at %d a minute does not fibrillate', (heartRate) => {
  expect(fibrillationMs(recordingOf({ heartRate, noise: { muscleUv: 30, wanderUv: 400 } }))).toBe(0);
});
