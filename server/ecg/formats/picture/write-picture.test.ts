import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { describeInstance } from '@lianzhen/dicom/describe-instance.ts';
import { personName, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { expect, test } from 'vitest';
import type { ObjectIdentity } from '../dicom/object-identity.ts';
import { jpegFile, pdfFile, pngFile } from './test-kit/pictures.ts';
import { writePicture } from './write-picture.ts';

const identity: ObjectIdentity = {
  sopInstanceUid: '2.25.1',
  studyInstanceUid: '2.25.2',
  seriesInstanceUid: '2.25.3',
  accessionNumber: 'A1',
  patient: { id: 'P1', issuer: null, name: '张三', sex: 'M', birthDate: '19600131' },
  now: new Date('2026-03-02T00:00:00Z'),
};
const described = async (bytes: Buffer) => {
  const file = writePicture(bytes, identity);
  return { file, ...(await describeInstance(bufferSource(file))) };
};

test('a JPEG is the one frame of a photograph, byte for byte', async () => {
  const jpeg = jpegFile();
  const { file, frames, ...instance } = await described(jpeg);
  expect(instance).toMatchObject({
    transferSyntaxUid: '1.2.840.10008.1.2.4.50',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.77.1.4',
    rows: 40,
    columns: 60,
    warnings: [],
  });
  expect(text(instance.attributes, tags.PhotometricInterpretation)).toBe('YBR_FULL_422');
  const [[at = 0, length = 0] = []] = frames[0] ? [frames[0][0]] : [];
  expect(file.subarray(at, at + jpeg.length).equals(jpeg)).toBe(true);
  expect(length - jpeg.length).toBeLessThan(2);
});

test.each([
  [{ frame: 0xc2 }, '1.2.840.10008.1.2.4.55', 'YBR_FULL_422'],
  [{ components: 1 }, '1.2.840.10008.1.2.4.50', 'MONOCHROME2'],
  [{ adobe: true }, '1.2.840.10008.1.2.4.50', 'RGB'],
])('a JPEG of %j says how it is coded', async (options, syntax, colour) => {
  const { transferSyntaxUid, attributes } = await described(jpegFile(options));
  expect([transferSyntaxUid, text(attributes, tags.PhotometricInterpretation)]).toEqual([syntax, colour]);
});

test('a PNG is its pixels', async () => {
  const lines = [
    [0, 1, 2, 3, 4, 5, 6],
    [0, 7, 8, 9, 10, 11, 12],
  ];
  const { file, frames, attributes } = await described(pngFile({ columns: 2, lines }));
  const [at = 0, length = 0] = frames[0]?.[0] ?? [];
  expect([...file.subarray(at, at + length)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(personName(attributes, tags.PatientName)?.Alphabetic).toBe('张三');
  expect(text(attributes, tags.AcquisitionDateTime)).toBeUndefined();
});

test('a PDF is inside its document, whole', async () => {
  const pdf = pdfFile(40);
  const { file, bulk, sopClassUid, attributes } = await described(pdf);
  expect(sopClassUid).toBe('1.2.840.10008.5.1.4.1.1.104.1');
  const inline = attributes['00420011']?.InlineBinary;
  const range = bulk['00420011'];
  const document = inline
    ? Buffer.from(inline, 'base64')
    : file.subarray(range?.offset, (range?.offset ?? 0) + (range?.length ?? 0));
  expect(document.subarray(0, pdf.length).equals(pdf)).toBe(true);
  expect(attributes['00420015']?.Value).toEqual([pdf.length]);
});
