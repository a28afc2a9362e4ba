import { ViewerProblem } from '../problem.ts';
import type { Palette, PixelFormat } from './picture-types.ts';

export interface ColourSource {
  readonly pixels: number;
  readonly values: ArrayLike<number>;
  readonly isPlanar: boolean;
  readonly isRgb: boolean;
}

/** Coefficients of luminance and chrominance as PS3.3 C.7.6.3.1.2 gives them. */
const full = { offset: 0, gain: 1, crRed: 1.402, cbGreen: -0.344136, crGreen: -0.714136, cbBlue: 1.772 };
const partial = {
  offset: 16,
  gain: 1.164384,
  crRed: 1.596027,
  cbGreen: -0.391762,
  crGreen: -0.812968,
  cbBlue: 2.017232,
};

type Coefficients = typeof full;

function coefficients(photometricInterpretation: string): Coefficients {
  if (/^YBR_PARTIAL_42[02]$/.test(photometricInterpretation)) return partial;
  if (/^YBR_(FULL|FULL_422|ICT|RCT)$/.test(photometricInterpretation)) return full;
  throw new ViewerProblem('unsupported-pixels', { what: photometricInterpretation || '(0028,0004)' });
}

/**
 * Three samples a pixel as red, green, blue and opaque alpha. Deeper samples keep their eight most significant bits.
 * @throws ViewerProblem unsupported-pixels for a colour model outside PS3.3.
 */
export function toRgba(source: ColourSource, format: PixelFormat): Uint8ClampedArray<ArrayBuffer> {
  const { pixels, values, isPlanar, isRgb } = source;
  const rgba = new Uint8ClampedArray(pixels * 4);
  const step = isPlanar ? 1 : 3;
  const next = isPlanar ? pixels : 1;
  const shift = Math.max(0, format.bitsStored - 8);
  const model =
    isRgb || format.photometricInterpretation === 'RGB' ? null : coefficients(format.photometricInterpretation);
  for (let i = 0; i < pixels; i++) {
    const at = i * step;
    const first = (values[at] as number) >> shift;
    const second = (values[at + next] as number) >> shift;
    const third = (values[at + 2 * next] as number) >> shift;
    if (model) setYbr(rgba, 4 * i, model, first, second, third);
    else {
      rgba[4 * i] = first;
      rgba[4 * i + 1] = second;
      rgba[4 * i + 2] = third;
    }
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

function setYbr(rgba: Uint8ClampedArray, at: number, model: Coefficients, y: number, cb: number, cr: number): void {
  const luminance = (y - model.offset) * model.gain;
  rgba[at] = luminance + model.crRed * (cr - 128);
  rgba[at + 1] = luminance + model.cbGreen * (cb - 128) + model.crGreen * (cr - 128);
  rgba[at + 2] = luminance + model.cbBlue * (cb - 128);
}

/** Undoes 4:2:2 packing (Y Y Cb Cr for each pair of pixels) into three samples a pixel. */
export function unpackChroma(bytes: ArrayLike<number>, pixels: number): Uint8Array {
  const samples = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    samples[3 * i] = bytes[pair + (i & 1)] as number;
    samples[3 * i + 1] = bytes[pair + 2] as number;
    samples[3 * i + 2] = bytes[pair + 3] as number;
  }
  return samples;
}

/** Palette indices as colour; indices outside the tables take their first or last entry (PS3.3 C.7.9). */
export function applyPalette(
  indices: ArrayLike<number>,
  pixels: number,
  palette: Palette,
): Uint8ClampedArray<ArrayBuffer> {
  const { first, red, green, blue } = palette;
  const last = red.length - 1;
  const rgba = new Uint8ClampedArray(pixels * 4);
  for (let i = 0; i < pixels; i++) {
    const entry = Math.min(last, Math.max(0, (indices[i] as number) - first));
    rgba[4 * i] = red[entry] as number;
    rgba[4 * i + 1] = green[entry] as number;
    rgba[4 * i + 2] = blue[entry] as number;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}
