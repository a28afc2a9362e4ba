import {
  type EcgMeasurements,
  type Fiducials,
  type LeadMeasurement,
  maxMeasuredBeats,
} from '@lianzhen/contracts/ecg-measurements.ts';
import { correctQt } from '@lianzhen/contracts/ecg-qtc.ts';
import type { Recording } from '../trace.ts';
import { type ClassifiedBeat, classifyBeats, dominantBeats } from './classify-beats.ts';
import { fibrillationMs } from './fibrillation.ts';
import { findBeats } from './find-beats.ts';
import { findFiducials, noFiducials } from './find-fiducials.ts';
import { mainsOf } from './mains-hum.ts';
import { measurable } from './measurable.ts';
import { measureLead } from './measure-lead.ts';
import { type MedianBeats, medianBeat, medianWindow } from './median-beat.ts';
import { beatLeads, leadMicrovolts } from './microvolts.ts';
import { mean, quantile } from './order-statistics.ts';
import { rhythmOf } from './rhythm.ts';

/** Raise the number with every change of a result. */
export const algorithm = 'lianzhen-ecg 1';

/** The part of the measurements that follows from where the fiducial points stand. */
export type BeatMeasurements = Pick<
  EcgMeasurements,
  'pMs' | 'prMs' | 'qrsMs' | 'qtMs' | 'qtc' | 'axis' | 'sokolowUv' | 'fiducials' | 'leads'
>;

const span = (from: number | null, to: number | null) =>
  from === null || to === null || to <= from ? null : Math.round(to - from);

/** Degrees of the vector with these projections on I and aVF; aVF is augmented by half of the square root of three (Goldberger). */
function axisOf(one: number | null, foot: number | null): number | null {
  if (one === null || foot === null || Math.hypot(one, foot) < 30) return null;
  return Math.round((Math.atan2((2 * foot) / Math.sqrt(3), one) * 180) / Math.PI);
}

/** The largest positive and the largest negative deflection of a QRS together. Null where there is no QRS. */
function netUv(lead: LeadMeasurement | undefined): number | null {
  if (!lead || lead.jUv === null) return null;
  return Math.max(0, lead.rUv ?? 0, lead.rPrimeUv ?? 0) + Math.min(0, lead.qUv ?? 0, lead.sUv ?? 0, lead.sPrimeUv ?? 0);
}

function sokolow(of: (code: string) => LeadMeasurement | undefined): number | null {
  const [v1, v5, v6] = [of('V1'), of('V5'), of('V6')];
  if (!v1 || v1.jUv === null || (!v5 && !v6)) return null;
  // A complex without an R in V1 is QS: its depth is that of its Q.
  const depth = Math.max(0, -(v1.sUv ?? 0), v1.rUv === null ? -(v1.qUv ?? 0) : 0);
  const sum = Math.round(depth + Math.max(0, v5?.rUv ?? 0, v6?.rUv ?? 0));
  return sum < 1e6 ? sum : null;
}

/**
 * What the median beat measures with the points where they are: by the program, or moved by a person. `rrMs` corrects QT.
 * Throws nothing; what cannot be measured is null.
 */
export function measureFrom(median: MedianBeats, fiducials: Fiducials, rrMs: number | null): BeatMeasurements {
  const { pOn, pOff, qrsOn, qrsOff, tOff } = fiducials;
  const leads = median.leads.map((lead) => measureLead(lead, fiducials, median));
  const of = (code: string) => leads.find((lead) => lead.code === code);
  const qtMs = span(qrsOn, tOff);
  const [one, foot] = [of('I'), of('aVF')];
  return {
    pMs: span(pOn, pOff),
    prMs: span(pOn, qrsOn),
    qrsMs: span(qrsOn, qrsOff),
    qtMs,
    qtc: correctQt(qtMs, rrMs),
    axis: {
      p: axisOf(one?.pUv ?? null, foot?.pUv ?? null),
      qrs: axisOf(netUv(one), netUv(foot)),
      t: axisOf(one?.tUv ?? null, foot?.tUv ?? null),
    },
    sokolowUv: sokolow(of),
    fiducials,
    leads,
  };
}

const nothing: BeatMeasurements = {
  pMs: null,
  prMs: null,
  qrsMs: null,
  qtMs: null,
  qtc: correctQt(null, null),
  axis: { p: null, qrs: null, t: null },
  sokolowUv: null,
  fiducials: noFiducials,
  leads: [],
};

const intervalsOf = (beats: readonly ClassifiedBeat[]) =>
  beats.slice(1).map((beat, i) => beat.atMs - (beats[i] as ClassifiedBeat).atMs);

/** The median beat of the dominant beats; null when there is none with a whole window. */
export function medianOf(recording: Recording, beats: readonly ClassifiedBeat[]): MedianBeats | null {
  const intervals = intervalsOf(beats);
  // With few or wild intervals the shorter ones say how much room there is between two beats.
  const rrMs = intervals.length === 0 ? 800 : Math.max(240, Math.min(2000, quantile(intervals, 0.3)));
  const rate = recording.samplingFrequency;
  const mainsHz = mainsOf(
    beatLeads(recording).map((lead) => leadMicrovolts(lead, 0, 20 * rate)),
    rate,
  );
  const places = dominantBeats(beats).map((beat) => beat.atMs);
  return medianBeat(recording, places, { ...medianWindow(rrMs), mainsHz });
}

/** The numbers of a recording, and the median beat they come from. */
export function measureWithMedian(given: Recording): { measurements: EcgMeasurements; median: MedianBeats | null } {
  const recording = measurable(given);
  const durationMs = ((recording.leads[0]?.samples.length ?? 0) * 1000) / recording.samplingFrequency || 0;
  const beats = classifyBeats(recording, findBeats(recording));
  const intervals = intervalsOf(beats);
  const rrMs = intervals.length === 0 ? null : mean(intervals);
  const median = medianOf(recording, beats);
  const beat = median ? measureFrom(median, findFiducials(median), rrMs) : nothing;
  const { qtMs, qrsMs } = beat;
  const rhythm = rhythmOf({ beats, durationMs, qtMs, qrsMs, fibrillationMs: fibrillationMs(recording) });
  // Regular beats of one shape are a rhythm, however much like a sine they look.
  const isOrganised = rhythm.regular === true && dominantBeats(beats).length >= 0.8 * beats.length;
  const whole = (ms: number | null) => (ms === null ? null : Math.round(ms));
  const measurements: EcgMeasurements = {
    durationMs: Math.round(durationMs),
    heartRate: rrMs === null ? null : Math.round(60_000 / rrMs),
    rrMs: whole(rrMs),
    rrMinMs: whole(intervals.length === 0 ? null : intervals.reduce((least, ms) => Math.min(least, ms))),
    rrMaxMs: whole(intervals.length === 0 ? null : intervals.reduce((most, ms) => Math.max(most, ms))),
    ...beat,
    rhythm: isOrganised ? { ...rhythm, fibrillationMs: 0 } : rhythm,
    beatCount: beats.length,
    beats: beats.slice(0, maxMeasuredBeats).map(({ atMs, class: of }) => ({ atMs: Math.round(atMs), class: of })),
    algorithm,
  };
  return { measurements, median };
}

/**
 * Everything that is measured in a recording of any length and any leads, as a proposal for a person. Milliseconds,
 * microvolts, degrees and beats a minute; null where it cannot be measured. A trace without beats has no numbers but its
 * length and its pause.
 */
export const measureTrace = (recording: Recording): EcgMeasurements => measureWithMedian(recording).measurements;
