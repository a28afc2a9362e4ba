import { deflateRawSync } from 'node:zlib';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { describe, expect, test } from 'vitest';
import { syntheticStudy } from '../../tests/factories/dicom.ts';
import { encodeDataset } from './dataset.ts';
import { fileMeta, MAX_HEADER_BYTES, readHeader } from './header.ts';
import type { DicomJson } from './model.ts';
import { explicitLittleEndian, implicitLittleEndian } from './sop-classes.ts';
import { tags } from './tags.ts';

const deflated = '1.2.840.10008.1.2.1.99';
const [ct] = syntheticStudy({ modality: 'CT' });
const file = ct?.bytes ?? Buffer.alloc(0);

const identity: DicomJson = {
  [tags.SOPClassUID]: { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
  [tags.SOPInstanceUID]: { vr: 'UI', Value: ['1.2.3.4'] },
  [tags.Modality]: { vr: 'CS', Value: ['CT'] },
  [tags.PatientID]: { vr: 'LO', Value: ['P1'] },
  [tags.StudyInstanceUID]: { vr: 'UI', Value: ['1.2.3'] },
  [tags.SeriesInstanceUID]: { vr: 'UI', Value: ['1.2.3.1'] },
  [tags.InstanceNumber]: { vr: 'IS', Value: [1] },
};
const dataset = (more: DicomJson = {}, syntax = explicitLittleEndian) =>
  encodeDataset({ ...identity, ...more }, syntax);
const readRaw = (bytes: Buffer, transferSyntaxUid = explicitLittleEndian) =>
  readHeader(bytes, { transferSyntaxUid, isComplete: true });

function detailsOf(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    if (error instanceof HubError) return { code: error.code, ...error.details };
    throw error;
  }
  return undefined;
}

describe('readHeader', () => {
  test.each([
    implicitLittleEndian,
    explicitLittleEndian,
    '1.2.840.10008.1.2.1.99',
    '1.2.840.10008.1.2.2',
    '1.2.840.10008.1.2.5',
  ])('a file in %s', (transferSyntaxUid) => {
    const [instance] = syntheticStudy({ modality: 'CT', transferSyntaxUid, charset: 'GB18030' });
    const header = readHeader(instance?.bytes.subarray(0, 4096) ?? Buffer.alloc(0));
    expect(header).toMatchObject({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: instance?.sopInstanceUid,
      transferSyntaxUid,
      charsets: ['GB18030'],
      warnings: [],
    });
  });

  test('the name stays in its bytes', () => {
    const [instance] = syntheticStudy({ modality: 'CT', charset: 'GBK' });
    const header = readHeader(instance?.bytes ?? Buffer.alloc(0));
    expect(header !== 'need-more' && header.patientNameBytes?.toString('hex')).toContain('d5c55ed0a1c3f7');
  });

  test('a dataset without meta group, as C-STORE carries it', () => {
    expect(readRaw(dataset({}, implicitLittleEndian), implicitLittleEndian)).toMatchObject({
      sopInstanceUid: '1.2.3.4',
      datasetOffset: 0,
    });
  });

  test('every prefix of a file is either enough or needs more, never an error', () => {
    for (let length = 0; length < 1400; length += 7) {
      const result = readHeader(file.subarray(0, length));
      expect(result === 'need-more' || result.sopInstanceUid === ct?.sopInstanceUid).toBe(true);
    }
  });

  test('reading stops behind the last wanted element', () => {
    const cut = file.indexOf(Buffer.from([0x28, 0x00, 0x02, 0x00]));
    expect(readHeader(file.subarray(0, cut + 8))).toMatchObject({ sopInstanceUid: ct?.sopInstanceUid });
  });

  test('without preamble', () => {
    const expected = { sopInstanceUid: ct?.sopInstanceUid, warnings: [{ code: 'no-preamble' }] };
    expect(readHeader(file.subarray(128))).toMatchObject(expected);
    expect(readHeader(file.subarray(132))).toMatchObject(expected);
  });

  test('sequences before the UIDs are passed over, nested and of undefined length', () => {
    let nested: DicomJson = { [tags.CodeMeaning]: { vr: 'LO', Value: ['x'] } };
    for (let depth = 0; depth < 10; depth += 1)
      nested = { [tags.ProcedureCodeSequence]: { vr: 'SQ', Value: [nested, {}] } };
    const json = { ...identity, ...nested };
    for (const syntax of [implicitLittleEndian, explicitLittleEndian]) {
      const bytes = encodeDataset(json, syntax, undefined, { sequenceLength: 'undefined' });
      expect(readRaw(bytes, syntax)).toMatchObject({ studyInstanceUid: '1.2.3' });
    }
  });
});

describe('what readHeader refuses', () => {
  test('something else than DICOM', () => {
    expect(detailsOf(() => readHeader(Buffer.alloc(500, 'a')))).toMatchObject({ code: 'dicom-invalid', offset: 128 });
  });

  test.each([
    ['1.2.a', 'byte 97 at position 4'],
    ['1..2', 'byte 46 at position 2'],
    ['.1', 'byte 46 at position 0'],
    ['1.2.', 'a dot at the end'],
  ])('the study UID %s', (value, found) => {
    const bytes = dataset({ [tags.StudyInstanceUID]: { vr: 'UI', Value: [value] } });
    expect(detailsOf(() => readRaw(bytes))).toMatchObject({ tag: '0020000D', found });
  });

  test('a UID that is missing, empty or too long', () => {
    const { [tags.SeriesInstanceUID]: _, ...without } = identity;
    expect(detailsOf(() => readRaw(encodeDataset(without, explicitLittleEndian)))).toMatchObject({ tag: '0020000E' });
    expect(detailsOf(() => readRaw(dataset({ [tags.SeriesInstanceUID]: { vr: 'UI' } })))).toMatchObject({
      found: 'nothing',
    });
    const long = Buffer.concat([Buffer.from([0x08, 0, 0x16, 0, 0x55, 0x49, 70, 0]), Buffer.alloc(70, '1')]);
    expect(detailsOf(() => readRaw(Buffer.concat([long, dataset()])))).toMatchObject({
      tag: '00080016',
      found: '70 characters',
    });
  });

  test('a transfer syntax the hub does not store', () => {
    expect(detailsOf(() => readRaw(dataset(), '1.2.840.10008.1.2.4.94'))).toMatchObject({ tag: '00020010' });
  });

  test('a cut-off header when nothing more will come', () => {
    expect(detailsOf(() => readHeader(file.subarray(0, 600), { isComplete: true }))).toMatchObject({
      code: 'dicom-invalid',
    });
  });

  test('a header that does not end within the limit', () => {
    const filler = { '00091001': { vr: 'UN', InlineBinary: Buffer.alloc(MAX_HEADER_BYTES).toString('base64') } };
    expect(detailsOf(() => readHeader(dataset(filler), { transferSyntaxUid: explicitLittleEndian }))).toMatchObject({
      code: 'dicom-invalid',
    });
  });

  test('sequences opened without end', () => {
    const open = Buffer.from([
      0x08, 0x00, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ]);
    const bytes = Buffer.concat(Array.from({ length: 50_000 }, () => open));
    expect(detailsOf(() => readRaw(bytes))).toMatchObject({ tag: '00081140', found: 'deeper' });
  });

  test('a deflate bomb, and bytes that do not inflate', () => {
    const meta = fileMeta({ sopClassUid: '1.2', sopInstanceUid: '1.3', transferSyntaxUid: deflated });
    const filler = Buffer.from([0x09, 0, 0x01, 0x10, 0x55, 0x4e, 0, 0, 0, 0, 0, 4]);
    const bomb = deflateRawSync(Buffer.concat([filler, Buffer.alloc(64 * 1024 * 1024)]));
    expect(bomb.length).toBeLessThan(MAX_HEADER_BYTES);
    for (const body of [bomb, Buffer.alloc(4000, 0xff)]) {
      expect(detailsOf(() => readHeader(Buffer.concat([meta, body])))).toMatchObject({ tag: '00020010' });
    }
  });
});

describe('what readHeader tolerates with a warning', () => {
  test('leading zeros and odd padding in UIDs', () => {
    const bytes = dataset({
      [tags.StudyInstanceUID]: { vr: 'UI', Value: ['1.02.3'] },
      [tags.SOPInstanceUID]: { vr: 'UI', Value: ['1.2.3 '] },
    });
    expect(readRaw(bytes)).toMatchObject({
      studyInstanceUid: '1.02.3',
      sopInstanceUid: '1.2.3',
      warnings: expect.arrayContaining([
        { code: 'uid-leading-zero', tag: '0020000D' },
        { code: 'uid-padding', tag: '00080018' },
      ]),
    });
  });

  test('explicit VR where implicit was agreed, and the other way round', () => {
    const warning = { warnings: [{ code: 'vr-encoding-mismatch' }] };
    expect(readRaw(dataset(), implicitLittleEndian)).toMatchObject(warning);
    expect(readRaw(dataset({}, implicitLittleEndian), explicitLittleEndian)).toMatchObject(warning);
  });

  test('the UIDs behind their place', () => {
    const { [tags.StudyInstanceUID]: study, ...rest } = identity;
    const late = encodeDataset(
      { '00200010': { vr: 'SH', Value: ['1'] }, '00280010': { vr: 'US', Value: [1] } },
      explicitLittleEndian,
    );
    const last = encodeDataset({ [tags.StudyInstanceUID]: study ?? { vr: 'UI' } }, explicitLittleEndian);
    const bytes = Buffer.concat([encodeDataset(rest, explicitLittleEndian), late, last]);
    expect(readRaw(bytes)).toMatchObject({ studyInstanceUid: '1.2.3' });
  });

  test('a meta group that names another instance, or counts wrongly', () => {
    const meta = fileMeta({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: '9.9',
      transferSyntaxUid: explicitLittleEndian,
    });
    meta.writeUInt32LE(7, 140);
    expect(readHeader(Buffer.concat([meta, dataset()]), { isComplete: true })).toMatchObject({
      sopInstanceUid: '1.2.3.4',
      warnings: [
        { code: 'meta-length-wrong', tag: '00020000' },
        { code: 'meta-mismatch', tag: '00020003' },
      ],
    });
  });
});

test('fileMeta makes a dataset a file, the same one each time', () => {
  const header = readRaw(dataset());
  if (header === 'need-more') throw new Error('incomplete');
  const meta = fileMeta(header, { sourceAeTitle: 'T01_DR' });
  expect(readHeader(Buffer.concat([meta, dataset()]), { isComplete: true })).toMatchObject({
    sopInstanceUid: '1.2.3.4',
    datasetOffset: meta.length,
    warnings: [],
  });
  expect(fileMeta(header, { sourceAeTitle: 'T01_DR' }).equals(meta)).toBe(true);
  expect(meta.toString('latin1')).toContain('T01_DR');
});
