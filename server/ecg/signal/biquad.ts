/** A second-order section, normalised so that a0 is 1. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Applied forwards and backwards a filter loses 3 dB twice; its corner is moved so that the two passes together lose 3 dB at the named frequency. */
const twoPassShift = (Math.SQRT2 - 1) ** 0.25;

function section(kind: 'low' | 'high', hz: number, rateHz: number): Biquad {
  // The bilinear transform bends the frequency axis; the tangent bends it back at the corner.
  const corner = Math.tan((Math.PI * hz) / rateHz);
  const k = kind === 'low' ? corner / twoPassShift : corner * twoPassShift;
  const scale = 1 / (1 + Math.SQRT2 * k + k * k);
  const a1 = 2 * (k * k - 1) * scale;
  const a2 = (1 - Math.SQRT2 * k + k * k) * scale;
  if (kind === 'high') return { b0: scale, b1: -2 * scale, b2: scale, a1, a2 };
  const b0 = k * k * scale;
  return { b0, b1: 2 * b0, b2: b0, a1, a2 };
}

/** Butterworth of order 2 for two passes: 3 dB at `hz` after both. Null where the rate is too low for it to have an effect. */
export const lowPass = (hz: number, rateHz: number): Biquad | null =>
  hz < rateHz * 0.45 ? section('low', hz, rateHz) : null;

export const highPass = (hz: number, rateHz: number): Biquad | null =>
  hz < rateHz * 0.25 ? section('high', hz, rateHz) : null;

/** A notch 4 Hz wide: narrow enough for the QRS, wide enough for a mains frequency that is half a hertz off. */
export function notch(hz: number, rateHz: number): Biquad | null {
  if (hz >= rateHz * 0.45) return null;
  const k = Math.tan((Math.PI * hz) / rateHz);
  const width = Math.tan((Math.PI * 4) / rateHz);
  const scale = 1 / (1 + width + k * k);
  const a1 = 2 * (k * k - 1) * scale;
  return { b0: (1 + k * k) * scale, b1: a1, b2: (1 + k * k) * scale, a1, a2: (1 - width + k * k) * scale };
}

/** Runs over `signal` in place, in the given direction, as if its first value had been there for ever. */
function pass(signal: Float64Array, { b0, b1, b2, a1, a2 }: Biquad, step: 1 | -1): void {
  const first = step === 1 ? 0 : signal.length - 1;
  const start = signal[first] ?? 0;
  const atRest = ((b0 + b1 + b2) / (1 + a1 + a2)) * start;
  let s2 = b2 * start - a2 * atRest;
  let s1 = b1 * start - a1 * atRest + s2;
  for (let i = first; i >= 0 && i < signal.length; i += step) {
    const x = signal[i] as number;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    signal[i] = y;
  }
}

/**
 * Forwards and backwards, so that no wave is moved in time. The ends are continued by turning the signal round its last
 * value (over `reach` samples, or as many as there are), so that the filter does not ring where the trace begins.
 * Returns a new array; the input stays as it is.
 */
export function zeroPhase(signal: ArrayLike<number>, sections: readonly Biquad[], reach: number): Float64Array {
  const length = signal.length;
  if (sections.length === 0 || length < 2) return Float64Array.from(signal);
  const pad = Math.max(0, Math.min(Math.ceil(reach), length - 1));
  const wide = new Float64Array(length + 2 * pad);
  wide.set(signal, pad);
  const [first, last] = [signal[0] as number, signal[length - 1] as number];
  for (let i = 1; i <= pad; i += 1) {
    wide[pad - i] = 2 * first - (signal[i] as number);
    wide[pad + length - 1 + i] = 2 * last - (signal[length - 1 - i] as number);
  }
  for (const biquad of sections) {
    pass(wide, biquad, 1);
    pass(wide, biquad, -1);
  }
  return wide.slice(pad, pad + length);
}
