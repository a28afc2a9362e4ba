import { describe, expect, test } from 'vitest';
import { syntheticStudy } from '../../tests/factories/dicom.ts';
import { bufferSource } from './byte-source.ts';
import { encodeDataset } from './dataset.ts';
import { describeInstance } from './describe-instance.ts';
import { fileMeta } from './file-meta.ts';
import type { DicomJson } from './model.ts';
import { writePart10 } from './part10.ts';
import { explicitLittleEndian } from './sop-classes.ts';
import { tags } from './tags.ts';

const uids = { sopClassUid: '1.2.840.10008.5.1.4.1.1.7.2', sopInstanceUid: '1.2.3' };
const jpeg = '1.2.840.10008.1.2.4.50';

function image(more: DicomJson = {}): DicomJson {
  return {
    [tags.SOPClassUID]: { vr: 'UI', Value: [uids.sopClassUid] },
    [tags.SOPInstanceUID]: { vr: 'UI', Value: [uids.sopInstanceUid] },
    [tags.StudyInstanceUID]: { vr: 'UI', Value: ['1.2'] },
    [tags.SeriesInstanceUID]: { vr: 'UI', Value: ['1.2.1'] },
    [tags.SamplesPerPixel]: { vr: 'US', Value: [1] },
    [tags.PhotometricInterpretation]: { vr: 'CS', Value: ['MONOCHROME2'] },
    [tags.Rows]: { vr: 'US', Value: [4] },
    [tags.Columns]: { vr: 'US', Value: [6] },
    [tags.BitsAllocated]: { vr: 'US', Value: [8] },
    ...more,
  };
}

const frameCount = (count: number): DicomJson => ({ [tags.NumberOfFrames]: { vr: 'IS', Value: [count] } });

const item = (bytes: Buffer): Buffer => {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};
const END = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);

/** An encapsulated object from its table and fragments as they are. */
function encapsulated(json: DicomJson, table: number[], fragments: Buffer[], end = END, syntax = jpeg): Buffer {
  const offsets = Buffer.alloc(table.length * 4);
  for (const [index, entry] of table.entries()) offsets.writeUInt32LE(entry, index * 4);
  const header = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const items = [offsets, ...fragments].map(item);
  return Buffer.concat([
    fileMeta({ ...uids, transferSyntaxUid: syntax }),
    encodeDataset(json, syntax),
    header,
    ...items,
    end,
  ]);
}

async function framesOf(bytes: Buffer) {
  const { frames, warnings } = await describeInstance(bufferSource(bytes));
  const content = frames.map((ranges) =>
    Buffer.concat(ranges.map(([at, length]) => bytes.subarray(at, at + length))).toString('hex'),
  );
  return { content, codes: warnings.map(({ code }) => code) };
}

const start = (byte: number) => Buffer.from([0xff, 0xd8, byte, byte]);
const rest = (byte: number) => Buffer.from([byte, byte]);

describe('native frames', () => {
  test('several frames lie one behind the other', async () => {
    const pixels = Buffer.from(Array.from({ length: 72 }, (_, at) => at));
    const { content, codes } = await framesOf(writePart10(image(frameCount(3)), explicitLittleEndian, pixels));
    expect(content.map((frame) => frame.length / 2)).toEqual([24, 24, 24]);
    expect(content.join('')).toBe(pixels.toString('hex'));
    expect(codes).toEqual([]);
  });

  test('subsampled colour has two samples for a pixel, unless the pixels are not subsampled', async () => {
    const colour = image({
      [tags.SamplesPerPixel]: { vr: 'US', Value: [3] },
      [tags.PhotometricInterpretation]: { vr: 'CS', Value: ['YBR_FULL_422'] },
    });
    for (const length of [48, 72]) {
      const { content, codes } = await framesOf(writePart10(colour, explicitLittleEndian, Buffer.alloc(length)));
      expect([content[0]?.length, codes]).toEqual([length * 2, []]);
    }
  });

  test('only complete frames are given', async () => {
    const { content, codes } = await framesOf(
      writePart10(image(frameCount(3)), explicitLittleEndian, Buffer.alloc(60)),
    );
    expect([content.length, codes]).toEqual([2, ['pixel-length-mismatch']]);
  });

  test('single-bit frames: whole bytes can be had, shared ones cannot', async () => {
    const bits = { [tags.BitsAllocated]: { vr: 'US', Value: [1] }, ...frameCount(2) };
    expect((await framesOf(writePart10(image(bits), explicitLittleEndian, Buffer.alloc(6)))).content).toHaveLength(2);
    const odd = { ...bits, [tags.Columns]: { vr: 'US', Value: [5] } };
    expect(await framesOf(writePart10(image(odd), explicitLittleEndian, Buffer.alloc(5)))).toEqual({
      content: [],
      codes: ['pixel-length-mismatch', 'frames-not-byte-aligned'].slice(1),
    });
  });

  test('a count that is no number, and a size that is missing', async () => {
    const wrong = { [tags.NumberOfFrames]: { vr: 'IS', Value: ['1A'] } };
    expect((await framesOf(writePart10(image(wrong), explicitLittleEndian, Buffer.alloc(24)))).codes).toEqual([
      'value-unreadable',
    ]);
    const none = { [tags.Rows]: { vr: 'US' } };
    expect((await framesOf(writePart10(image(none), explicitLittleEndian, Buffer.alloc(24)))).codes).toEqual([
      'pixel-description-incomplete',
    ]);
  });

  test('a forged count costs nothing', async () => {
    const forged = image(frameCount(2_147_483_647));
    expect((await framesOf(writePart10(forged, explicitLittleEndian, Buffer.alloc(24)))).content).toHaveLength(1);
  });
});

describe('encapsulated frames', () => {
  const fragments = [start(1), rest(1), start(2), start(3), rest(3), rest(3)];
  const joined = ['ffd801010101', 'ffd80202', 'ffd8030303030303'];

  test('by the Basic Offset Table', async () => {
    expect(await framesOf(encapsulated(image(frameCount(3)), [0, 22, 34], fragments))).toEqual({
      content: joined,
      codes: [],
    });
  });

  test('by the Extended Offset Table, without the padding', async () => {
    const table = (values: number[]) => Buffer.from(BigUint64Array.from(values.map(BigInt)).buffer).toString('base64');
    const json = image({
      ...frameCount(2),
      [tags.ExtendedOffsetTable]: { vr: 'OV', InlineBinary: table([0, 12]) },
      [tags.ExtendedOffsetTableLengths]: { vr: 'OV', InlineBinary: table([3, 4]) },
    });
    expect(await framesOf(encapsulated(json, [], [start(1), start(2)]))).toEqual({
      content: ['ffd801', 'ffd80202'],
      codes: [],
    });
  });

  test('one fragment a frame needs no table', async () => {
    expect(await framesOf(encapsulated(image(frameCount(2)), [], [rest(1), rest(2)]))).toEqual({
      content: ['0101', '0202'],
      codes: [],
    });
  });

  test('all fragments are the one frame there is', async () => {
    expect((await framesOf(encapsulated(image(), [], [start(1), rest(2)]))).content).toEqual(['ffd801010202']);
  });

  test('by the marks that frames begin with', async () => {
    expect(await framesOf(encapsulated(image(frameCount(3)), [], fragments))).toEqual({ content: joined, codes: [] });
    const codestream = Buffer.from('ff4fff5100000000', 'hex');
    expect(
      (await framesOf(encapsulated(image(frameCount(2)), [], [codestream, rest(1), codestream]))).content,
    ).toHaveLength(2);
  });

  test('a table that points elsewhere is not believed', async () => {
    expect(await framesOf(encapsulated(image(frameCount(3)), [0, 21, 34], fragments))).toEqual({
      content: joined,
      codes: ['offset-table-wrong'],
    });
  });

  test('frames that cannot be told apart are not guessed', async () => {
    expect(await framesOf(encapsulated(image(frameCount(2)), [], [rest(1), rest(2), rest(3)]))).toEqual({
      content: [],
      codes: ['frame-count-mismatch'],
    });
  });

  test('a file cut between and inside fragments', async () => {
    const whole = encapsulated(image(frameCount(3)), [], [start(1), start(2), start(3)]);
    for (const cut of [8, 10]) {
      const { content, codes } = await framesOf(whole.subarray(0, whole.length - cut));
      expect(content).toEqual(['ffd80101', 'ffd80202', 'ffd80303'].slice(0, cut === 8 ? 3 : 2));
      expect(codes).toContain('pixel-data-truncated');
    }
  });

  test('a video is one stream', async () => {
    const bytes = encapsulated(image(frameCount(90)), [], [rest(1), rest(2)], END, '1.2.840.10008.1.2.4.102');
    expect(await describeInstance(bufferSource(bytes))).toMatchObject({
      isVideo: true,
      numberOfFrames: 90,
      warnings: [],
    });
    expect((await framesOf(bytes)).content).toEqual(['01010202']);
  });

  test('RLE as the factory writes it', async () => {
    const [instance] = syntheticStudy({ modality: 'CT', transferSyntaxUid: '1.2.840.10008.1.2.5' });
    const { frames, warnings } = await describeInstance(bufferSource(instance?.bytes ?? Buffer.alloc(0)));
    expect([frames.length, frames[0]?.length, warnings]).toEqual([1, 1, []]);
  });
});
