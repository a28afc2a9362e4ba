import { decodeDct } from '@lianzhen/dicom/jpeg/decode-dct.ts';
import { decodeLossless } from '@lianzhen/dicom/jpeg/decode-lossless.ts';
import { type JpegHeader, readJpegHeader } from '@lianzhen/dicom/jpeg/stream-header.ts';
import { ViewerProblem } from '../problem.ts';
import type { LoadCodec } from './codec-modules.ts';
import { isLuminanceChrominance, isWhatLibjpegAssumes } from './jpeg-colour.ts';
import { requireDrawable } from './limits.ts';
import type { PixelFormat, Samples } from './picture-types.ts';
import { decodeWithWasm } from './wasm-decode.ts';

function requireHeader(bytes: Uint8Array): JpegHeader {
  const header = readJpegHeader(bytes);
  if (!header) throw new ViewerProblem('truncated', { expected: 'JPEG SOF', found: bytes.length });
  return header;
}

/**
 * JPEG with the cosine transform: libjpeg-turbo for eight bits, our own decoder for twelve bits and for colour that
 * libjpeg would transform although it must not.
 */
export async function decodeJpegDct(bytes: Uint8Array, format: PixelFormat, load: LoadCodec): Promise<Samples> {
  const header = requireHeader(bytes);
  const isYcc = isLuminanceChrominance(header, format);
  requireDrawable(header.columns, header.rows || format.rows);
  if (header.precision === 8 && header.rows > 0 && isWhatLibjpegAssumes(header, isYcc)) {
    const samples = decodeWithWasm(await load('libjpeg-turbo'), bytes, 'JPEG', true);
    return { ...samples, isLossy: true };
  }
  const samples = decodeDct(bytes, format.rows);
  return { ...samples, isRgb: samples.components === 3 && !isYcc };
}

/** JPEG without the cosine transform (T.81 annex H); nothing but the header says how its colours are meant. */
export function decodeJpegLossless(bytes: Uint8Array, format: PixelFormat): Samples {
  const header = requireHeader(bytes);
  requireDrawable(header.columns, header.rows || format.rows);
  const samples = decodeLossless(bytes, format.rows);
  const isRgb = samples.components === 3 && !isLuminanceChrominance(header, format);
  // A point transform drops the lowest bits before the lossless coding begins.
  return { ...samples, isRgb, isLossy: (header.scan?.pointTransform ?? 0) > 0 };
}
