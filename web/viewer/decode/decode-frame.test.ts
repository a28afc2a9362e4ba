import htj2k from '@cornerstonejs/codec-openjph/wasmjs';
import { JpegWriter } from '@lianzhen/dicom/jpeg/writer-for-tests.ts';
import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { decodeFrame } from './decode-frame.ts';
import { codecLoader } from './load-codec.ts';

const load = codecLoader({});
const explicitLittle = '1.2.840.10008.1.2.1';

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setQuality(isReversible: boolean, step: number): void;
  encode(): void;
}

/** A high-throughput JPEG 2000 stream of signed grey values, from the codec's own encoder. */
async function highThroughput(values: Int16Array, columns: number, rows: number): Promise<Uint8Array> {
  const codec = (await htj2k({ print: () => {}, printErr: () => {} })) as unknown as {
    HTJ2KEncoder: new () => Encoder;
  };
  const encoder = new codec.HTJ2KEncoder();
  const info = {
    width: columns,
    height: rows,
    bitsPerSample: 16,
    componentCount: 1,
    isSigned: true,
    isUsingColorTransform: false,
  };
  encoder.getDecodedBuffer(info).set(new Uint8Array(values.buffer));
  encoder.setQuality(true, 0.002);
  encoder.encode();
  return new Uint8Array(encoder.getEncodedBuffer());
}

test('high-throughput JPEG 2000 comes back pixel for pixel, even under the name of the older coding', async () => {
  const values = Int16Array.from({ length: 64 * 32 }, (_, i) => ((i * 37) % 5000) - 2000);
  const bytes = await highThroughput(values, 64, 32);
  const format = pixelFormat({ columns: 64, rows: 32, isSigned: true });
  const right = await decodeFrame({ bytes, format, transferSyntaxUid: '1.2.840.10008.1.2.4.201' }, load);
  expect(right).toMatchObject({ kind: 'grey', values, min: -2000, max: 2999, isLossy: false, warnings: [] });
  const wrong = await decodeFrame({ bytes, format, transferSyntaxUid: '1.2.840.10008.1.2.4.90' }, load);
  expect(wrong).toMatchObject({ values, transferSyntaxUid: '1.2.840.10008.1.2.4.203' });
  expect(wrong.warnings.map(({ code }) => code)).toEqual(['syntax-differs']);
});

test('a damaged stream is told in the words of its codec', async () => {
  const bytes = (await highThroughput(new Int16Array(64 * 32), 64, 32)).slice(0, 60);
  const format = pixelFormat({ columns: 64, rows: 32, isSigned: true });
  const decoding = decodeFrame({ bytes, format, transferSyntaxUid: '1.2.840.10008.1.2.4.201' }, load);
  await expect(decoding).rejects.toMatchObject({ code: 'damaged-stream' });
});

test('a stream of another size than the header says is shown as it is, with a word', async () => {
  const writer = new JpegWriter()
    .plainHuffman()
    .frame(0xc3, 8, 1, 2, [[1, 0x11, 0]])
    .scan([1], 1, 0, 0);
  const bytes = writer.symbol(0).symbol(0).end();
  const request = { bytes, format: pixelFormat({ bitsAllocated: 8 }), transferSyntaxUid: '1.2.840.10008.1.2.4.70' };
  expect(await decodeFrame(request, load)).toMatchObject({
    columns: 2,
    rows: 1,
    warnings: [{ code: 'size-differs', details: { said: '3 x 2', found: '2 x 1' } }],
  });
});

test('palette indices become colour, and a missing palette is named', async () => {
  const format = pixelFormat({ bitsAllocated: 8, photometricInterpretation: 'PALETTE COLOR' });
  const request = { bytes: Uint8Array.from([0, 1, 1, 0, 0, 1]), format, transferSyntaxUid: explicitLittle };
  const ramp = Uint8Array.from([7, 9]);
  const picture = await decodeFrame({ ...request, palette: { first: 0, red: ramp, green: ramp, blue: ramp } }, load);
  expect(picture.kind === 'colour' && [...picture.rgba.slice(0, 8)]).toEqual([7, 7, 7, 255, 9, 9, 9, 255]);
  await expect(decodeFrame(request, load)).rejects.toMatchObject({ code: 'missing-tag' });
});

test('packed chroma and full samples under the same name both become colour', async () => {
  const format = pixelFormat({
    columns: 2,
    rows: 1,
    samplesPerPixel: 3,
    bitsAllocated: 8,
    photometricInterpretation: 'YBR_FULL_422',
  });
  const grey = [100, 100, 100, 255, 50, 50, 50, 255];
  for (const bytes of [Uint8Array.from([100, 50, 128, 128]), Uint8Array.from([100, 128, 128, 50, 128, 128])]) {
    const picture = await decodeFrame({ bytes, format, transferSyntaxUid: explicitLittle }, load);
    expect(picture.kind === 'colour' && [...picture.rgba]).toEqual(grey);
  }
});

test('floats keep their values', async () => {
  const bytes = new Uint8Array(Float32Array.from([-1.5, 0, 2.25]).buffer);
  const format = pixelFormat({ columns: 3, rows: 1, bitsAllocated: 32, isFloat: true });
  expect(await decodeFrame({ bytes, format, transferSyntaxUid: explicitLittle }, load)).toMatchObject({
    min: -1.5,
    max: 2.25,
  });
});

test('frames that are empty or too large for a page are refused with a reason', async () => {
  const request = { bytes: new Uint8Array(0), format: pixelFormat(), transferSyntaxUid: explicitLittle };
  await expect(decodeFrame(request, load)).rejects.toMatchObject({ code: 'truncated' });
  const vast = { ...request, bytes: new Uint8Array(9), format: pixelFormat({ rows: 60_000 }) };
  await expect(decodeFrame(vast, load)).rejects.toMatchObject({ code: 'too-large' });
});
