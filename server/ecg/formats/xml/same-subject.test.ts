import { expect, test } from 'vitest';
import type { Trace } from '../../trace.ts';
import { readTrace } from '../read-trace.ts';
import { recordedTrace } from './test-kit/recorded-trace.ts';
import { writeAecg } from './test-kit/write-aecg.ts';
import { writeMuse } from './test-kit/write-muse.ts';
import { writePhilips } from './test-kit/write-philips.ts';

const eight = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

const microvolts = ({ recordings }: Trace) =>
  recordings.map(({ kind, samplingFrequency, leads }) => ({
    kind,
    samplingFrequency,
    leads: leads
      .filter(({ code }) => eight.includes(code))
      .map(({ code, samples, gain, baseline }) => ({ code, uv: Array.from(samples, (one) => one * gain + baseline) })),
  }));

test('the same subject in three formats, recognised by content, has the same microvolts, name and moment', () => {
  const trace = recordedTrace();
  const texts = [writeAecg(trace), writeMuse(trace), writePhilips(trace), writePhilips(trace, { version: '1.03' })];
  const found = texts.map((text) => readTrace(Buffer.from(text)));
  expect(found.map(({ format }) => format)).toEqual(['hl7-aecg', 'muse-xml', 'philips-xml', 'philips-xml']);
  for (const one of found) {
    expect(microvolts(one)).toEqual(microvolts(trace));
    expect(one.patient).toEqual(trace.patient);
    expect(one.acquiredAt).toBe(trace.acquiredAt);
  }
});

test('XML in UTF-16 is recognised by content too', () => {
  const text = writePhilips(recordedTrace({ seconds: 2 })).replace('encoding="UTF-8"', 'encoding="UTF-16"');
  expect(readTrace(Buffer.from(`\ufeff${text}`, 'utf16le')).format).toBe('philips-xml');
});
