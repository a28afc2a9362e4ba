import { HubError } from '@lianzhen/contracts/errors.ts';
import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import {
  deflatedExplicitLittleEndian,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
} from '@lianzhen/dicom/sop-classes.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeTrace } from '../../describe-trace.ts';
import { syntheticTrace } from '../../signal/test-kit/synthetic.ts';
import { readPicture } from '../picture/read-picture.ts';
import { jpegFile, pdfFile, pngFile } from '../picture/test-kit/pictures.ts';
import { writePicture } from '../picture/write-picture.ts';
import { readDicom } from './read-dicom.ts';
import { sampleBytes, waveformFile } from './test-kit/waveform-file.ts';
import { describeWaveform, readRange } from './waveform-layout.ts';
import { wave } from './waveform-tags.ts';
import { writeWaveform } from './write-waveform.ts';

const identity = {
  sopInstanceUid: '2.25.1',
  studyInstanceUid: '2.25.2',
  seriesInstanceUid: '2.25.3',
  accessionNumber: 'A1',
  patient: { id: 'P1', issuer: null, name: '张三', sex: 'M', birthDate: null },
  now: new Date('2026-03-02T00:00:00Z'),
};
const place = { text: 'QRS', atMs: 100, endMs: 190, lead: 'V2', value: null, unit: null };
const whole = { ...syntheticTrace({ seconds: 0.3 }), annotations: [place], deviceMeasurements: { qt: 400 } };
const padded = { [wave.WaveformPaddingValue]: sampleBytes('SS', [-32768]) };
const samples = [1, -5, -32768, 9, 300, 2];
const channels = [1, 2].map((number) => ({ source: [`2:${number}`, 'MDC', 'Lead'] as const, samples }));
const files = [
  writeWaveform(whole, identity),
  ...[implicitLittleEndian, explicitLittleEndian, explicitBigEndian, deflatedExplicitLittleEndian].map((syntax) =>
    waveformFile({
      transferSyntaxUid: syntax,
      groups: [
        { channels, attributes: padded },
        { channels, rate: 250 },
      ],
    }),
  ),
];
const pictures = [
  jpegFile(),
  jpegFile({ adobe: true }),
  pdfFile(2),
  pngFile({ columns: 2, type: 0, lines: [[1, 1, 2]] }),
];

/** Flips bytes, forges lengths and counts, cuts, repeats a part. `skip` bytes at the beginning mean nothing. */
const damaged = (from: readonly Buffer[], skip: number) =>
  fc
    .tuple(
      fc.constantFrom(...from),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 10 }),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(0xffffffff, 0x7fffffff, 0x10000, 0xffff, 0, 1)), { maxLength: 4 }),
      fc.option(fc.nat(), { freq: 3 }),
      fc.option(fc.tuple(fc.nat(), fc.nat({ max: 64 })), { freq: 3 }),
    )
    .map(([sample, flips, lengths, cut, repeat]) => {
      const at = (value: number, { length }: Buffer) => skip + (value % Math.max(1, length - skip - 4));
      let bytes = Buffer.from(sample);
      for (const [value, byte] of flips) bytes.writeUInt8(byte, at(value, bytes));
      for (const [value, length] of lengths) bytes.writeUInt32LE(length, at(value, bytes));
      if (repeat) {
        const from = at(repeat[0], bytes);
        bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from - repeat[1], from), bytes.subarray(from)]);
      }
      return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
    });

/** Bounded in time, and in the samples that come out; every error is of this package. */
async function settles(act: () => unknown): Promise<void> {
  const started = performance.now();
  try {
    await act();
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'ecg-invalid') throw error;
    expect(Object.keys(error.details)).toEqual(expect.arrayContaining(['format', 'where', 'expected', 'found']));
  }
  // Far above what any of these takes; a loop without end or a forged allocation would be far above this.
  expect(performance.now() - started).toBeLessThan(5000);
}

const runs = (numRuns: number) => ({ seed: 20260301, numRuns, endOnFailure: false });

describe('damage ends in a trace or in one error', () => {
  test('of a waveform in memory', async () => {
    const property = fc.asyncProperty(damaged(files, 128), (bytes) =>
      settles(() => {
        const { recordings } = describeTrace(readDicom(bytes));
        for (const { leads, startMs } of recordings) {
          expect(Number.isFinite(startMs)).toBe(true);
          const read = leads.reduce((sum, lead) => sum + lead.samples.length, 0);
          // A sample takes a byte at least, and what is deflated here expands at most a thousandfold.
          expect(read).toBeLessThanOrEqual(bytes.length * 1100);
        }
      }),
    );
    await fc.assert(property, runs(3000));
  });

  test('of a waveform read by range', async () => {
    const property = fc.asyncProperty(damaged(files, 128), (bytes) =>
      settles(async () => {
        const layout = await describeWaveform(bufferSource(bytes));
        for (const group of layout.groups) await readRange(layout, group, 0, Math.min(100, group.sampleCount));
      }),
    );
    await fc.assert(property, runs(1500));
  });

  test('of a picture', async () => {
    const property = fc.asyncProperty(damaged(pictures, 0), (bytes) =>
      settles(() => {
        readPicture(bytes);
        writePicture(bytes, identity);
      }),
    );
    await fc.assert(property, runs(3000));
  });
});

test('every cut of a waveform is refused: a part is never drawn as the whole', () => {
  const [file = Buffer.alloc(0)] = files;
  for (let length = 0; length < file.length; length += 7) {
    expect(() => readDicom(file.subarray(0, length)), `${length}`).toThrow('ecg-invalid');
  }
});
