import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import { expect, test } from 'vitest';
import { memorySource } from './memory-source.ts';

test('a trace in memory gives its microvolts, cut to what there is', async () => {
  const trace = syntheticTrace({ seconds: 2, gain: 5 });
  const source = memorySource(trace);
  const { recordings } = await source.trace();
  expect(recordings[0]).toMatchObject({ samplingFrequency: 500, durationMs: 2000 });
  const lead = trace.recordings[0]?.leads[1];
  const part = (await source.samples(0, 100, 110))[1];
  expect([...(part ?? [])]).toEqual(
    [...(lead?.samples.subarray(50, 55) ?? [])].map((unit) => unit * (lead?.gain ?? 0)),
  );
  expect((await source.samples(0, 1900, 99_000))[0]).toHaveLength(50);
  await expect(source.samples(7, 0, 1)).rejects.toThrow('no recording 7');
});
