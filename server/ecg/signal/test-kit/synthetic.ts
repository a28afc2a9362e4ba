import type { Fiducials } from '@lianzhen/contracts/ecg-measurements.ts';
import { twelveLeads } from '../../leads.ts';
import type { Lead, Recording, Trace } from '../../trace.ts';
import { type BeatShape, pieceAt, shapeOf } from './synthetic-beat.ts';
import { type Disturbance, derivedUnits, disturb } from './synthetic-leads.ts';

/** What the heart and the recorder of a test do. Every default is a healthy adult at 75 a minute. */
export interface SyntheticOptions extends Disturbance {
  seconds?: number;
  rateHz?: number;
  heartRate?: number;
  /** In this order in the recording; limb leads other than I and II are computed exactly from those two. */
  leads?: readonly string[];
  /** Microvolts of the ST segment in I, II and V1 to V6. */
  st?: Readonly<Record<string, number>>;
  /** Factor of the T wave per lead. */
  tFactor?: Readonly<Record<string, number>>;
  /** RR intervals in turn, in place of the heart rate. */
  intervalsMs?: readonly number[];
  /** Numbers (from 0) of the beats that are wide and have no P wave: extrasystoles, or a ventricular tachycardia. */
  wideBeats?: readonly number[];
  hasP?: boolean;
  prMs?: number;
  qrsMs?: number;
  qtMs?: number;
  /** Microvolts per unit. */
  gain?: number;
}

export interface SyntheticTruth {
  /** Milliseconds of the R peaks after the beginning of the trace. */
  readonly beatsMs: readonly number[];
  /** Milliseconds after the R peak of a beat, negative before it. */
  readonly fromR: Fiducials;
  readonly prMs: number | null;
  readonly qrsMs: number;
  readonly qtMs: number;
}

function beatTimes({ seconds = 10, heartRate = 75, intervalsMs }: SyntheticOptions): number[] {
  const intervals = intervalsMs?.length ? intervalsMs : [60_000 / heartRate];
  const times: number[] = [];
  for (let at = Math.min(400, intervals[0] as number), i = 0; at < seconds * 1000; i += 1) {
    times.push(at);
    at += intervals[i % intervals.length] as number;
  }
  return times;
}

/** The numbers that a perfect measurement of `syntheticTrace(options)` would find. T ends where its steepest tangent meets the baseline. */
export function syntheticTruth(options: SyntheticOptions = {}): SyntheticTruth {
  const shape = shapeOf(options);
  const { pOn, pOff, qrsOn, qrsOff, tOn, tPeak, tOff } = shape;
  return {
    beatsMs: beatTimes(options),
    fromR: { pOn: shape.hasP ? pOn : null, pOff: shape.hasP ? pOff : null, qrsOn, rPeak: 0, qrsOff, tOn, tPeak, tOff },
    prMs: shape.hasP ? qrsOn - pOn : null,
    qrsMs: qrsOff - qrsOn,
    qtMs: tOff - qrsOn,
  };
}

/** The microvolts of one measured lead, without disturbance. */
function cleanLead(
  code: string,
  options: SyntheticOptions,
  beats: readonly number[],
  normal: BeatShape,
  wide: BeatShape,
) {
  const { seconds = 10, rateHz = 500 } = options;
  const out = new Float64Array(Math.round(seconds * rateHz));
  const wideBeats = new Set(options.wideBeats);
  for (const [number, at] of beats.entries()) {
    const shape = wideBeats.has(number) ? wide : normal;
    const from = Math.max(0, Math.floor(((at + shape.startMs) * rateHz) / 1000));
    const to = Math.min(out.length, Math.ceil(((at + shape.endMs) * rateHz) / 1000) + 1);
    for (let i = from; i < to; i += 1)
      out[i] = (out[i] as number) + pieceAt(shape, code, (i * 1000) / rateHz - at, options);
  }
  return out;
}

const noFilter = { highPassHz: null, lowPassHz: null, notchHz: null };

/**
 * A 12-lead electrocardiogram of known truth: waves with ends, made of sine pieces, so that onset and offset are facts
 * and not matters of opinion. The same options give the same samples.
 */
export function syntheticTrace(options: SyntheticOptions = {}): Trace {
  const { rateHz = 500, gain = 1, leads = twelveLeads } = options;
  const beats = beatTimes(options);
  const normal = shapeOf(options);
  const wide = shapeOf({ ...options, hasP: false, qrsMs: 160, qtMs: Math.max(normal.qtMs, 300), isWide: true });
  const measured = new Map<string, Int32Array>();
  const unitsOf = (code: string): Int32Array => {
    const known = measured.get(code);
    if (known) return known;
    const clean = cleanLead(code, options, beats, normal, wide);
    const units = Int32Array.from(disturb(clean, code, options, beats), (uv) => Math.round(uv / gain));
    measured.set(code, units);
    return units;
  };
  const made = leads.map((code): Lead => {
    const sum = derivedUnits(code, unitsOf);
    if (sum)
      return { code, derived: true, samples: sum.samples, gain: gain * sum.factor, baseline: 0, filter: noFilter };
    return { code, derived: false, samples: unitsOf(code), gain, baseline: 0, filter: noFilter };
  });
  const rhythm: Recording = { kind: 'rhythm', label: null, samplingFrequency: rateHz, startMs: 0, leads: made };
  return {
    format: 'dicom',
    recordings: [rhythm],
    acquiredAt: '2026-03-01T08:00:00+08:00',
    patient: { id: 'P-1', name: '张^三', sex: 'M', birthDate: '19600101' },
    accessionNumber: null,
    device: { manufacturer: 'Synthetic', model: 'PQRST', serialNumber: '1', software: '1' },
    annotations: [],
    statements: [],
    deviceMeasurements: {},
    warnings: [],
    picture: null,
  };
}
