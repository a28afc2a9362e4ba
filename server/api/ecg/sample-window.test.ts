import type { StoredRecording } from '@lianzhen/ecg/stored-trace.ts';
import { expect, test } from 'vitest';
import { sampleWindow } from './sample-window.ts';

const filter = { highPassHz: null, lowPassHz: null, notchHz: null };
const leads = ['I', 'II'].map((code) => ({ code, derived: false, gain: 1, baseline: 0, filter }));
const recordings: StoredRecording[] = [
  { kind: 'rhythm', label: null, samplingFrequency: 500, startMs: 0, sampleCount: 5000, leads },
];
const windowOf = (fromMs?: number, toMs?: number, most = 1e6, recording = 0) =>
  sampleWindow(recordings, { recording, fromMs, toMs }, most);

test('a window is cut to what was recorded', () => {
  expect(windowOf()).toEqual({ from: 0, to: 5000 });
  expect(windowOf(1000, 1002)).toEqual({ from: 500, to: 501 });
  expect(windowOf(9999, 20_000)).toEqual({ from: 5000, to: 5000 });
  expect(windowOf(20_000)).toEqual({ from: 5000, to: 5000 });
});

test('a window that ends before it begins, holds too much or is of no recording is refused', () => {
  expect(() => windowOf(2, 1)).toThrow('bad-input');
  expect(() => windowOf(0, 10_000, 9999)).toThrow('bad-input');
  expect(windowOf(0, 10_000, 10_000)).toEqual({ from: 0, to: 5000 });
  expect(() => windowOf(0, 1, 10, 1)).toThrow('not-found');
});
