import { readFileSync } from 'node:fs';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { describe, expect, test } from 'vitest';
import { corpusFiles } from '../../../../tests/corpus.ts';
import { limbSums } from '../../leads.ts';
import { looksLikeScp, readScp } from './read-scp.ts';

const [path] = corpusFiles('ecg', 'example.scp');
const bytes = path ? readFileSync(path) : Buffer.alloc(0);

/** First three, last, lowest and highest sample, and the sum of all, in units of 2.5 uV; the same as biosig 2.5 has them. */
const golden: Record<string, [first: number[], last: number, lowest: number, highest: number, sum: number]> = {
  I: [[-2, -2, -2], -13, -122, 166, -4921],
  II: [[-7, -7, -7], -7, -267, 134, -4084],
  V1: [[43, 43, 43], 11, -586, 69, -2299],
  V2: [[55, 53, 51], 8, -771, 162, -2648],
  V3: [[40, 40, 40], 13, -652, 161, -3119],
  V4: [[28, 28, 28], 6, -355, 112, -2499],
  V5: [[23, 23, 23], -20, -187, 235, -3009],
  V6: [[-9, -7, -5], -15, -124, 389, -1762],
  III: [[-5, -5, -5], 6, -363, 181, 837],
  aVR: [[4, 4, 4], 10, -102, 136, 4432],
  aVL: [[1, 1, 1], -9, -126, 253, -2721],
  aVF: [[-6, -6, -6], 0, -310, 145, -1570],
};

describe.skipIf(!path)(
  'a record of ten seconds, twelve leads at 500 Hz, second differences in the default table',
  () => {
    test('every lead has its golden numbers', () => {
      expect(looksLikeScp(bytes)).toBe(true);
      const [rhythm] = readScp(bytes).recordings;
      const found = rhythm?.leads.map(({ code, samples }) => [
        code,
        [[...samples.subarray(0, 3)], samples.at(-1), Math.min(...samples), Math.max(...samples), sum(samples)],
      ]);
      expect(Object.fromEntries(found ?? [])).toEqual(golden);
      expect(rhythm?.leads.every(({ gain, samples }) => gain === 2.5 && samples.length === 5000)).toBe(true);
    });

    test('the median beat stands beside the rhythm', () => {
      const { recordings } = readScp(bytes);
      expect(recordings.map(({ kind, samplingFrequency, leads }) => [kind, samplingFrequency, leads.length])).toEqual([
        ['rhythm', 500, 12],
        ['median', 500, 12],
      ]);
      expect(recordings[1]?.leads.map(({ samples }) => samples.length)).toEqual(Array.from({ length: 12 }, () => 599));
    });

    test('who, when, with what, and what the recorder measured', () => {
      expect(readScp(bytes)).toMatchObject({
        acquiredAt: '2002-11-22T09:10:00',
        patient: { id: 'SBJ-123', name: 'Clark', sex: 'M', birthDate: '19530508' },
        device: { manufacturer: 'ECGConversion', model: 'ELI250', serialNumber: null, software: null },
        deviceMeasurements: {
          pDuration: 102,
          pr: 148,
          qrs: 120,
          qt: 420,
          qtc: 443,
          pAxis: 44,
          qrsAxis: -61,
          tAxis: 86,
        },
        statements: [],
        annotations: [],
        warnings: [],
      });
    });

    test('cut at every 97th byte it is refused, and with its length put right it has what is left or is refused', () => {
      const isExpected = (error: unknown) => error instanceof HubError && error.code === 'ecg-invalid';
      for (let length = 97; length < bytes.length; length += 97) {
        const cut = Buffer.from(bytes.subarray(0, length));
        expect(() => readScp(cut)).toThrow(HubError);
        cut.writeUInt32LE(length, 2);
        try {
          expect(readScp(cut).warnings).not.toEqual([]);
        } catch (error) {
          if (!isExpected(error)) throw error;
        }
      }
    });

    test('the stored limb leads are the sums of I and II, to the rounding of the recorder', () => {
      const leads = new Map(readScp(bytes).recordings[0]?.leads.map((lead) => [lead.code, lead.samples]));
      const [one, two] = [leads.get('I') ?? [], leads.get('II') ?? []];
      for (const [code, sums] of Object.entries(limbSums)) {
        const worst = Math.max(
          ...[...(leads.get(code) ?? [])].map((sample, at) =>
            Math.abs(sample - sums.I * (one[at] ?? 0) - sums.II * (two[at] ?? 0)),
          ),
        );
        expect(worst, code).toBeLessThanOrEqual(1);
      }
    });
  },
);

const sum = (samples: Int32Array): number => samples.reduce((total, sample) => total + sample, 0);
