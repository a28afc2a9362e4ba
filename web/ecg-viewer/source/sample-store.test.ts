import { filterSignal, unfiltered } from '@lianzhen/ecg/signal/filter.ts';
import { expect, test } from 'vitest';
import type { EcgRecording, EcgSource } from './ecg-source.ts';
import { SampleStore } from './sample-store.ts';

const noFilter = { highPassHz: null, lowPassHz: null, notchHz: null };
const rate = 100;
const whole = Float32Array.from(
  { length: 300 * rate },
  (_, i) => 200 * Math.sin(i / 7) + (i % 400 === 0 ? 900 : 0) + i / 50,
);
const recording: EcgRecording = {
  index: 0,
  kind: 'rhythm',
  label: null,
  samplingFrequency: rate,
  startMs: 0,
  durationMs: 300_000,
  leads: [{ code: 'II', derived: false, filter: noFilter }],
};
function given(fails = 0) {
  const asked: number[] = [];
  let left = fails;
  const source: EcgSource = {
    trace: () => Promise.reject(new Error('not asked here')),
    samples: async (_, fromMs, toMs) => {
      asked.push(fromMs);
      if (left-- > 0) throw new Error('link lost');
      return [whole.slice((fromMs * rate) / 1000, (toMs * rate) / 1000)];
    },
  };
  return { store: new SampleStore(source, recording), asked };
}
const told = (store: SampleStore) => new Promise<void>((done) => store.subscribe(done));
async function blockOf(store: SampleStore, number: number, filter: Parameters<SampleStore['block']>[1]) {
  for (let i = 0; i < 20; i++) {
    const block = store.block(number, filter);
    if (block) return block;
    await told(store);
  }
  throw new Error('no block');
}

test('only what is needed is fetched, once, with its neighbours', async () => {
  const { store, asked } = given();
  expect(store.blocksOf(50_000, 80_000)).toEqual([1]);
  await blockOf(store, 1, unfiltered);
  await blockOf(store, 1, { ...unfiltered, notchHz: 50 });
  expect(asked).toEqual([0, 45_000, 90_000]);
});

test('unfiltered samples are those of the source, with a little on either side', async () => {
  const { store } = given();
  const { leads, startMs, endMs } = await blockOf(store, 2, unfiltered);
  expect([startMs, endMs, leads[0]?.startMs]).toEqual([90_000, 135_000, 89_900]);
  expect(leads[0]?.samples).toEqual(whole.slice(8990, 13_510));
});

test('a block is filtered as the whole recording would be', async () => {
  const { store } = given();
  const filter = { highPassHz: 0.5, lowPassHz: 35, notchHz: null } as const;
  const { leads } = await blockOf(store, 3, filter);
  const expected = filterSignal(whole, rate, filter).slice(13_490, 18_010);
  const off = expected.map((uv, i) => Math.abs(uv - (leads[0]?.samples[i] as number)));
  expect(Math.max(...off)).toBeLessThan(1);
});

test('a source that fails is not asked again until a person does', async () => {
  const { store, asked } = given(3);
  expect(store.block(1, unfiltered)).toBeNull();
  await told(store);
  expect(store.problem).toBeInstanceOf(Error);
  await new Promise((later) => setTimeout(later, 0));
  const before = asked.length;
  expect(store.block(1, unfiltered)).toBeNull();
  expect(asked).toHaveLength(before);
  store.retry();
  expect(store.problem).toBeNull();
  expect((await blockOf(store, 1, unfiltered)).startMs).toBe(45_000);
});
