import { expect, test } from 'vitest';
import { effectiveFilter, type FilterSetting, filterName, filterReach, filterSignal, unfiltered } from './filter.ts';
import { syntheticTrace } from './test-kit/synthetic.ts';

const sine = (hz: number, rateHz: number, seconds: number) =>
  Float64Array.from({ length: rateHz * seconds }, (_, i) => 1000 * Math.sin((2 * Math.PI * hz * i) / rateHz));
/** Amplitude in the middle half, where the ends have no say. */
const amplitude = (signal: Float64Array) => {
  const middle = signal.slice(signal.length / 4, (signal.length * 3) / 4);
  return Math.sqrt((2 * middle.reduce((sum, x) => sum + x * x, 0)) / middle.length);
};
const after = (hz: number, setting: Partial<FilterSetting>, rateHz = 500, seconds = 20) =>
  amplitude(filterSignal(sine(hz, rateHz, seconds), rateHz, { ...unfiltered, ...setting }));

test.each([
  [35, 500],
  [40, 250],
  [100, 500],
  [150, 1000],
] as const)('a low pass of %d Hz at %d samples a second loses 3 dB at its name', (lowPassHz, rateHz) => {
  expect(after(lowPassHz, { lowPassHz }, rateHz)).toBeCloseTo(707, -1);
  expect(after(lowPassHz / 4, { lowPassHz }, rateHz)).toBeGreaterThan(985);
  expect(after(105, { lowPassHz: 35 }, 1000)).toBeLessThan(60);
});

test('a high pass loses 3 dB at its name and leaves the ST segment band', () => {
  expect(after(0.5, { highPassHz: 0.5 }, 200, 60)).toBeCloseTo(707, -1);
  expect(after(0.05, { highPassHz: 0.05 }, 200, 400)).toBeCloseTo(707, -1);
  expect(after(5, { highPassHz: 0.5 }, 200, 60)).toBeGreaterThan(995);
});

test('the notch takes the mains and leaves its neighbours', () => {
  expect(after(50, { notchHz: 50 })).toBeLessThan(1);
  expect(after(50.3, { notchHz: 50 })).toBeLessThan(60);
  expect(after(40, { notchHz: 50 })).toBeGreaterThan(940);
  expect(after(60, { notchHz: 60 }, 200)).toBeLessThan(1);
});

test('no wave is moved: the peak of a filtered QRS stands where it stood', () => {
  const lead = syntheticTrace({ rateHz: 1000, leads: ['II'] }).recordings[0]?.leads[0];
  const before = Float64Array.from(lead?.samples ?? []);
  const peak = (signal: Float64Array) =>
    signal.slice(1000, 1400).reduce((best, x, i, all) => (x > (all[best] ?? 0) ? i : best), 0);
  const filtered = filterSignal(before, 1000, { highPassHz: 0.5, lowPassHz: 35, notchHz: 50 });
  expect(Math.abs(peak(filtered) - peak(before))).toBeLessThanOrEqual(1);
});

test('the stored samples are not touched', () => {
  const samples = Int32Array.from([1, 5, -3, 9, 100, 4]);
  filterSignal(samples, 500, { highPassHz: 0.5, lowPassHz: 35, notchHz: 50 });
  expect([...samples]).toEqual([1, 5, -3, 9, 100, 4]);
});

test('a constant passes a low pass to the very ends and vanishes in a high pass', () => {
  const level = new Float64Array(2000).fill(700);
  expect(
    Math.max(...filterSignal(level, 500, { ...unfiltered, lowPassHz: 40 }).map((x) => Math.abs(x - 700))),
  ).toBeLessThan(1e-6);
  expect(Math.max(...filterSignal(level, 500, { ...unfiltered, highPassHz: 0.5 }).map(Math.abs))).toBeLessThan(1e-6);
});

test('a window with its reach on either side shows what the whole recording would show there', () => {
  const lead = syntheticTrace({ rateHz: 200, seconds: 300, leads: ['V2'], noise: { wanderUv: 300, mainsUv: 50 } })
    .recordings[0]?.leads[0];
  const samples = lead?.samples ?? new Int32Array(0);
  for (const highPassHz of [0.5, 0.05] as const) {
    const setting = { highPassHz, lowPassHz: 40, notchHz: 50 } as const;
    const whole = filterSignal(samples, 200, setting);
    const reach = filterReach(setting, 200);
    for (const [from, to] of [
      [0, 2000],
      [30_000, 32_000],
      [58_500, 60_000],
    ] as const) {
      const left = Math.max(0, from - reach);
      const piece = filterSignal(samples.subarray(left, to + reach), 200, setting).slice(from - left, to - left);
      expect(Math.max(...piece.map((x, i) => Math.abs(x - (whole[from + i] ?? 0))))).toBeLessThan(10);
    }
  }
});

test('the name says what was done, in both languages', () => {
  expect(filterName({ highPassHz: 0.05, lowPassHz: 150, notchHz: 50 }, 'en')).toBe(
    '0.05–150 Hz, notch 50 Hz, zero phase',
  );
  expect(filterName({ highPassHz: null, lowPassHz: 35, notchHz: null }, 'zh')).toBe('低通 35 Hz，零相位');
  expect(filterName(unfiltered, 'zh')).toBe('未滤波');
});

test('a filter that has no effect at a rate is not named', () => {
  expect(effectiveFilter({ highPassHz: 0.5, lowPassHz: 150, notchHz: 60 }, 125)).toEqual({
    ...unfiltered,
    highPassHz: 0.5,
  });
});
