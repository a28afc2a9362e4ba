import { readJpegHeader } from '@lianzhen/dicom/jpeg/stream-header.ts';
import { ViewerProblem } from '../problem.ts';
import { isPackedChroma, nativeLength } from './native.ts';
import type { DecodeWarning, PixelFormat } from './picture-types.ts';
import { type CodecName, isNative, syntaxName, transferSyntax } from './transfer-syntax.ts';

export interface CodecChoice {
  readonly codec: CodecName;
  readonly transferSyntaxUid: string;
  readonly warnings: readonly DecodeWarning[];
}

/** The syntax to name when only the stream is known, and not which of its family the sender meant. */
const representative: Record<Exclude<CodecName, 'native-little' | 'native-big'>, string> = {
  rle: '1.2.840.10008.1.2.5',
  'jpeg-dct': '1.2.840.10008.1.2.4.51',
  'jpeg-lossless': '1.2.840.10008.1.2.4.57',
  'jpeg-ls': '1.2.840.10008.1.2.4.81',
  'jpeg-2000': '1.2.840.10008.1.2.4.91',
  htj2k: '1.2.840.10008.1.2.4.203',
};

/** The codec a compressed stream asks for by its first markers, or undefined when it is no stream we know. */
export function sniffCodec(bytes: Uint8Array): keyof typeof representative | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0x4f && bytes[2] === 0xff && bytes[3] === 0x51) {
    // Bit 14 of Rsiz announces high throughput block coding (ITU-T T.814).
    return ((bytes[6] ?? 0) & 0x40) !== 0 ? 'htj2k' : 'jpeg-2000';
  }
  if (bytes[4] === 0x6a && bytes[5] === 0x50 && bytes[6] === 0x20 && bytes[7] === 0x20) return 'jpeg-2000';
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return looksLikeRle(bytes) ? 'rle' : undefined;
  const marker = readJpegHeader(bytes)?.frameMarker;
  if (marker === 0xf7) return 'jpeg-ls';
  if (marker === 0xc3) return 'jpeg-lossless';
  if (marker !== undefined && marker >= 0xc0 && marker <= 0xc2) return 'jpeg-dct';
  if (marker === undefined) return undefined;
  throw new ViewerProblem('unsupported-stream', { what: `JPEG SOF${marker & 15}` });
}

function looksLikeRle(bytes: Uint8Array): boolean {
  if (bytes.length < 66) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 64);
  const count = view.getUint32(0, true);
  if (count < 1 || count > 15 || view.getUint32(4, true) !== 64) return false;
  for (let i = count; i < 15; i++) if (view.getUint32(4 + 4 * i, true) !== 0) return false;
  return true;
}

/**
 * Decides how to decode a frame. The header's syntax is believed unless the stream itself says otherwise: then the
 * stream is right, because it is what has to be decoded, and the reader is told.
 * @param transferSyntaxUid what the server said, or an empty text when it said nothing.
 * @throws ViewerProblem unsupported-syntax, damaged-stream.
 */
export function chooseCodec(bytes: Uint8Array, transferSyntaxUid: string, format: PixelFormat): CodecChoice {
  const said = transferSyntax(transferSyntaxUid);
  if (said && isNative(said.codec) && nativeFits(bytes, format)) {
    return { codec: said.codec, transferSyntaxUid: said.uid, warnings: [] };
  }
  const found = sniffCodec(bytes);
  if (said && (found === said.codec || (found === undefined && isNative(said.codec)))) {
    return { codec: said.codec, transferSyntaxUid: said.uid, warnings: [] };
  }
  const isTold = transferSyntaxUid !== '';
  if (isTold && !said && found === undefined)
    throw new ViewerProblem('unsupported-syntax', { syntax: transferSyntaxUid });
  if (found === undefined && bytes.length < nativeLength(format)) {
    throw new ViewerProblem('damaged-stream', { reason: `${said?.name ?? '?'}: ${hex(bytes)}` });
  }
  const codec = found ?? 'native-little';
  const uid = found === undefined ? '1.2.840.10008.1.2.1' : representative[found];
  const details = { said: syntaxName(transferSyntaxUid), found: syntaxName(uid) };
  return { codec, transferSyntaxUid: uid, warnings: isTold ? [{ code: 'syntax-differs', details }] : [] };
}

function nativeFits(bytes: Uint8Array, format: PixelFormat): boolean {
  const expected = isPackedChroma(bytes, format) ? format.rows * format.columns * 2 : nativeLength(format);
  return bytes.length === expected || bytes.length === expected + 1;
}

/** The first bytes, for the person who has to tell the sender. */
function hex(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
