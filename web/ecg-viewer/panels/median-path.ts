export interface MedianFrame {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Microvolts above and below the middle that are shown. */
  readonly rangeUv: number;
}

export const xOf = ({ width, fromMs, toMs }: MedianFrame, ms: number): number =>
  ((ms - fromMs) / (toMs - fromMs)) * width;
export const msAt = ({ width, fromMs, toMs }: MedianFrame, x: number): number => fromMs + (x / width) * (toMs - fromMs);
export const yOf = ({ height, rangeUv }: MedianFrame, uv: number): number => (height / 2) * (1 - uv / rangeUv);

/** The largest deflection of these curves, a little more, at least half a millivolt. */
export function rangeOf(curves: readonly Float64Array[]): number {
  const most = curves.reduce((all, uv) => uv.reduce((found, value) => Math.max(found, Math.abs(value)), all), 0);
  return Math.max(500, most * 1.1);
}

/** The path of a curve that begins at zero milliseconds. */
export function medianPath(uv: Float64Array, rateHz: number, frame: MedianFrame): string {
  const parts: string[] = [];
  // Two points to a pixel show all that a small picture can.
  const step = Math.max(1, Math.floor(((frame.toMs - frame.fromMs) * rateHz) / 1000 / (frame.width * 2)));
  for (let i = 0; i < uv.length; i += step) {
    const ms = (i * 1000) / rateHz;
    if (ms < frame.fromMs || ms > frame.toMs) continue;
    const x = xOf(frame, ms).toFixed(1);
    parts.push(`${parts.length === 0 ? 'M' : 'L'}${x} ${yOf(frame, uv[i] as number).toFixed(1)}`);
  }
  return parts.join('');
}
