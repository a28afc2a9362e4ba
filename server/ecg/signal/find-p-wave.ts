import { lowPass, zeroPhase } from './biquad.ts';
import { spatialVelocity } from './find-qrs.ts';
import type { MedianBeats } from './median-beat.ts';
import { mean } from './order-statistics.ts';

/** Microvolts without what is faster than P and T waves, counted from the level in the last 12 ms before the QRS. */
export function slowLeads({ leads, rateHz }: MedianBeats, qrsOnMs: number, lowPassHz: number): Float64Array[] {
  const section = lowPass(lowPassHz, rateHz);
  const to = Math.max(1, Math.round(((qrsOnMs - 2) * rateHz) / 1000));
  const from = Math.max(0, to - Math.round((12 * rateHz) / 1000));
  return leads.map(({ uv }) => {
    const level = mean(uv, from, to);
    const slow = section ? zeroPhase(uv, [section], rateHz / 4) : uv;
    return slow.map((x) => x - level);
  });
}

/** Root mean square over the leads. */
export function magnitude(leads: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(leads[0]?.length ?? 0);
  for (const uv of leads) for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + (uv[i] as number) ** 2;
  return out.map((sum) => Math.sqrt(sum / leads.length));
}

interface Hump {
  at: number;
  /** Where the signal is lowest on its left. */
  valley: number;
  prominence: number;
}

/** The hump that stands highest above the valleys on both of its sides. */
function mostProminent(signal: Float64Array, from: number, to: number): Hump {
  let best: Hump = { at: from, valley: from, prominence: 0 };
  for (let i = from + 1; i < to; i += 1) {
    const height = signal[i] as number;
    if (height <= (signal[i - 1] as number) || height < (signal[i + 1] as number)) continue;
    const left = valley(signal, i, from, -1);
    const right = valley(signal, i, to, 1);
    const prominence = height - Math.max(signal[left] as number, signal[right] as number);
    if (prominence > best.prominence) best = { at: i, valley: left, prominence };
  }
  return best;
}

/** The lowest place beside a hump before the signal is higher than the hump. */
function valley(signal: Float64Array, peak: number, end: number, step: 1 | -1): number {
  let low = peak;
  for (let i = peak; step === 1 ? i <= end : i >= end; i += step) {
    if ((signal[i] as number) > (signal[peak] as number)) break;
    if ((signal[i] as number) < (signal[low] as number)) low = i;
  }
  return low;
}

/** From the hump outwards: over the steepest place, then to where the slope has sunk to a share of it. */
function edge(
  velocity: Float64Array,
  { peak, end, step, share }: { peak: number; end: number; step: 1 | -1; share: number },
) {
  let steepest = peak;
  for (let i = peak; step === 1 ? i <= end : i >= end; i += step) {
    if ((velocity[i] as number) > (velocity[steepest] as number)) steepest = i;
  }
  const limit = share * (velocity[steepest] as number);
  let i = steepest;
  while (i !== end && (velocity[i] as number) > limit) i += step;
  return i;
}

/**
 * Onset and end of the P wave over all leads, in milliseconds of the median beat; null when nothing stands out before the
 * QRS (atrial fibrillation, a P wave within the T wave, noise). `tPeakMs` is the T wave of the same median beat: what
 * stands one interval before it is the T wave of the beat before.
 */
export function findP(
  median: MedianBeats,
  qrsOnMs: number,
  tPeakMs: number | undefined,
): { onMs: number; offMs: number } | null {
  // In a fast rhythm whose T wave is not known, what stands before the QRS may as well be that.
  if (tPeakMs === undefined && median.rrMs < 600) return null;
  const perMs = median.rateHz / 1000;
  // In noise the foot of the wave cannot be seen: its edge is taken higher up, where the slope is certain.
  const isNoisy = median.noiseUv > 4;
  const slow = slowLeads(median, qrsOnMs, isNoisy ? 20 : 30);
  const size = magnitude(slow);
  const lastT = tPeakMs === undefined ? 0 : tPeakMs - median.rrMs + 40;
  const from = Math.max(2, Math.round(Math.max(qrsOnMs - 340, lastT) * perMs));
  const to = Math.round((qrsOnMs - 16) * perMs);
  if (to - from < 50 * perMs) return null;
  const { at, valley: left, prominence } = mostProminent(size, from, to);
  if (prominence < Math.max(12, 5 * median.slowNoiseUv)) return null;
  const velocity = spatialVelocity(slow, median.rateHz, 8);
  const share = isNoisy ? 0.38 : 0.28;
  const start = Math.max(from, left, Math.round(at - 90 * perMs));
  const end = Math.min(Math.round((qrsOnMs - 4) * perMs), Math.round(at + 90 * perMs));
  const on = edge(velocity, { peak: at, end: start, step: -1, share });
  const off = edge(velocity, { peak: at, end, step: 1, share });
  return { onMs: on / perMs, offMs: Math.min(off / perMs, qrsOnMs) };
}
