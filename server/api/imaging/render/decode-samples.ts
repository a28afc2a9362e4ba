import { hasColourTransform } from '@lianzhen/dicom/jpeg/colour-transform.ts';
import { decodeDct } from '@lianzhen/dicom/jpeg/decode-dct.ts';
import { JpegProblem } from '@lianzhen/dicom/jpeg/problem.ts';
import { explicitLittleEndian, transferSyntaxes } from '@lianzhen/dicom/sop-classes.ts';
import { Decoder } from 'jpeg-lossless-decoder-js';
import { isLuminanceChrominance, type JpegHeader, jpegHeader, libjpegTransforms } from './jpeg-header.ts';
import { nativeSamples } from './native-samples.ts';
import type { PictureFormat } from './picture-format.ts';
import { rleSamples } from './rle-samples.ts';
import { damaged, requireDrawable, type Samples, unsupported } from './samples.ts';
import { wasmSamples } from './wasm-codec.ts';

const prefix = '1.2.840.10008.1.2.4.';
const families: Record<string, (bytes: Uint8Array, format: PictureFormat) => Promise<Samples> | Samples> = {
  [explicitLittleEndian]: nativeSamples,
  '1.2.840.10008.1.2.5': rleSamples,
  ...Object.fromEntries(['50', '51', '53', '55', '57', '70'].map((suffix) => [prefix + suffix, jpegSamples])),
  ...Object.fromEntries(['80', '81'].map((suffix) => [prefix + suffix, (bytes) => jpegLsSamples(bytes)])),
  ...Object.fromEntries(['90', '91'].map((suffix) => [prefix + suffix, (bytes) => waveletSamples('jpeg-2000', bytes)])),
  ...Object.fromEntries(
    ['201', '202', '203'].map((suffix) => [prefix + suffix, (bytes) => waveletSamples('htj2k', bytes)]),
  ),
};

/**
 * @param transferSyntaxUid of the frame's bytes; native ones are little endian
 * @throws HubError `not-acceptable` where there is no decoder, `dicom-invalid` where the stream is damaged
 */
export async function decodeSamples(
  bytes: Uint8Array,
  transferSyntaxUid: string,
  format: PictureFormat,
): Promise<Samples> {
  const decode = families[transferSyntaxUid];
  if (!decode) unsupported(`no decoder for ${transferSyntaxes.get(transferSyntaxUid)?.name ?? transferSyntaxUid}`);
  if (bytes.length === 0) damaged('the frame is empty');
  return decode(bytes, format);
}

/**
 * libjpeg-turbo for the cosine transform of eight bits, the viewer's own decoder for twelve bits and for colour that
 * libjpeg would transform although it must not, another one for lossless.
 */
async function jpegSamples(bytes: Uint8Array, { photometric }: PictureFormat): Promise<Samples> {
  const header = jpegHeader(bytes);
  if (!header) damaged('JPEG: no start of frame');
  requireModest(header.rows, header.columns, header.componentIds.length);
  const isColour = header.componentIds.length === 3;
  const isYcc = isColour && isLuminanceChrominance(header, photometric);
  if (header.frame === 0xc3) return losslessSamples(bytes, header, isColour && !isYcc);
  if (header.frame > 0xc2) unsupported(`JPEG of ${header.precision} bits, SOF${header.frame & 15}`);
  if (header.precision === 8 && (!isColour || libjpegTransforms(header) === isYcc))
    return wasmSamples('jpeg', bytes, true);
  if (isColour && header.precision !== 8) unsupported(`JPEG in colour of ${header.precision} bits`);
  return { ...dctSamples(bytes), isRgb: isColour && !isYcc };
}

function dctSamples(bytes: Uint8Array): Samples {
  try {
    return decodeDct(bytes, 0);
  } catch (cause) {
    if (!(cause instanceof JpegProblem)) throw cause;
    const reason = `JPEG: ${cause.message}`;
    return cause.code === 'unsupported-stream' ? unsupported(reason) : damaged(reason, cause);
  }
}

function losslessSamples(
  bytes: Uint8Array,
  { rows, columns, precision, componentIds }: JpegHeader,
  isRgb: boolean,
): Samples {
  if (componentIds.length > 1 && precision > 8) unsupported(`JPEG lossless in colour of ${precision} bits`);
  const decoder = new Decoder();
  try {
    // The decoder reads from the beginning of a buffer of its own.
    const own = bytes.slice();
    const values = decoder.decode(own.buffer, 0, own.length);
    const components = componentIds.length;
    if (values.length < rows * columns * components) damaged('JPEG lossless: the stream ends early');
    return { rows, columns, components, values, isPlanar: false, isRgb };
  } catch (cause) {
    return damaged(`JPEG lossless: ${cause instanceof Error ? cause.message : 'cannot be decoded'}`, cause);
  }
}

/** What a stream says of its size is looked at before a codec takes memory for it. */
async function jpegLsSamples(bytes: Uint8Array): Promise<Samples> {
  const header = jpegHeader(bytes);
  if (!header) damaged('JPEG-LS: no start of frame');
  requireModest(header.rows, header.columns, header.componentIds.length);
  return wasmSamples('jpeg-ls', bytes, false);
}

/** The SIZ segment of a code stream (T.800 A.5.1), which a JP2 file has somewhere within. */
async function waveletSamples(name: 'jpeg-2000' | 'htj2k', bytes: Uint8Array): Promise<Samples> {
  const stream = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = stream.indexOf(Buffer.of(0xff, 0x4f, 0xff, 0x51));
  if (at < 0 || stream.length < at + 42) damaged(`${name}: no size of the picture`);
  const [right, bottom, left, top] = [8, 12, 16, 20].map((field) => stream.readUInt32BE(at + field));
  requireModest((bottom ?? 0) - (top ?? 0), (right ?? 0) - (left ?? 0), stream.readUInt16BE(at + 40));
  return wasmSamples(name, bytes, hasColourTransform(bytes));
}

function requireModest(rows: number, columns: number, components: number): void {
  if (components > 3) unsupported(`${components} samples for each pixel`);
  requireDrawable(rows, columns);
}
