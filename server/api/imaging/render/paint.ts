import type { PictureFormat, Window } from './picture-format.ts';
import { damaged, type Samples, unsupported } from './samples.ts';

/** Eight bits a sample, by pixel: one for grey, three for colour. */
export interface Picture {
  rows: number;
  columns: number;
  channels: 1 | 3;
  data: Uint8Array;
}

/**
 * Samples as brightness or colour.
 * @param window instead of the file's own; colour has none
 */
export function paint(samples: Samples, format: PictureFormat, isNative: boolean, window: Window | null): Picture {
  const { rows, columns, components } = samples;
  if (components === 3) return { rows, columns, channels: 3, data: toRgb(samples, format) };
  if (components !== 1) unsupported(`${components} samples for each pixel`);
  const stored = storedReader(samples.values, format, isNative);
  if (format.photometric === 'PALETTE COLOR')
    return { rows, columns, channels: 3, data: throughPalette(stored, rows * columns, format) };
  return { rows, columns, channels: 1, data: throughWindow(stored, rows * columns, format, window ?? format.window) };
}

type Stored = (at: number) => number;

/** Takes the stored bits out of the allocated ones, and gives them their sign (PS3.5 section 8.1.1). */
function storedReader(values: Samples['values'], format: PictureFormat, isNative: boolean): Stored {
  const { bitsAllocated, highBit, isSigned } = format;
  if (values instanceof Int8Array || values instanceof Int16Array || bitsAllocated === 1)
    return (at) => values[at] as number;
  // In native data higher bits may be an overlay; a compressed stream carries the sample alone.
  const low = isNative ? Math.max(0, highBit + 1 - format.bitsStored) : 0;
  const bits = Math.min(16, Math.max(1, format.bitsStored));
  const up = 32 - bits - low;
  if (isSigned) return (at) => ((values[at] as number) << up) >> (32 - bits);
  return (at) => ((values[at] as number) << up) >>> (32 - bits);
}

function throughWindow(stored: Stored, pixels: number, format: PictureFormat, window: Window | null): Uint8Array {
  const chosen = window ?? rangeOf(stored, pixels, format);
  const isInverse = format.photometric === 'MONOCHROME1';
  // Stored values have sixteen bits at the most, so that each is windowed once.
  const table = new Uint8Array(131_072);
  for (let i = 0; i < table.length; i++) {
    const level = Math.round(255 * brightness(chosen, (i - 65_536) * format.slope + format.intercept));
    table[i] = isInverse ? 255 - level : level;
  }
  const data = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) data[i] = table[stored(i) + 65_536] as number;
  return data;
}

/** The whole range of a picture that has no window, without what measures nothing. */
function rangeOf(stored: Stored, pixels: number, { padding, slope, intercept }: PictureFormat): Window {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < pixels; i++) {
    const value = stored(i);
    if (padding && value >= padding[0] && value <= padding[1]) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) [low, high] = [0, 1];
  const ends = [low * slope + intercept, high * slope + intercept] as const;
  return { center: (ends[0] + ends[1]) / 2, width: Math.abs(ends[1] - ends[0]) || 1, shape: 'LINEAR_EXACT' };
}

/** Brightness 0 to 1: the functions of PS3.3 C.11.2.1.2.1 and C.11.2.1.3. */
export function brightness({ center, width, shape }: Window, value: number): number {
  if (shape === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (value - center)) / width));
  // A window of one or less is meant for values between 0 and 1, where the formula of LINEAR makes no sense.
  const isShifted = shape === 'LINEAR' && width > 1;
  const [middle, span] = isShifted ? [center - 0.5, width - 1] : [center, Math.max(width, 1e-6)];
  return Math.min(1, Math.max(0, (value - middle) / span + 0.5));
}

function throughPalette(stored: Stored, pixels: number, { palette }: PictureFormat): Uint8Array {
  if (!palette) damaged('the palette (0028,1101) is missing');
  const { first, tables } = palette;
  const last = tables[0].length - 1;
  const data = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const entry = Math.min(last, Math.max(0, stored(i) - first));
    for (let channel = 0; channel < 3; channel++) data[3 * i + channel] = tables[channel]?.[entry] ?? 0;
  }
  return data;
}

/** Coefficients of luminance and chrominance as PS3.3 C.7.6.3.1.2 gives them. */
const full = { offset: 0, gain: 1, crRed: 1.402, cbGreen: -0.344136, crGreen: -0.714136, cbBlue: 1.772 };
const partial = {
  ...{ offset: 16, gain: 1.164384 },
  ...{ crRed: 1.596027, cbGreen: -0.391762, crGreen: -0.812968, cbBlue: 2.017232 },
};

function toRgb({ values, isPlanar, isRgb, rows, columns }: Samples, format: PictureFormat): Uint8Array {
  const pixels = rows * columns;
  const { photometric } = format;
  const isKnown = isRgb || photometric === 'RGB' || photometric.startsWith('YBR_');
  if (!isKnown) unsupported(`the colour model ${photometric}`);
  const model = isRgb || photometric === 'RGB' ? null : photometric.startsWith('YBR_PARTIAL') ? partial : full;
  const [step, next] = isPlanar ? [1, pixels] : [3, 1];
  const shift = values instanceof Uint16Array ? Math.max(0, format.bitsStored - 8) : 0;
  const data = new Uint8ClampedArray(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const first = (values[i * step] as number) >> shift;
    const second = (values[i * step + next] as number) >> shift;
    const third = (values[i * step + 2 * next] as number) >> shift;
    const luminance = model ? (first - model.offset) * model.gain : 0;
    data[3 * i] = model ? luminance + model.crRed * (third - 128) : first;
    data[3 * i + 1] = model ? luminance + model.cbGreen * (second - 128) + model.crGreen * (third - 128) : second;
    data[3 * i + 2] = model ? luminance + model.cbBlue * (second - 128) : third;
  }
  return new Uint8Array(data.buffer);
}
