import { z } from 'zod';
import { Line } from './fields.ts';

/** Milliseconds, microvolts, degrees and beats per minute. Null where it could not be measured: never a guess, never 0. */
const Ms = z.number().min(-1e9).max(1e9).nullable();
const Uv = z.number().min(-1e6).max(1e6).nullable();
const Degrees = z.number().min(-180).max(180).nullable();
const Bpm = z.number().min(0).max(1000).nullable();
const LeadCode = Line(16);

/** Where the waves begin and end over all leads, in milliseconds after the beginning of the median beat. */
export const Fiducials = z.object({
  pOn: Ms,
  pOff: Ms,
  qrsOn: Ms,
  rPeak: Ms,
  qrsOff: Ms,
  tOn: Ms,
  tPeak: Ms,
  tOff: Ms,
});
export type Fiducials = z.infer<typeof Fiducials>;
export type FiducialName = keyof Fiducials;
/** In the order of time. */
export const fiducialNames = ['pOn', 'pOff', 'qrsOn', 'rPeak', 'qrsOff', 'tOn', 'tPeak', 'tOff'] as const;

/** One lead of the median beat. Amplitudes are signed and count from the level just before the QRS; Q and S are negative. */
export const LeadMeasurement = z.object({
  code: LeadCode,
  /** The larger of the two phases of P. */
  pUv: Uv,
  qUv: Uv,
  rUv: Uv,
  sUv: Uv,
  rPrimeUv: Uv,
  sPrimeUv: Uv,
  qMs: Ms,
  rMs: Ms,
  sMs: Ms,
  rPrimeMs: Ms,
  sPrimeMs: Ms,
  /** At the end of the QRS, and 60 ms after it. */
  jUv: Uv,
  stMidUv: Uv,
  tUv: Uv,
});
export type LeadMeasurement = z.infer<typeof LeadMeasurement>;

export const QtCorrected = z.object({ bazettMs: Ms, fridericiaMs: Ms, framinghamMs: Ms, hodgesMs: Ms });
export type QtCorrected = z.infer<typeof QtCorrected>;

/** Beats that follow each other at 100 a minute or faster. */
export const RhythmRun = z.object({
  startMs: z.number(),
  endMs: z.number(),
  rateBpm: z.number().min(0).max(1000),
  beats: z.number().int().min(3),
  /** Most of its QRS complexes last 120 ms or longer. */
  wide: z.boolean(),
  /** Its beats differ from the dominant ones, or there are none to differ from. */
  ectopic: z.boolean(),
  irregularityRatio: z.number().min(0).max(100),
});
export type RhythmRun = z.infer<typeof RhythmRun>;

export const Rhythm = z.object({
  /** Null when there are too few beats to say. */
  regular: z.boolean().nullable(),
  /** Root mean square of successive differences of RR, over the mean RR; between dominant beats only. */
  irregularityRatio: z.number().min(0).max(100).nullable(),
  /** The longest time without a beat, the ends of the trace included. */
  longestPauseMs: Ms,
  /** Times of 3 seconds or longer without a beat. */
  pauseCount: z.number().int().min(0),
  /** Early wide beats that begin before the T wave of the beat before them has ended. */
  rOnTCount: z.number().int().min(0),
  /** The longest stretch that swings like a sine and has no QRS to be found: ventricular fibrillation or flutter. */
  fibrillationMs: Ms,
  runs: z.array(RhythmRun).max(1000),
});
export type Rhythm = z.infer<typeof Rhythm>;

/** `dominant` beats make the median beat; `paced` follow a spike of a pacemaker. */
export const BeatClass = z.enum(['dominant', 'other', 'wide', 'paced']);
export type BeatClass = z.infer<typeof BeatClass>;
export const MeasuredBeat = z.object({ atMs: z.number().min(0), class: BeatClass });
export type MeasuredBeat = z.infer<typeof MeasuredBeat>;
/** A longer recording keeps its first so many beats; its numbers are over all of them. */
export const maxMeasuredBeats = 20_000;

/** What is measured in a trace: proposed by a program, or moved by a person. */
export const EcgMeasurements = z.object({
  /** How much of the trace was looked at. */
  durationMs: z.number().min(0).max(1e10),
  heartRate: Bpm,
  /** Mean, shortest and longest interval between beats. */
  rrMs: Ms,
  rrMinMs: Ms,
  rrMaxMs: Ms,
  pMs: Ms,
  prMs: Ms,
  qrsMs: Ms,
  qtMs: Ms,
  qtc: QtCorrected,
  /** In the frontal plane; 0 is lead I, 90 is aVF. */
  axis: z.object({ p: Degrees, qrs: Degrees, t: Degrees }),
  /** S in V1 and the larger R of V5 and V6 (Sokolow and Lyon 1949). */
  sokolowUv: Uv,
  rhythm: Rhythm,
  fiducials: Fiducials,
  leads: z.array(LeadMeasurement).max(64),
  beatCount: z.number().int().min(0),
  beats: z.array(MeasuredBeat).max(maxMeasuredBeats),
  /** Name and version of what measured. */
  algorithm: Line(80),
});
export type EcgMeasurements = z.infer<typeof EcgMeasurements>;

export const QualityCode = z.enum([
  'lead-off',
  'reversed-arm-leads',
  'mains-hum',
  'baseline-wander',
  'noise',
  'saturation',
  'too-short',
]);
export type QualityCode = z.infer<typeof QualityCode>;
/** `bad`: record again while the patient still lies there. `warn`: can be read with care. */
export const QualityFinding = z.object({
  code: QualityCode,
  /** Empty: the whole trace. */
  leads: z.array(LeadCode).max(64),
  severity: z.enum(['warn', 'bad']),
  /** Microvolts of hum, wander and noise, seconds of too-short, the share (0 to 1) of lead-off and saturation; 1 for reversed leads. */
  value: z.number(),
});
export type QualityFinding = z.infer<typeof QualityFinding>;
