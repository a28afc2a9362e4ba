import { JpegWriter } from '@lianzhen/dicom/jpeg/writer-for-tests.ts';
import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { chooseCodec, sniffCodec } from './sniff.ts';

const jpeg = (marker: number, precision = 8) =>
  new JpegWriter()
    .frame(marker, precision, 2, 3, [[1, 0x11, 0]])
    .scan([1], 1, 0, 0)
    .end();
const jpeg2000 = (rsizHigh: number) => Uint8Array.from([0xff, 0x4f, 0xff, 0x51, 0, 41, rsizHigh, 0]);

test('streams are told by their first markers', () => {
  expect(sniffCodec(jpeg(0xc0))).toBe('jpeg-dct');
  expect(sniffCodec(jpeg(0xc2, 12))).toBe('jpeg-dct');
  expect(sniffCodec(jpeg(0xc3, 16))).toBe('jpeg-lossless');
  expect(sniffCodec(jpeg(0xf7, 16))).toBe('jpeg-ls');
  expect(sniffCodec(jpeg2000(0))).toBe('jpeg-2000');
  expect(sniffCodec(jpeg2000(0x40))).toBe('htj2k');
  expect(sniffCodec(new Uint8Array(100))).toBeUndefined();
});

test('arithmetic coding is refused by its marker', () => {
  expect(() => sniffCodec(jpeg(0xc9))).toThrow(/SOF9/);
});

test('a header that names another syntax is overruled, and that is said', () => {
  const choice = chooseCodec(jpeg(0xc3, 16), '1.2.840.10008.1.2.4.50', pixelFormat());
  expect(choice.codec).toBe('jpeg-lossless');
  expect(choice.warnings).toEqual([
    { code: 'syntax-differs', details: { said: 'JPEG baseline', found: 'JPEG lossless' } },
  ]);
});

test('a header that says nothing is no contradiction', () => {
  expect(chooseCodec(jpeg(0xc0), '', pixelFormat())).toMatchObject({ codec: 'jpeg-dct', warnings: [] });
  expect(chooseCodec(new Uint8Array(12), '', pixelFormat())).toMatchObject({ codec: 'native-little', warnings: [] });
});

test('native pixels that happen to begin like a stream stay native when their length fits', () => {
  const bytes = new Uint8Array(12);
  bytes.set([0xff, 0xd8, 0xff]);
  expect(chooseCodec(bytes, '1.2.840.10008.1.2.1', pixelFormat()).codec).toBe('native-little');
  expect(chooseCodec(bytes, '1.2.840.10008.1.2.2', pixelFormat()).codec).toBe('native-big');
});

test('pixels that were never compressed are shown under a header of a compressed syntax', () => {
  const choice = chooseCodec(new Uint8Array(12), '1.2.840.10008.1.2.4.80', pixelFormat());
  expect(choice).toMatchObject({ codec: 'native-little', transferSyntaxUid: '1.2.840.10008.1.2.1' });
  expect(choice.warnings).toHaveLength(1);
});

test('an unknown syntax and an unknown stream are refused by name and by their first bytes', () => {
  expect(() => chooseCodec(new Uint8Array(12), '1.2.840.10008.1.2.4.102', pixelFormat())).toThrow(/4\.102/);
  expect(() => chooseCodec(Uint8Array.from([1, 2, 3]), '1.2.840.10008.1.2.4.50', pixelFormat())).toThrow(/01 02 03/);
});
