import { hasColourTransform } from '@lianzhen/dicom/jpeg/colour-transform.ts';
import { ViewerProblem } from '../problem.ts';
import type { LoadCodec } from './codec-modules.ts';
import { applyPalette, toRgba, unpackChroma } from './colour.ts';
import { range, toStoredValues } from './grey.ts';
import { decodeJpegDct, decodeJpegLossless } from './jpeg-family.ts';
import { maxFrameBytes } from './limits.ts';
import { isPackedChroma, readNative } from './native.ts';
import type { DecodedPicture, DecodeRequest, DecodeWarning, GreyValues, Samples } from './picture-types.ts';
import { decodeRle } from './rle.ts';
import { type CodecChoice, chooseCodec } from './sniff.ts';
import { isNative, transferSyntax } from './transfer-syntax.ts';
import { decodeWithWasm } from './wasm-decode.ts';

/** Values as the codec left them; grey ones may be deeper than sixteen bits when they were never compressed. */
type Raw = Omit<Samples, 'values'> & { readonly values: GreyValues };

/**
 * Turns the bytes of one frame into a picture: codec, bit positions, sign, colour model.
 * @throws ViewerProblem naming what the frame lacks; never returns a picture that is partly made up.
 */
export async function decodeFrame(request: DecodeRequest, load: LoadCodec): Promise<DecodedPicture> {
  const { bytes, format } = request;
  if (bytes.length === 0) throw new ViewerProblem('truncated', { expected: '> 0', found: 0 });
  if (bytes.length > maxFrameBytes) {
    throw new ViewerProblem('answer-too-large', { megabytes: Math.round(maxFrameBytes / 2 ** 20) });
  }
  const choice = chooseCodec(bytes, request.transferSyntaxUid, format);
  const warnings: DecodeWarning[] = [...choice.warnings];
  const raw = await decodeSamples(request, choice, load, warnings);
  if (raw.columns !== format.columns || raw.rows !== format.rows) {
    const said = `${format.columns} x ${format.rows}`;
    warnings.push({ code: 'size-differs', details: { said, found: `${raw.columns} x ${raw.rows}` } });
  }
  return finish(raw, request, choice, warnings);
}

async function decodeSamples(
  { bytes, format }: DecodeRequest,
  { codec }: CodecChoice,
  load: LoadCodec,
  warnings: DecodeWarning[],
): Promise<Raw> {
  switch (codec) {
    case 'native-little':
    case 'native-big': {
      const native = readNative(bytes, format, codec === 'native-big');
      warnings.push(...native.warnings);
      const { columns, rows, samplesPerPixel: components } = format;
      const isPacked = components === 3 && isPackedChroma(bytes, format);
      const values = isPacked ? unpackChroma(native.values, columns * rows) : native.values;
      return {
        columns,
        rows,
        components,
        values,
        isPlanar: !isPacked && format.planarConfiguration === 1,
        isRgb: false,
      };
    }
    case 'rle':
      return decodeRle(bytes, format);
    case 'jpeg-dct':
      return decodeJpegDct(bytes, format, load);
    case 'jpeg-lossless':
      return decodeJpegLossless(bytes, format);
    case 'jpeg-ls':
      return decodeWithWasm(await load('charls'), bytes, 'JPEG-LS', false);
    case 'jpeg-2000':
      return decodeWithWasm(await load('openjpeg'), bytes, 'JPEG 2000', hasColourTransform(bytes));
    case 'htj2k':
      return decodeWithWasm(await load('openjph'), bytes, 'HTJ2K', hasColourTransform(bytes));
  }
}

function finish(raw: Raw, request: DecodeRequest, choice: CodecChoice, warnings: DecodeWarning[]): DecodedPicture {
  const { format, palette, padding } = request;
  const isEncapsulated = !isNative(choice.codec);
  const isLossy = raw.isLossy === true || transferSyntax(choice.transferSyntaxUid)?.lossy === true;
  const { columns, rows } = raw;
  const base = { columns, rows, transferSyntaxUid: choice.transferSyntaxUid, isLossy, warnings };
  const pixels = columns * rows;
  if (raw.components !== 1 && raw.components !== 3) {
    throw new ViewerProblem('unsupported-pixels', { what: `${raw.components} samples / pixel` });
  }
  if (raw.components === 3) {
    const colour = { pixels, values: raw.values, isPlanar: raw.isPlanar, isRgb: raw.isRgb };
    const bitsStored = raw.precision ?? format.bitsStored;
    return { ...base, kind: 'colour', rgba: toRgba(colour, { ...format, bitsStored }) };
  }
  const stored = toStoredValues(raw.values, format, isEncapsulated);
  if (format.photometricInterpretation === 'PALETTE COLOR') {
    if (!palette) throw new ViewerProblem('missing-tag', { tag: 'Palette Color Lookup Table (0028,1101)' });
    return { ...base, kind: 'colour', rgba: applyPalette(stored.values, pixels, palette) };
  }
  warnings.push(...stored.warnings);
  return { ...base, kind: 'grey', values: stored.values, ...range(stored.values, padding) };
}
