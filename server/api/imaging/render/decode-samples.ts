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
  ...Object.fromEntries(
    ['80', '81'].map((suffix) => [prefix + suffix, (bytes) => wasmSamples('jpeg-ls', bytes, false)]),
  ),
  ...Object.fromEntries(
    ['90', '91'].map((suffix) => [prefix + suffix, (bytes) => wasmSamples('jpeg-2000', bytes, hasTransform(bytes))]),
  ),
  ...Object.fromEntries(
    ['201', '202', '203'].map((suffix) => [
      prefix + suffix,
      (bytes) => wasmSamples('htj2k', bytes, hasTransform(bytes)),
    ]),
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

/** libjpeg-turbo for the cosine transform of eight bits, another decoder for lossless; twelve bits have none here. */
async function jpegSamples(bytes: Uint8Array, { photometric }: PictureFormat): Promise<Samples> {
  const header = jpegHeader(bytes);
  if (!header) damaged('JPEG: no start of frame');
  requireDrawable(header.rows, header.columns);
  const isColour = header.componentIds.length === 3;
  const isYcc = isColour && isLuminanceChrominance(header, photometric);
  if (header.frame === 0xc3) return losslessSamples(bytes, header, isColour && !isYcc);
  if (header.frame > 0xc2 || header.precision !== 8)
    unsupported(`JPEG of ${header.precision} bits, SOF${header.frame & 15}`);
  if (isColour && libjpegTransforms(header) !== isYcc) unsupported('JPEG in red, green and blue that does not say so');
  return wasmSamples('jpeg', bytes, true);
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

/** The multiple component transformation of the COD segment (T.800 A.6.1), which the codec undoes itself. */
function hasTransform(bytes: Uint8Array): boolean {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    if (marker === 0x52) return bytes[at + 8] === 1;
    if (marker === 0x90 || marker === 0x93) return false;
    at += 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
  }
  // Within a JP2 file the stream does not begin with its markers; those are red, green and blue in practice.
  return bytes[4] === 0x6a;
}
