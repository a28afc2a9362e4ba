import { lowPass, zeroPhase } from './biquad.ts';
import type { MedianBeats } from './median-beat.ts';
import { quantile } from './order-statistics.ts';

/** Root mean square over the leads of their slope (over `spanMs`), microvolts per millisecond. */
export function spatialVelocity(leads: readonly Float64Array[], rateHz: number, spanMs: number): Float64Array {
  const k = Math.max(1, Math.round((spanMs * rateHz) / 2000));
  const perMs = rateHz / (2000 * k);
  const length = leads[0]?.length ?? 0;
  const out = new Float64Array(length);
  for (const uv of leads) {
    for (let i = k; i < length - k; i += 1) {
      const slope = ((uv[i + k] as number) - (uv[i - k] as number)) * perMs;
      out[i] = (out[i] as number) + slope * slope;
    }
  }
  return out.map((sum) => Math.sqrt(sum / leads.length));
}

/** The first place from `from` on, in direction `step`, after which the signal stays below `limit` for `hold` samples; null when there is none up to `end`. */
export function whereQuiet(
  signal: Float64Array,
  { from, end, step, limit, hold }: { from: number; end: number; step: 1 | -1; limit: number; hold: number },
): number | null {
  let quiet = 0;
  for (let i = from; step === 1 ? i <= end : i >= end; i += step) {
    quiet = (signal[i] as number) < limit ? quiet + 1 : 0;
    if (quiet >= hold) return i - step * (hold - 1);
  }
  return null;
}

/** Where the signal is smallest: the end of a complex that runs into the next wave without a pause. */
function lowest(signal: Float64Array, from: number, to: number): number {
  let best = from;
  for (let i = from; i <= to; i += 1) if ((signal[i] as number) < (signal[best] as number)) best = i;
  return best;
}

export interface QrsBounds {
  readonly onMs: number;
  readonly offMs: number;
}

/**
 * Earliest onset and latest end of the QRS over all leads, in milliseconds of the median beat: where the spatial velocity
 * falls below 4 % (before) and 5 % (after) of its peak, or into the noise, and stays there for 12 ms. Null without a QRS.
 */
export function findQrs({ leads, rateHz, centreMs, noiseUv }: MedianBeats): QrsBounds | null {
  const perMs = rateHz / 1000;
  // What is left of the noise would hide a small Q wave: better a QRS that is rounded by a millisecond or two.
  const calm = noiseUv > 5 ? lowPass(60, rateHz) : null;
  const curves = leads.map(({ uv }) => (calm ? zeroPhase(uv, [calm], rateHz / 5) : uv));
  const velocity = spatialVelocity(curves, rateHz, calm ? 8 : 4);
  const last = velocity.length - 1;
  const at = (ms: number) => Math.max(0, Math.min(last, Math.round(ms * perMs)));
  const [from, to] = [at(centreMs - 100), at(centreMs + 100)];
  const peak = velocity.subarray(from, to + 1).reduce((most, v) => Math.max(most, v), 0);
  if (peak < 2) return null;
  const noise = 2 * quantile(velocity, 0.2);
  const loud = (i: number) => (velocity[i] as number) > 0.3 * peak;
  let first = from;
  while (!loud(first)) first += 1;
  let final = to;
  while (!loud(final)) final -= 1;
  const hold = Math.round(12 * perMs);
  const early = { from: first, end: at(centreMs - 170), step: -1, limit: Math.max(noise, 0.04 * peak), hold } as const;
  const late = { from: final, end: at(centreMs + 230), step: 1, limit: Math.max(noise, 0.05 * peak), hold } as const;
  const on = whereQuiet(velocity, early) ?? lowest(velocity, early.end, first);
  const off = whereQuiet(velocity, late) ?? lowest(velocity, final, at(centreMs + 150));
  // A slope over 4 ms begins 2 ms early and ends 2 ms late; half of it is above the limit.
  return { onMs: on / perMs + 1, offMs: off / perMs - 1 };
}
