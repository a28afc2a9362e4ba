import type { Recording } from '../trace.ts';
import { highPass, lowPass, zeroPhase } from './biquad.ts';
import { beatLeads, leadMicrovolts } from './microvolts.ts';
import { median } from './order-statistics.ts';

const windowSeconds = 3;
const stepSeconds = 1;
/** Kuo and Dillman, Computers in Cardiology 1978: a leakage below 0.625 is fibrillation, a clean sine leaks nothing. */
const mostLeakage = 0.5;
/** Fibrillation swings 2.2 to 9 times a second with at least so many microvolts (mean size). */
const leastUv = 60;
const slowestMs = 450;
const fastestMs = 110;

/** How far a window is from a sine wave of its own period: 0 for a sine, near 1 for a QRS with silence around it; null when it is too small, too slow or too fast. */
export function leakage(uv: Float64Array, rateHz: number): number | null {
  let [size, change] = [0, 0];
  for (let i = 1; i < uv.length; i += 1) {
    size += Math.abs(uv[i] as number);
    change += Math.abs((uv[i] as number) - (uv[i - 1] as number));
  }
  if (size / uv.length < leastUv || change === 0) return null;
  const period = (2 * Math.PI * size) / change;
  const periodMs = (period * 1000) / rateHz;
  if (periodMs < fastestMs || periodMs > slowestMs) return null;
  const half = Math.round(period / 2);
  let [left, all] = [0, 0];
  for (let i = half; i < uv.length; i += 1) {
    left += Math.abs((uv[i] as number) + (uv[i - half] as number));
    all += Math.abs(uv[i] as number) + Math.abs(uv[i - half] as number);
  }
  return left / all;
}

/**
 * Milliseconds of the longest stretch that swings like a sine in most leads: ventricular fibrillation or flutter, or a
 * very fast wide tachycardia. Null without a lead that moves. Looks at the first ten minutes only: what lasts longer than
 * that is not recorded by somebody who waits for a reading.
 */
export function fibrillationMs(recording: Recording): number | null {
  const rate = recording.samplingFrequency;
  const leads = beatLeads(recording);
  if (leads.length === 0) return null;
  const sections = [highPass(1, rate), lowPass(30, rate)].filter((section) => section !== null);
  const curves = leads.map((lead) => zeroPhase(leadMicrovolts(lead, 0, 600 * rate), sections, 2 * rate));
  const [window, step] = [Math.round(windowSeconds * rate), Math.round(stepSeconds * rate)];
  const length = curves[0]?.length ?? 0;
  let [longest, since] = [0, -1];
  for (let from = 0; from + window <= length; from += step) {
    const leaks = curves.map((uv) => leakage(uv.subarray(from, from + window), rate) ?? 1);
    if (median(leaks) > mostLeakage) since = -1;
    else {
      if (since < 0) since = from;
      longest = Math.max(longest, from + window - since);
    }
  }
  return Math.round((longest * 1000) / rate);
}
