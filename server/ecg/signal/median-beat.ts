import { limbSums } from '../leads.ts';
import type { Recording } from '../trace.ts';
import { alignBeats, type BeatPiece } from './align-beats.ts';
import { baselineAround } from './beat-baseline.ts';
import { type FilterSetting, filterReach, filterSignal } from './filter.ts';
import { withoutHum } from './mains-fit.ts';
import { leadMicrovolts } from './microvolts.ts';
import { mean } from './order-statistics.ts';
import { findSpikes, withoutSpikes } from './pacing-spikes.ts';

export interface MedianLead {
  readonly code: string;
  readonly derived: boolean;
  /** Microvolts; all leads have one length. */
  readonly uv: Float64Array;
}

/** One beat that stands for many: the median of the aligned beats, sample by sample. */
export interface MedianBeats {
  /** At least 500 Hz: slower recordings are interpolated, for their beats fall between each other's samples. */
  readonly rateHz: number;
  readonly leads: readonly MedianLead[];
  /** Milliseconds from the beginning of the median beat to the place the beats were found at. */
  readonly centreMs: number;
  /** The usual interval to the next beat, milliseconds. */
  readonly rrMs: number;
  readonly beatCount: number;
  /** What is left of the noise after the median, microvolts (RMS), over the leads. */
  readonly noiseUv: number;
  /** The same of what is as slow as a P wave: fibrillation waves, wander. */
  readonly slowNoiseUv: number;
}

export interface MedianOptions {
  /** Milliseconds before and after the place of the beat. */
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly rrMs: number;
  /** Hum of this frequency is taken out. */
  readonly mainsHz: 50 | 60 | null;
  /** More beats than this add time and no precision. */
  readonly most?: number;
}

const marginMs = 30;

/** As much around the R peak as the rate leaves room for: P before it, T after it, and no other QRS. */
export function medianWindow(rrMs: number): { beforeMs: number; afterMs: number; rrMs: number } {
  return { beforeMs: Math.min(450, 0.55 * rrMs), afterMs: Math.min(800, 0.85 * rrMs), rrMs };
}

/** Catmull-Rom through the samples: `factor` points for each. */
function interpolate(uv: Float64Array, factor: number): Float64Array {
  if (factor === 1) return uv;
  const out = new Float64Array((uv.length - 1) * factor + 1);
  for (let i = 0; i < uv.length - 1; i += 1) {
    const [b, c] = [uv[i] as number, uv[i + 1] as number];
    const [a, d] = [uv[i - 1] ?? b, uv[i + 2] ?? c];
    for (let j = 0; j < factor; j += 1) {
      const t = j / factor;
      out[i * factor + j] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
  }
  out[out.length - 1] = uv.at(-1) as number;
  return out;
}

interface Cut {
  readonly recording: Recording;
  readonly beatsMs: readonly number[];
  readonly options: MedianOptions;
  readonly setting: FilterSetting;
  readonly factor: number;
}

/** All leads around one beat: spikes bridged, hum out, wander straightened, interpolated. */
function cutBeat({ recording, beatsMs, options, setting, factor }: Cut, number: number): BeatPiece {
  const rate = recording.samplingFrequency;
  const reach = filterReach(setting, rate);
  const atMs = beatsMs[number] as number;
  const from = Math.round(((atMs - options.beforeMs - marginMs) * rate) / 1000);
  const count = Math.round(((options.beforeMs + options.afterMs + 2 * marginMs) * rate) / 1000) + 1;
  const left = Math.max(0, from - reach);
  const raw = recording.leads.map((lead) => leadMicrovolts(lead, left, from + count + reach));
  const spikes = findSpikes(raw, rate);
  return recording.leads.map((lead, i) => {
    const spikeless = withoutSpikes(raw[i] as Float64Array, spikes, rate);
    const clean = options.mainsHz === null ? spikeless : withoutHum(spikeless, rate, options.mainsHz);
    const uv = filterSignal(clean, rate, setting).slice(from - left, from - left + count);
    const baselineAt = baselineAround(lead, rate, beatsMs, number);
    return interpolate(
      uv.map((x, j) => x - baselineAt(((from + j) * 1000) / rate)),
      factor,
    );
  });
}

/** Numbers of the beats whose whole window lies within the recording, at most `most` of them, spread over it. */
function usable(recording: Recording, beatsMs: readonly number[], { beforeMs, afterMs, most = 64 }: MedianOptions) {
  const samples = Math.min(...recording.leads.map((lead) => lead.samples.length));
  const endMs = ((samples - 2) * 1000) / recording.samplingFrequency;
  const inside = [...beatsMs.keys()].filter((number) => {
    const atMs = beatsMs[number] as number;
    return atMs - beforeMs - marginMs >= 0 && atMs + afterMs + marginMs <= endMs;
  });
  const step = Math.max(1, inside.length / most);
  return Array.from({ length: Math.min(most, inside.length) }, (_, i) => inside[Math.floor(i * step)]).filter(
    (number) => number !== undefined,
  );
}

/** Sorts the few numbers of a column in place and returns the middle: called for every sample, so nothing is allocated. */
function middleOf(column: Float64Array): number {
  column.sort();
  const half = column.length >> 1;
  const upper = column[half] as number;
  return column.length % 2 === 1 ? upper : ((column[half - 1] as number) + upper) / 2;
}

function medianOfLead(beats: readonly BeatPiece[], shifts: readonly number[], lead: number, margin: number) {
  const uv = new Float64Array((beats[0]?.[lead]?.length ?? 0) - 2 * margin);
  const column = new Float64Array(beats.length);
  const curves = beats.map((beat) => beat[lead] as Float64Array);
  for (let i = 0; i < uv.length; i += 1) {
    for (let beat = 0; beat < curves.length; beat += 1) {
      column[beat] = (curves[beat] as Float64Array)[i + margin + (shifts[beat] as number)] as number;
    }
    uv[i] = middleOf(column);
  }
  return uv;
}

/**
 * How far the beats differ from each other (as a standard deviation) between `from` and `to`, where the heart is mostly
 * silent, as means over `width` samples.
 */
function spreadOf(beats: readonly BeatPiece[], shifts: readonly number[], from: number, to: number, width: number) {
  const leads = beats[0]?.length ?? 0;
  const column = new Float64Array(beats.length);
  let [sum, count] = [0, 0];
  for (let lead = 0; lead < leads; lead += 1) {
    for (let i = Math.max(0, from); i + width <= to; i += width) {
      for (const [beat, shift] of shifts.entries())
        column[beat] = mean(beats[beat]?.[lead] ?? [], i + shift, i + shift + width);
      const middle = middleOf(column);
      // The median of absolute deviations.
      sum += 1.4826 * middleOf(column.map((x) => Math.abs(x - middle)));
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** III, aVR, aVL and aVF are sums of I and II: added where the recording has only those two. */
function withLimbSums(leads: readonly MedianLead[]): MedianLead[] {
  const of = (code: string) => leads.find((lead) => lead.code === code)?.uv;
  const [one, two] = [of('I'), of('II')];
  if (!one || !two) return [...leads];
  const missing = Object.entries(limbSums).filter(([code]) => !of(code) && !(code === 'aVR' && of('-aVR')));
  const sums = missing.map(([code, sum]) => {
    const uv = one.map((x, i) => sum.I * x + sum.II * (two[i] as number));
    return { code, derived: true, uv };
  });
  return [...leads, ...sums];
}

/**
 * The median of the given beats (milliseconds after the beginning of the recording), per lead. Null when no beat lies
 * within the recording with its whole window.
 */
export function medianBeat(
  recording: Recording,
  beatsMs: readonly number[],
  options: MedianOptions,
): MedianBeats | null {
  if (recording.leads.length === 0) return null;
  const rate = recording.samplingFrequency;
  const factor = Math.max(1, Math.ceil(500 / rate));
  const setting: FilterSetting = { highPassHz: null, lowPassHz: rate > 360 ? 150 : null, notchHz: null };
  const cut = { recording, beatsMs, options, setting, factor };
  const beats = usable(recording, beatsMs, options).map((number) => cutBeat(cut, number));
  if (beats.length === 0) return null;
  const perMs = (rate * factor) / 1000;
  const margin = Math.floor(marginMs * perMs) - factor;
  const centre = Math.round((options.beforeMs + marginMs) * perMs);
  const shifts = alignBeats(beats, centre, Math.round(60 * perMs), margin);
  const made = recording.leads.map((_, lead) => medianOfLead(beats, shifts, lead, margin));
  const leads = recording.leads.map(({ code, derived }, i) => ({ code, derived, uv: made[i] as Float64Array }));
  // The median of normal noise is 1.25 times as noisy as its mean.
  const left = 1.25 / Math.sqrt(beats.length);
  const [from, to] = [centre - Math.round(200 * perMs), centre - Math.round(60 * perMs)];
  return {
    rateHz: rate * factor,
    leads: withLimbSums(leads),
    centreMs: (centre - margin) / perMs,
    rrMs: options.rrMs,
    beatCount: beats.length,
    noiseUv: left * spreadOf(beats, shifts, from, to, 1),
    slowNoiseUv: left * spreadOf(beats, shifts, from, to, Math.round(20 * perMs)),
  };
}
