import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corpusFiles } from '../../../tests/corpus.ts';
import { readTrace } from './read-trace.ts';

const [scp] = corpusFiles('ecg', 'example.scp');
const [aecg] = corpusFiles('ecg', 'annotated-ecg.xml');

/** Microvolts by lead of every recording. */
const voltages = (file: string) =>
  readTrace(readFileSync(file)).recordings.map(({ kind, leads }) => ({
    kind,
    leads: Object.fromEntries(
      leads.map(({ code, samples, gain, baseline }) => [code, Array.from(samples, (one) => one * gain + baseline)]),
    ),
  }));

/** The two corpus files are of one recording, which two programs have written: compressed in the one, as digits in the other. */
test.skipIf(!scp || !aecg)('SCP-ECG and aECG of the same heart are the same microvolts, rhythm and median beat', () => {
  expect(voltages(scp ?? '')).toEqual(voltages(aecg ?? ''));
});
