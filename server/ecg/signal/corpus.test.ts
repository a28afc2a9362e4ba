import { readFileSync } from 'node:fs';
import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { expect, test } from 'vitest';
import { corpusFiles } from '../../../tests/corpus.ts';
import { readTrace } from '../formats/read-trace.ts';
import { criticalRuleSets } from './critical-rule-sets.ts';
import { judgeCritical } from './critical-rules.ts';
import { measureTrace } from './measure.ts';
import { judgeQuality } from './quality.ts';

const paths = ['.xml', '.scp', '.dcm'].flatMap((ending) => corpusFiles('ecg', ending));

/** Two programs differ by more than a program and a synthetic truth: the bounds of CSE (20 ms at P, 10 to 15 elsewhere). */
const bounds: readonly [string, (of: EcgMeasurements) => number | null, number][] = [
  ['pDuration', (of) => of.pMs, 20],
  ['pr', (of) => of.prMs, 15],
  ['qrs', (of) => of.qrsMs, 10],
  ['qt', (of) => of.qtMs, 15],
  ['pAxis', (of) => of.axis.p, 10],
  ['qrsAxis', (of) => of.axis.qrs, 10],
  ['tAxis', (of) => of.axis.t, 10],
];

test.skipIf(paths.length === 0)(
  'real traces measure what their recorders measured, and are clean and not critical',
  () => {
    for (const path of paths) {
      const trace = readTrace(readFileSync(path));
      const rhythm = trace.recordings.find((recording) => recording.kind === 'rhythm');
      if (!rhythm) throw new Error(`no rhythm in ${path}`);
      const measured = measureTrace(rhythm);
      for (const [name, of, bound] of bounds) {
        const device = trace.deviceMeasurements[name];
        if (device === undefined) continue;
        expect(Math.abs((of(measured) ?? Number.NaN) - device), `${path}: ${name}`).toBeLessThanOrEqual(bound);
      }
      expect(judgeQuality(rhythm, measured)).toEqual([]);
      for (const set of criticalRuleSets) expect(judgeCritical(set, measured, trace.statements)).toEqual([]);
    }
  },
);
