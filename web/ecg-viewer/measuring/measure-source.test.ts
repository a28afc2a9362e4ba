import { measureTrace } from '@lianzhen/ecg/signal/measure.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import type { Recording } from '@lianzhen/ecg/trace.ts';
import { expect, test } from 'vitest';
import type { EcgRecording } from '../source/ecg-source.ts';
import { memorySource } from '../source/memory-source.ts';
import { measureSource } from './measure-source.ts';

test('the page measures from microvolts what the hub measures from the stored units', async () => {
  const trace = syntheticTrace({ heartRate: 68, gain: 2.44 });
  const source = memorySource(trace);
  const { recordings } = await source.trace();
  const { measurements, median } = await measureSource(source, recordings[0] as EcgRecording);
  expect(measurements).toEqual(measureTrace(trace.recordings[0] as Recording));
  expect(median?.leads).toHaveLength(12);
});
