import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corpusFiles } from '../../../../tests/corpus.ts';
import { looksLikeAecg, readAecg } from './read-aecg.ts';

const [path] = corpusFiles('ecg', 'annotated-ecg.xml');

test.skipIf(path === undefined)('the sample document of the implementation guide', () => {
  const bytes = readFileSync(path ?? '');
  expect(looksLikeAecg(bytes)).toBe(true);
  const trace = readAecg(bytes);
  expect(trace).toMatchObject({
    acquiredAt: '2002-11-22T09:10:00',
    patient: { id: 'subject1', name: 'Clark', sex: 'M', birthDate: '19530508' },
    device: { manufacturer: 'Mortara Instrument, Inc.', model: 'ELI250', software: '5.3' },
    deviceMeasurements: { pDuration: 102, pr: 148, qrs: 120, qt: 420, qtc: 443, pAxis: 44, qrsAxis: -61, tAxis: 86 },
    warnings: [],
  });
  const [rhythm, median] = trace.recordings;
  expect(rhythm).toMatchObject({ kind: 'rhythm', samplingFrequency: 500, startMs: 0 });
  expect(median).toMatchObject({ kind: 'median', samplingFrequency: 500 });
  expect(rhythm?.leads.map(({ code }) => code)).toEqual([
    'I',
    'II',
    'V1',
    'V2',
    'V3',
    'V4',
    'V5',
    'V6',
    'III',
    'aVR',
    'aVL',
    'aVF',
  ]);
  for (const lead of rhythm?.leads ?? [])
    expect(lead).toMatchObject({ gain: 2.5, baseline: 0, samples: { length: 5000 } });
  expect(Array.from(rhythm?.leads[0]?.samples.slice(0, 6) ?? [])).toEqual([-2, -2, -2, -2, -3, -4]);
  // The recorder rounds each limb lead for itself, so a sum is right to within a unit.
  const lead = (code: string) => rhythm?.leads.find((one) => one.code === code)?.samples ?? new Int32Array();
  const off = lead('III').map((three, i) => Math.abs((lead('II')[i] ?? 0) - (lead('I')[i] ?? 0) - three));
  expect(Math.max(...off)).toBeLessThanOrEqual(1);
  const waves = trace.annotations
    .filter(({ text }) => text === 'MDC_ECG_WAVC_QRSWAVE')
    .map(({ atMs, endMs }) => [atMs, endMs]);
  expect(waves.slice(0, 3)).toEqual([
    [270, 390],
    [1060, 1180],
    [1868, 1988],
  ]);
});
