import { category, JpegWriter } from '@lianzhen/dicom/jpeg/writer-for-tests.ts';
import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { decode as decodePng } from 'fast-png';
import { expect, test } from 'vitest';
import { encodeRle } from '../../../../tests/factories/rle.ts';
import { encodePicture } from './encode.ts';
import { brightness } from './paint.ts';
import type { PictureFormat } from './picture-format.ts';
import { type RenderWish, renderFrame } from './render-frame.ts';

const format = (changes: Partial<PictureFormat> = {}): PictureFormat => ({
  ...{ rows: 2, columns: 4, samplesPerPixel: 1, photometric: 'MONOCHROME2', isPlanar: false },
  ...{ bitsAllocated: 16, bitsStored: 12, highBit: 11, isSigned: false, slope: 1, intercept: 0 },
  ...{ window: { center: 500, width: 1000, shape: 'LINEAR_EXACT' }, padding: null, palette: null },
  ...changes,
});
const png: RenderWish = { type: 'image/png', quality: 90, viewport: null, window: null };
async function drawn(
  bytes: Uint8Array,
  changes: Partial<PictureFormat> = {},
  wish = png,
  syntax = explicitLittleEndian,
) {
  const picture = decodePng(await renderFrame({ bytes, transferSyntaxUid: syntax, format: format(changes), wish }));
  return { width: picture.width, height: picture.height, channels: picture.channels, data: [...picture.data] };
}
const words = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);
const ramp = words(0, 250, 500, 750, 1000, 2000, 4095, 0);
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'drawn',
    ({ code, details }) => [code, details.reason ?? details.field],
  );

test('grey is windowed, and inverted where the least is white', async () => {
  const levels = [0, 64, 128, 191, 255, 255, 255, 0];
  expect(await drawn(ramp)).toEqual({ width: 4, height: 2, channels: 1, data: levels });
  const inverse = await drawn(ramp, { photometric: 'MONOCHROME1' });
  expect(inverse.data).toEqual(levels.map((level) => 255 - level));
});

test('a window that is asked for wins over the file’s, and applies to rescaled values', async () => {
  const window = { center: 0, width: 100, shape: 'LINEAR_EXACT' } as const;
  const rescaled = { slope: 2, intercept: -1000 };
  const { data } = await drawn(words(475, 500, 525, 0, 0, 0, 0, 0), rescaled, { ...png, window });
  expect(data.slice(0, 4)).toEqual([0, 128, 255, 0]);
});

test('without a window the whole range is shown, but for the padding', async () => {
  const { data } = await drawn(words(100, 200, 300, 4095, 4095, 100, 100, 100), {
    window: null,
    padding: [4095, 4095],
  });
  expect(data.slice(0, 5)).toEqual([0, 128, 255, 255, 255]);
});

test('signed values, and those that do not begin at the lowest bit', async () => {
  const window = { center: 0, width: 200, shape: 'LINEAR_EXACT' } as const;
  const signed = await drawn(new Uint8Array(Int16Array.from([-100, 0, 100, 50, 0, 0, 0, 0]).buffer), {
    ...{ isSigned: true, bitsStored: 16, highBit: 15, window },
  });
  expect(signed.data.slice(0, 4)).toEqual([0, 128, 255, 191]);
  const high = await drawn(words(500 << 4, 0xf, 1000 << 4, 0, 0, 0, 0, 0), { highBit: 15 });
  expect(high.data.slice(0, 3)).toEqual([128, 0, 255]);
});

test('the functions of PS3.3 C.11.2.1.2', () => {
  expect(brightness({ center: 2048, width: 4096, shape: 'LINEAR' }, 4095)).toBe(1);
  expect(brightness({ center: 2048, width: 4096, shape: 'LINEAR' }, 0)).toBe(0);
  expect(brightness({ center: 10, width: 4, shape: 'SIGMOID' }, 10)).toBe(0.5);
});

test('RLE is the same picture as the same frame uncompressed', async () => {
  const bytes = encodeRle(Buffer.from(ramp), 4, 2);
  expect(await drawn(bytes, {}, png, '1.2.840.10008.1.2.5')).toEqual(await drawn(ramp));
});

test('colour by pixel, by plane, by luminance, by palette', async () => {
  const colour = { rows: 1, columns: 2, samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8, highBit: 7, window: null };
  const expected = { width: 2, height: 1, channels: 3, data: [255, 0, 10, 0, 255, 20] };
  const byPixel = Uint8Array.of(255, 0, 10, 0, 255, 20);
  expect(await drawn(byPixel, { ...colour, photometric: 'RGB' })).toEqual(expected);
  const byPlane = Uint8Array.of(255, 0, 0, 255, 10, 20);
  expect(await drawn(byPlane, { ...colour, photometric: 'RGB', isPlanar: true })).toEqual(expected);
  const red = await drawn(Uint8Array.of(76, 85, 255, 255, 128, 128), { ...colour, photometric: 'YBR_FULL' });
  expect(red.data).toEqual([254, 0, 0, 255, 255, 255]);
  const packed = await drawn(Uint8Array.of(100, 50, 128, 128), { ...colour, photometric: 'YBR_FULL_422' });
  expect(packed.data).toEqual([100, 100, 100, 50, 50, 50]);
  const tables: [Uint8Array, Uint8Array, Uint8Array] = [Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5, 6)];
  const indexed = { ...colour, samplesPerPixel: 1, photometric: 'PALETTE COLOR', palette: { first: 10, tables } };
  expect((await drawn(Uint8Array.of(9, 200), indexed)).data).toEqual([1, 3, 5, 2, 4, 6]);
});

test('a viewport keeps the proportions, averages, cuts out and flips', async () => {
  const small = await drawn(ramp, {}, { ...png, viewport: { width: 2, height: 2, source: null } });
  expect(small).toEqual({ width: 2, height: 1, channels: 1, data: [144, 144] });
  const part = (width: number, height: number) => ({
    ...png,
    viewport: { width: 2, height: 1, source: { x: 1, y: 0, width, height } },
  });
  expect((await drawn(ramp, {}, part(2, 1))).data).toEqual([64, 128]);
  expect((await drawn(ramp, {}, part(-2, 1))).data).toEqual([128, 64]);
  expect(await refusal(drawn(ramp, {}, part(4, 1)))).toEqual(['malformed-request', 'viewport']);
});

test('JPEG is near the same picture, nearer with more quality, and is decoded again', async () => {
  const data = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64) * 2 + (i >> 6));
  const grey = { rows: 64, columns: 64, bitsAllocated: 8, bitsStored: 8, highBit: 7 };
  const window = { center: 128, width: 256, shape: 'LINEAR' } as const;
  const file = await encodePicture({ rows: 64, columns: 64, channels: 1, data }, 'image/jpeg', 95);
  const poor = await encodePicture({ rows: 64, columns: 64, channels: 1, data }, 'image/jpeg', 5);
  expect(poor.length).toBeLessThan(file.length);
  const again = await drawn(file, { ...grey, window }, png, '1.2.840.10008.1.2.4.50');
  expect(Math.max(...again.data.map((value, i) => Math.abs(value - (data[i] as number))))).toBeLessThan(5);
});

test('JPEG of twelve bits is drawn as what it holds, and what is broken of it says so', async () => {
  const flat = (difference: number) =>
    new JpegWriter()
      .flatQuantisation()
      .plainHuffman()
      .frame(0xc1, 12, 8, 8, [[1, 0x11, 0]])
      .scan([1], 0, 63, 0)
      .symbol(category(difference))
      .signed(difference, category(difference))
      .symbol(0)
      .end();
  const window = { center: 2048, width: 4096, shape: 'LINEAR_EXACT' } as const;
  const of = (stream: Uint8Array) => drawn(stream, { rows: 8, columns: 8, window }, png, '1.2.840.10008.1.2.4.51');
  // The DC value counts eightfold from the middle of the range.
  for (const [difference, grey] of [
    [0, 128],
    [8192, 191],
    [-8192, 64],
  ] as const) {
    const { data } = await of(flat(difference));
    expect(new Set(data).size).toBe(1);
    expect(Math.abs((data[0] as number) - grey)).toBeLessThanOrEqual(1);
  }
  expect(await refusal(of(flat(0).subarray(0, -30)))).toEqual(['dicom-invalid', expect.stringContaining('JPEG')]);
});

test('what cannot be drawn says why', async () => {
  expect(await refusal(drawn(ramp.subarray(0, 9)))).toEqual(['dicom-invalid', 'the frame has 9 bytes of 16']);
  expect(await refusal(drawn(ramp, { rows: 0 }))).toEqual(['dicom-invalid', expect.stringContaining('0028,0010')]);
  expect(await refusal(drawn(ramp, { rows: 40_000, columns: 40_000 }))).toEqual([
    'not-acceptable',
    expect.stringContaining('pixels at the most'),
  ]);
  expect(await refusal(drawn(ramp, {}, png, '1.2.840.10008.1.2.4.100'))).toEqual([
    'not-acceptable',
    expect.stringContaining('no decoder'),
  ]);
  for (const syntax of ['4.50', '4.70', '4.80', '4.90', '4.201', '5'])
    expect(await refusal(drawn(new Uint8Array(100).fill(7), {}, png, `1.2.840.10008.1.2.${syntax}`))).toEqual([
      'dicom-invalid',
      expect.any(String),
    ]);
});

test('a stream that claims a giant picture is refused before a codec takes memory for it', async () => {
  const wavelet = Buffer.alloc(60);
  wavelet.writeUInt32BE(0xff4fff51, 0);
  wavelet.writeUInt32BE(60_000, 8);
  wavelet.writeUInt32BE(60_000, 12);
  wavelet.writeUInt16BE(1, 40);
  const frameOf = (marker: number) =>
    Uint8Array.of(0xff, 0xd8, 0xff, marker, 0, 11, 8, 0xea, 0x60, 0xea, 0x60, 1, 1, 0x11, 0, 0, 0, 0);
  const giant = ['not-acceptable', expect.stringContaining('60000 x 60000')];
  for (const syntax of ['90', '201'])
    expect(await refusal(drawn(wavelet, {}, png, `1.2.840.10008.1.2.4.${syntax}`))).toEqual(giant);
  for (const [syntax, marker] of [
    ['50', 0xc0],
    ['70', 0xc3],
    ['80', 0xf7],
  ] as const)
    expect(await refusal(drawn(frameOf(marker), {}, png, `1.2.840.10008.1.2.4.${syntax}`))).toEqual(giant);
  wavelet.writeUInt16BE(16_000, 40);
  const many = await refusal(drawn(wavelet, {}, png, '1.2.840.10008.1.2.4.90'));
  expect(many).toEqual(['not-acceptable', '16000 samples for each pixel']);
});
