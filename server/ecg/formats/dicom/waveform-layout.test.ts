import { type ByteSource, bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { deflatedExplicitLittleEndian, explicitBigEndian, explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { expect, test } from 'vitest';
import { attribute } from './dicom-values.ts';
import { ecgClass } from './ecg-classes.ts';
import { readDicom } from './read-dicom.ts';
import { waveformFile } from './test-kit/waveform-file.ts';
import { decodeRange, describeWaveform, readRange } from './waveform-layout.ts';
import { wave } from './waveform-tags.ts';

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

/** Three channels of 250 Hz over 168 hours, nearly a gigabyte, whose samples are made when they are read. */
function week(): ByteSource & { total: number } {
  const points = 168 * 3600 * 250;
  const few = [2, 7, 3].map((lead) => ({
    source: [`2:${lead}`, 'MDC', 'Lead'] as const,
    samples: Array(1000).fill(0),
  }));
  const attributes = { [wave.NumberOfWaveformSamples]: attribute('UL', points) };
  const file = waveformFile({ sopClassUid: ecgClass.ambulatory, groups: [{ channels: few, rate: 250, attributes }] });
  const head = file.subarray(0, file.length - 1000 * 3 * 2);
  const more = (points - 1000) * 3 * 2;
  const sequenceAt = head.indexOf(Buffer.from([0x00, 0x54, 0x00, 0x01, 0x53, 0x51]));
  // The lengths of the sequence, of its item, and of the data that end the file.
  for (const at of [sequenceAt + 8, sequenceAt + 16, head.length - 4])
    head.writeUInt32LE(head.readUInt32LE(at) + more, at);
  const source = {
    size: head.length + points * 6,
    total: 0,
    read: async (offset: number, length: number) => {
      source.total += length;
      const bytes = Buffer.alloc(length);
      if (offset < head.length) head.copy(bytes, 0, offset, Math.min(head.length, offset + length));
      const first = Math.max(0, head.length - offset);
      for (let at = first; at + 2 <= length; at += 2)
        bytes.writeInt16LE(((offset + at - head.length) / 2) % 30_000, at);
      return bytes;
    },
  };
  return source;
}

test('a week of 168 hours is described and read anywhere without loading it', async () => {
  const source = week();
  const layout = await describeWaveform(source);
  const [group] = layout.groups;
  if (!group) throw new Error('no group');
  expect(group.sampleCount / group.samplingFrequency / 3600).toBe(168);
  const from = group.sampleCount - 3;
  const read = await readRange(layout, group, from, group.sampleCount);
  expect(read.map((channel) => [...channel])).toEqual(
    [0, 1, 2].map((channel) => [0, 1, 2].map((point) => ((from + point) * 3 + channel) % 30_000)),
  );
  expect(source.size).toBeGreaterThan(900_000_000);
  expect(source.total).toBeLessThan(400_000);
});
