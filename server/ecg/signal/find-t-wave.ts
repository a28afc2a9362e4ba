import { magnitude, slowLeads } from './find-p-wave.ts';
import type { MedianBeats } from './median-beat.ts';
import { median as medianOf } from './order-statistics.ts';

interface Slope {
  at: number;
  perSample: number;
}

/** The steepest place towards zero (`step` 1) or away from it (-1) beside an extremum of the sign of `sign`. */
function steepest(uv: Float64Array, peak: number, end: number, step: 1 | -1, sign: number): Slope {
  let best: Slope = { at: peak, perSample: 0 };
  for (let i = peak; step === 1 ? i < end : i > end; i += step) {
    const perSample = (((uv[i + 1] as number) - (uv[i - 1] as number)) / 2) * sign * -step;
    if (perSample > best.perSample) best = { at: i, perSample };
    // Past zero it is another wave.
    if ((uv[i] as number) * sign < 0) break;
  }
  return best;
}

/** The last extremum of a T wave that may have two phases. */
function lastPhase(uv: Float64Array, from: number, to: number, least: number): number | null {
  let [high, low] = [from, from];
  for (let i = from; i <= to; i += 1) {
    if ((uv[i] as number) > (uv[high] as number)) high = i;
    if ((uv[i] as number) < (uv[low] as number)) low = i;
  }
  const [up, down] = [uv[high] as number, -(uv[low] as number)];
  const most = Math.max(up, down);
  if (most < least) return null;
  const both = up > 0.35 * most && down > 0.35 * most;
  const chosen = both ? Math.max(high, low) : up > down ? high : low;
  // At the edge of what was searched it is a slope and not a wave.
  return chosen > from && chosen < to ? chosen : null;
}

interface Found {
  peak: number;
  on: number;
  off: number;
}

/** Where the tangents at the steepest rise and fall of this lead's T meet the level of the ST segment and zero. */
function tangents(
  uv: Float64Array,
  range: { qrsOff: number; from: number; to: number; end: number },
  least: number,
): Found | null {
  const peak = lastPhase(uv, range.from, range.to, least);
  if (peak === null) return null;
  const sign = Math.sign(uv[peak] as number);
  const fall = steepest(uv, peak, range.end, 1, sign);
  const rise = steepest(uv, peak, range.from, -1, sign);
  if (fall.perSample <= 0) return null;
  const off = fall.at + ((uv[fall.at] as number) * sign) / fall.perSample;
  const level = (uv[range.qrsOff] as number) * sign;
  const on = rise.perSample > 0 ? rise.at - ((uv[rise.at] as number) * sign - level) / rise.perSample : range.from;
  return { peak, on: Math.max(range.qrsOff, Math.min(on, peak)), off };
}

/**
 * Onset, peak and end of the T wave over all leads, in milliseconds of the median beat. The end is where the tangent at
 * the steepest part of the falling limb meets the level before the QRS (Lepeschkin and Surawicz, Circulation 1952;6:378),
 * as the median over the leads whose T wave is at least 30 % of the largest. Null where the T wave is flat or runs into the
 * next beat.
 */
export function findT(beats: MedianBeats, qrs: { onMs: number; offMs: number }) {
  const perMs = beats.rateHz / 1000;
  const slow = slowLeads(beats, qrs.onMs, 25);
  const size = magnitude(slow);
  const from = Math.round((qrs.offMs + 40) * perMs);
  const end = size.length - 3;
  const to = Math.min(end, Math.round((qrs.onMs + Math.max(180, 0.68 * beats.rrMs)) * perMs));
  if (to - from < 40 * perMs) return null;
  const most = Math.max(
    0,
    ...slow.map((uv) => uv.subarray(from, to).reduce((top, x) => Math.max(top, Math.abs(x)), 0)),
  );
  const least = Math.max(40, 6 * beats.noiseUv, 0.3 * most);
  const range = { qrsOff: Math.round((qrs.offMs + 6) * perMs), from, to, end };
  const found = slow.map((uv) => tangents(uv, range, least)).filter((wave) => wave !== null);
  if (found.length === 0) return null;
  const peak = medianOf(found.map((wave) => wave.peak));
  const off = medianOf(found.map((wave) => wave.off));
  if (off > size.length - 1 + 40 * perMs || off <= peak) return null;
  return { onMs: medianOf(found.map((wave) => wave.on)) / perMs, peakMs: peak / perMs, offMs: off / perMs };
}
