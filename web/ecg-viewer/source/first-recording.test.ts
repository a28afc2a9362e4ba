import { expect, test } from 'vitest';
import type { EcgRecording } from './ecg-source.ts';
import { firstRecording, isOneBeat } from './first-recording.ts';

const recording = (index: number, kind: EcgRecording['kind'], durationMs = 10_000): EcgRecording => ({
  ...{ index, kind, durationMs, label: null, samplingFrequency: 500, startMs: 0, leads: [] },
});

test('the first rhythm is shown first, as it is the one that was measured, also where the recorder wrote a beat before it', () => {
  const [beat, rest, later] = [recording(0, 'median', 1200), recording(1, 'rhythm'), recording(2, 'rhythm')];
  expect(firstRecording([beat, rest, later])).toBe(rest);
  expect(firstRecording([beat])).toBe(beat);
  expect(firstRecording([])).toBeUndefined();
});

test('a beat is one by its kind or by its length', () => {
  const all = [recording(0, 'median', 10_000), recording(1, 'derived', 1000), recording(2, 'rhythm', 2500)];
  expect(all.map(isOneBeat)).toEqual([true, true, false]);
});
