import type { Recording } from '../trace.ts';
import { type BeatSignal, beatSignal } from './beat-signal.ts';
import { beatLeads } from './microvolts.ts';
import { quantile } from './order-statistics.ts';

/** Two beats are never closer: 300 a minute. */
const refractoryMs = 200;
/** Within this time a slower peak is the T wave of the beat before. */
const tWaveMs = 400;
/** What moves less than this in the QRS band of all leads together is no beat, microvolts. */
const leastUv = 70;

interface Peak {
  at: number;
  height: number;
}

/** Local maxima of the activity, the higher of two that are closer than the refractory time. */
function peaksOf({ activity, rateHz }: BeatSignal): Peak[] {
  const apart = (refractoryMs * rateHz) / 1000;
  const peaks: Peak[] = [];
  for (let i = 1; i < activity.length - 1; i += 1) {
    const height = activity[i] as number;
    if (height <= (activity[i - 1] as number) || height < (activity[i + 1] as number)) continue;
    const last = peaks.at(-1);
    if (last && i - last.at < apart) {
      if (height > last.height) peaks[peaks.length - 1] = { at: i, height };
    } else peaks.push({ at: i, height });
  }
  return peaks;
}

/** The greatest deflection near the peak: the place of the R wave, or of the S wave where that is greater in all leads together. */
function centreOf(signal: BeatSignal, at: number): { at: number; uv: number } {
  const reach = Math.round(0.08 * signal.rateHz);
  let best = { at, uv: 0 };
  for (let i = Math.max(0, at - reach); i <= Math.min(signal.size.length - 1, at + reach); i += 1) {
    const uv = signal.size[i] as number;
    if (uv > best.uv) best = { at: i, uv };
  }
  return best;
}

/** How high the T waves of this heart are: the middle of the highest peaks that follow the strong ones. */
function tLevelOf(peaks: readonly Peak[], strong: number, rateHz: number): number {
  const within = (tWaveMs * rateHz) / 1000;
  const waves: number[] = [];
  for (const [i, beat] of peaks.entries()) {
    if (beat.height < strong) continue;
    const after = peaks
      .slice(i + 1, i + 4)
      .filter((peak) => peak.at - beat.at < within && peak.height < beat.height / 2);
    waves.push(after.reduce((most, peak) => Math.max(most, peak.height), 0));
  }
  return waves.length < 4 ? Number.POSITIVE_INFINITY : quantile(waves, 0.5);
}

/**
 * A peak soon after a beat that is less than half as steep is that beat's T wave (Pan and Tompkins 1985), unless the T
 * waves of this heart are much lower: then it is an extrasystole on the T wave.
 */
const isTWave = (peak: Peak, last: Peak | undefined, rateHz: number, tLevel: number): boolean =>
  last !== undefined &&
  peak.at - last.at < (tWaveMs * rateHz) / 1000 &&
  peak.height < last.height / 2 &&
  peak.height < 1.6 * tLevel;

/** Peaks above half of the threshold in a gap of more than 1.66 mean intervals: beats that were too small. */
function searchBack(
  missed: readonly Peak[],
  from: number,
  to: number,
  threshold: number,
  rateHz: number,
): Peak | undefined {
  const quiet = (tWaveMs * rateHz) / 1000;
  return missed
    .filter((peak) => peak.at > from + quiet && peak.at < to - quiet && peak.height > threshold / 2)
    .sort((a, b) => b.height - a.height)[0];
}

/** Adaptive thresholds over signal and noise peaks, with search back. */
function choose(signal: BeatSignal, peaks: readonly Peak[]): Peak[] {
  const { rateHz } = signal;
  const tall = peaks.filter((peak) => centreOf(signal, peak.at).uv >= leastUv);
  if (tall.length === 0) return [];
  // The loudest peak of each second or two is a beat, more often than not.
  let signalLevel = quantile(strongest(tall, 1.5 * rateHz), 0.5);
  let noiseLevel = quantile(signal.activity, 0.4);
  const tLevel = tLevelOf(tall, signalLevel / 2, rateHz);
  const beats: Peak[] = [];
  let missed: Peak[] = [];
  for (const peak of tall) {
    const threshold = noiseLevel + 0.22 * (signalLevel - noiseLevel);
    const last = beats.at(-1);
    if (peak.height < threshold || isTWave(peak, last, rateHz, tLevel)) {
      noiseLevel += 0.125 * (Math.min(peak.height, threshold) - noiseLevel);
      missed.push(peak);
      continue;
    }
    const recent = beats.slice(-8);
    const usual =
      recent.length > 2 ? ((recent.at(-1) as Peak).at - (recent[0] as Peak).at) / (recent.length - 1) : rateHz;
    if (last && peak.at - last.at > 1.66 * usual) {
      const found = searchBack(missed, last.at, peak.at, threshold, rateHz);
      if (found) beats.push(found);
    }
    beats.push(peak);
    missed = [];
    signalLevel += 0.125 * (Math.min(peak.height, 3 * signalLevel) - signalLevel);
  }
  return beats;
}

function strongest(peaks: readonly Peak[], width: number): number[] {
  const heights = new Map<number, number>();
  for (const { at, height } of peaks) {
    const slot = Math.floor(at / width);
    heights.set(slot, Math.max(heights.get(slot) ?? 0, height));
  }
  return [...heights.values()];
}

/** A beat as it is found: milliseconds of its greatest deflection after the beginning of the recording. */
export interface FoundBeat {
  readonly atMs: number;
  readonly paced: boolean;
}

/** Beats in one stretch, sample numbers of the stretch. */
export function beatsIn(signal: BeatSignal): { at: number; paced: boolean }[] {
  const places = choose(signal, peaksOf(signal))
    .map((peak) => centreOf(signal, peak.at).at)
    .sort((a, b) => a - b);
  const apart = (refractoryMs * signal.rateHz) / 1000;
  const spaced = places.filter((at, i) => i === 0 || at - (places[i - 1] as number) >= apart * 0.9);
  const before = 0.25 * signal.rateHz;
  return spaced.map((at) => ({ at, paced: signal.spikes.some((spike) => spike < at + 5 && at - spike < before) }));
}

/** So many seconds are looked at together; long recordings in turn, so that memory stays small. */
const stretchSeconds = 60;
const overlapSeconds = 4;

/**
 * The beats of a recording: spatial velocity of the QRS band over all measured leads, adaptive thresholds, refractory
 * time, T waves told apart and search back as in Pan and Tompkins, IEEE Trans Biomed Eng 1985;32:230, with the sum over
 * leads of Pan-Tompkins' single lead. Nothing is found in a trace without a lead that moves.
 */
export function findBeats(recording: Recording): FoundBeat[] {
  const leads = beatLeads(recording);
  const rate = recording.samplingFrequency;
  const length = leads[0]?.samples.length ?? 0;
  const beats: FoundBeat[] = [];
  const stretch = Math.round(stretchSeconds * rate);
  const overlap = Math.round(overlapSeconds * rate);
  for (let from = 0; from < length; from += stretch) {
    const left = Math.max(0, from - overlap);
    const signal = beatSignal(leads, rate, left, Math.min(length, from + stretch + overlap));
    for (const { at, paced } of beatsIn(signal)) {
      const sample = left + at * signal.thinning + (signal.thinning - 1) / 2;
      const atMs = (sample * 1000) / rate;
      if (sample < from || sample >= from + stretch) continue;
      if (atMs - (beats.at(-1)?.atMs ?? -1000) >= refractoryMs * 0.9) beats.push({ atMs, paced });
    }
  }
  return beats;
}
