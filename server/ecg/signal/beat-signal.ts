import type { Lead } from '../trace.ts';
import { type Biquad, highPass, lowPass, zeroPhase } from './biquad.ts';
import { leadMicrovolts } from './microvolts.ts';
import { findSpikes, withoutSpikes } from './pacing-spikes.ts';

/** A stretch of the trace as the search for beats sees it: thinned out to about 250 Hz. */
export interface BeatSignal {
  readonly rateHz: number;
  /** Samples of the recording per sample here. */
  readonly thinning: number;
  /** Microvolts of each lead without wander and hum. */
  readonly leads: readonly Float64Array[];
  /** Spatial velocity of the QRS band (4 to 24 Hz), averaged over 90 ms; microvolts per millisecond. */
  readonly activity: Float64Array;
  /** Size of the QRS band over all leads, microvolts. */
  readonly size: Float64Array;
  /** Spikes of a pacemaker, sample numbers here. */
  readonly spikes: readonly number[];
}

function thin(uv: Float64Array, factor: number): Float64Array {
  if (factor === 1) return uv;
  const out = new Float64Array(Math.floor(uv.length / factor));
  for (let i = 0; i < out.length; i += 1) {
    let sum = 0;
    for (let j = i * factor; j < (i + 1) * factor; j += 1) sum += uv[j] as number;
    out[i] = sum / factor;
  }
  return out;
}

/** Mean over a window centred on each sample. */
function smooth(signal: Float64Array, width: number): Float64Array {
  const half = Math.max(1, Math.round(width / 2));
  const out = new Float64Array(signal.length);
  let sum = 0;
  for (let i = -half; i < signal.length; i += 1) {
    sum += signal[i + half] ?? 0;
    sum -= signal[i - half - 1] ?? 0;
    if (i >= 0) out[i] = sum / (2 * half + 1);
  }
  return out;
}

function spatial(leads: readonly Float64Array[], rateHz: number) {
  const length = leads[0]?.length ?? 0;
  const velocity = new Float64Array(length);
  const size = new Float64Array(length);
  const perMs = rateHz / 2000;
  for (const uv of leads) {
    for (let i = 1; i < length - 1; i += 1) {
      const slope = ((uv[i + 1] as number) - (uv[i - 1] as number)) * perMs;
      velocity[i] = (velocity[i] as number) + slope * slope;
      size[i] = (size[i] as number) + (uv[i] as number) ** 2;
    }
  }
  return { velocity: velocity.map(Math.sqrt), size: size.map(Math.sqrt) };
}

const band = (...sections: (Biquad | null)[]): Biquad[] => sections.filter((section) => section !== null);

/** Samples `from` to `to` of the leads, made ready for the search. */
export function beatSignal(leads: readonly Lead[], samplingFrequency: number, from: number, to: number): BeatSignal {
  const thinning = Math.max(1, Math.floor(samplingFrequency / 250));
  const rateHz = samplingFrequency / thinning;
  const raw = leads.map((lead) => leadMicrovolts(lead, from, to));
  const spikes = findSpikes(raw, samplingFrequency);
  const thinned = raw.map((uv) => thin(withoutSpikes(uv, spikes, samplingFrequency), thinning));
  const wide = thinned.map((uv) => zeroPhase(uv, band(highPass(0.7, rateHz), lowPass(35, rateHz)), 2 * rateHz));
  const qrs = thinned.map((uv) => zeroPhase(uv, band(highPass(4, rateHz), lowPass(24, rateHz)), rateHz / 2));
  const { velocity, size } = spatial(qrs, rateHz);
  return {
    rateHz,
    thinning,
    leads: wide,
    activity: smooth(velocity, 0.09 * rateHz),
    size,
    spikes: spikes.map((spike) => Math.round(spike / thinning)),
  };
}
