import { type ByteSource, bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { deflatedExplicitLittleEndian, explicitBigEndian, explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { expect, test } from 'vitest';
import { readDicom } from './read-dicom.ts';
import { waveformFile } from './test-kit/waveform-file.ts';
import { decodeRange, describeWaveform, readRange } from './waveform-layout.ts';

const samples = Array.from({ length: 50_000 }, (_, at) => ((at * 7919) % 60_000) - 30_000);
const channels = [
  { source: ['2:2', 'MDC', 'Lead II'], samples },
  { source: ['2:7', 'MDC', 'Lead V5'], samples: samples.toReversed() },
] as const;
const fileIn = (transferSyntaxUid: string, count = samples.length) => {
  const some = channels.map((channel) => ({ ...channel, samples: channel.samples.slice(0, count) }));
  return waveformFile({ transferSyntaxUid, groups: [{ channels: some, rate: 125 }] });
};

/** Counts what is read, so that a test can say that the samples were left where they are. */
function counted(bytes: Buffer): ByteSource & { total: number } {
  const inner = bufferSource(bytes);
  const source = {
    size: bytes.length,
    total: 0,
    read: (offset: number, length: number) => {
      source.total += length;
      return inner.read(offset, length);
    },
  };
  return source;
}

test.each([explicitLittleEndian, explicitBigEndian, deflatedExplicitLittleEndian])(
  'any range of %s has the samples that reading all of it has',
  async (syntax) => {
    for (const count of [20, samples.length]) {
      const bytes = fileIn(syntax, count);
      const layout = await describeWaveform(bufferSource(bytes));
      const [group] = layout.groups;
      const leads = readDicom(bytes).recordings[0]?.leads ?? [];
      if (!group) throw new Error('no group');
      expect(group).toMatchObject({ samplingFrequency: 125, sampleCount: count, startMs: 0 });
      expect(group.channels.map(({ code, gain }) => [code, gain])).toEqual([
        ['II', 5],
        ['V5', 5],
      ]);
      for (const [from, to] of [
        [0, count],
        [7, 13],
        [count - 3, count],
        [5, 5],
      ] as const) {
        const read = await readRange(layout, group, from, to);
        expect(read.map((channel) => [...channel])).toEqual(leads.map((lead) => [...lead.samples.slice(from, to)]));
      }
    }
  },
);

test('describing a file reads its header and not its samples', async () => {
  const source = counted(fileIn(explicitLittleEndian));
  const layout = await describeWaveform(source);
  const header = source.total;
  expect(header).toBeLessThan(source.size);
  const [group] = layout.groups;
  if (!group) throw new Error('no group');
  await readRange(layout, group, 1000, 2000);
  expect(source.total - header).toBe(1000 * 2 * 2);
});

test('a range outside the group, or other bytes than its own, is a mistake of the caller', async () => {
  const layout = await describeWaveform(bufferSource(fileIn(explicitLittleEndian)));
  const [group] = layout.groups;
  if (!group) throw new Error('no group');
  await expect(readRange(layout, group, 0, samples.length + 1)).rejects.toThrow(RangeError);
  expect(() => decodeRange(group, Buffer.alloc(10), 0, 3)).toThrow(RangeError);
});
