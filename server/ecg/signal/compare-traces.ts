import type { EcgMeasurements, LeadMeasurement } from '@lianzhen/contracts/ecg-measurements.ts';
import { alignBeats } from './align-beats.ts';
import type { MedianBeats } from './median-beat.ts';
import { correlation } from './order-statistics.ts';

/** A trace with its numbers and its median beat. */
export interface ComparedTrace {
  readonly measurements: EcgMeasurements;
  readonly median: MedianBeats | null;
}

/** One line of the table: a number of the whole trace, or of one lead. */
export interface ComparisonRow {
  readonly measure: string;
  readonly lead: string | null;
  readonly before: number | null;
  readonly after: number | null;
  /** `after` less `before`; of axes the shorter way round. Null when one of them was not measured. */
  readonly difference: number | null;
  readonly unit: 'ms' | 'uV' | 'bpm' | 'deg';
  /** Larger than what two recordings of an unchanged heart differ by. */
  readonly isNotable: boolean;
}

export interface ComparedLead {
  readonly code: string;
  /** Microvolts at `rateHz`, counted from the level before the QRS. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Of the two curves over QRS, ST segment and T wave. */
  readonly correlation: number;
}

export interface Comparison {
  readonly rateHz: number;
  /** Milliseconds from the beginning of the curves to the onset of the QRS of both. */
  readonly qrsOnMs: number;
  readonly leads: readonly ComparedLead[];
  readonly rows: readonly ComparisonRow[];
}

/** Differences up to here are those of another day and other electrode places (Schijvenaars et al., J Electrocardiol 2008;41:190, in round numbers). */
const usual = { bpm: 15, deg: 30, ms: 20, qt: 40, uV: 300, st: 100 } as const;

const wholeMeasures: readonly [string, (of: EcgMeasurements) => number | null, ComparisonRow['unit'], number][] = [
  ['heartRate', (of) => of.heartRate, 'bpm', usual.bpm],
  ['pMs', (of) => of.pMs, 'ms', usual.ms],
  ['prMs', (of) => of.prMs, 'ms', usual.ms],
  ['qrsMs', (of) => of.qrsMs, 'ms', usual.ms],
  ['qtMs', (of) => of.qtMs, 'ms', usual.qt],
  ['qtcBazettMs', (of) => of.qtc.bazettMs, 'ms', usual.qt],
  ['qtcFridericiaMs', (of) => of.qtc.fridericiaMs, 'ms', usual.qt],
  ['axisP', (of) => of.axis.p, 'deg', usual.deg],
  ['axisQrs', (of) => of.axis.qrs, 'deg', usual.deg],
  ['axisT', (of) => of.axis.t, 'deg', usual.deg],
  ['sokolowUv', (of) => of.sokolowUv, 'uV', 2 * usual.uV],
];
const leadMeasures: readonly [keyof LeadMeasurement & string, number][] = [
  ['qUv', usual.uV],
  ['rUv', 2 * usual.uV],
  ['sUv', 2 * usual.uV],
  ['jUv', usual.st],
  ['stMidUv', usual.st],
  ['tUv', usual.uV],
];

function differenceOf(before: number | null, after: number | null, unit: ComparisonRow['unit']): number | null {
  if (before === null || after === null) return null;
  const plain = after - before;
  return unit === 'deg' ? ((((plain + 180) % 360) + 360) % 360) - 180 : plain;
}

function rowOf(
  measure: string,
  lead: string | null,
  pair: [number | null, number | null],
  unit: ComparisonRow['unit'],
  limit: number,
) {
  const [before, after] = pair;
  const difference = differenceOf(before, after, unit);
  const isNotable = difference !== null && Math.abs(difference) > limit;
  return { measure, lead, before, after, difference, unit, isNotable };
}

/** The table alone: numbers of the whole first, then of every lead that both traces have. */
export function comparisonRows(before: EcgMeasurements, after: EcgMeasurements): ComparisonRow[] {
  const whole = wholeMeasures.map(([name, of, unit, limit]) => rowOf(name, null, [of(before), of(after)], unit, limit));
  const leads = after.leads.flatMap((lead) => {
    const earlier = before.leads.find((other) => other.code === lead.code);
    if (!earlier) return [];
    return leadMeasures.map(([name, limit]) => {
      const value = (of: LeadMeasurement) => (typeof of[name] === 'number' ? of[name] : null);
      return rowOf(name, lead.code, [value(earlier), value(lead)], 'uV', limit);
    });
  });
  return [...whole, ...leads];
}

/** The curve at another rate, from `fromMs` on, by straight lines between its samples; zero beyond its ends. */
function resampled(uv: Float64Array, rateHz: number, fromMs: number, outHz: number, length: number): Float64Array {
  const out = new Float64Array(length);
  for (let i = 0; i < length; i += 1) {
    const at = ((fromMs + (i * 1000) / outHz) * rateHz) / 1000;
    const below = Math.floor(at);
    const [a, b] = [uv[below], uv[below + 1] ?? uv[below]];
    if (a !== undefined && b !== undefined) out[i] = a + (at - below) * (b - a);
  }
  return out;
}

interface Placed {
  readonly median: MedianBeats;
  readonly onMs: number;
}

function placed({ median, measurements }: ComparedTrace): Placed | null {
  const onMs = measurements.fiducials.qrsOn;
  return median && onMs !== null ? { median, onMs } : null;
}

const lengthMs = (median: MedianBeats) => (((median.leads[0]?.uv.length ?? 1) - 1) * 1000) / median.rateHz;

/** The curve of a lead so that its QRS begins at `qrsOnMs`, from its level there. */
function curve(
  { median, onMs }: Placed,
  code: string,
  rateHz: number,
  qrsOnMs: number,
  length: number,
): Float64Array | null {
  const lead = median.leads.find((one) => one.code === code);
  if (!lead) return null;
  const out = resampled(lead.uv, median.rateHz, onMs - qrsOnMs, rateHz, length);
  const level = out[Math.max(0, Math.round(((qrsOnMs - 4) * rateHz) / 1000))] as number;
  return out.map((uv) => uv - level);
}

/** How long both median beats last after the beginning of the QRS, with something to spare for moving. */
const sharedMs = (one: Placed, other: Placed) =>
  Math.min(lengthMs(one.median) - one.onMs, lengthMs(other.median) - other.onMs);

const mostShiftMs = 12;

/** `other` moved by some milliseconds so that its QRS lies on that of `one`: two onsets are never found alike. */
function alignedTo(one: Placed, other: Placed, codes: readonly string[], rateHz: number): Placed {
  const lead = 40;
  const length = Math.floor(((lead + Math.min(200, sharedMs(one, other))) * rateHz) / 1000);
  const of = (side: Placed) => codes.map((code) => curve(side, code, rateHz, lead, length)).filter((uv) => uv !== null);
  const margin = Math.round((mostShiftMs * rateHz) / 1000);
  const centre = Math.round(((lead + 45) * rateHz) / 1000);
  const half = Math.round((60 * rateHz) / 1000);
  if (centre + half + margin >= length) return other;
  const [, shift = 0] = alignBeats([of(one), of(other)], centre, half, margin);
  return { ...other, onMs: other.onMs + (shift * 1000) / rateHz };
}

/**
 * Two traces of one patient, of any format, rate and length: their median beats laid on each other by their QRS, at the
 * higher of their rates, over the time that both have; and the table of what changed. Without a median beat in one of
 * them there are no curves. `before` is the earlier trace.
 */
export function compareTraces(before: ComparedTrace, after: ComparedTrace): Comparison {
  const rows = comparisonRows(before.measurements, after.measurements);
  const [one, unmoved] = [placed(before), placed(after)];
  if (!one || !unmoved) return { rateHz: 0, qrsOnMs: 0, leads: [], rows };
  const rateHz = Math.max(one.median.rateHz, unmoved.median.rateHz);
  const codes = unmoved.median.leads.map((lead) => lead.code);
  const shared = codes.filter((code) => one.median.leads.some((lead) => lead.code === code));
  const other = alignedTo(one, unmoved, shared, rateHz);
  const qrsOnMs = Math.min(one.onMs, other.onMs);
  const length = Math.max(1, Math.floor(((qrsOnMs + sharedMs(one, other)) * rateHz) / 1000) + 1);
  const from = Math.max(0, Math.round((qrsOnMs * rateHz) / 1000));
  // Beyond T stands the P wave of the next beat, which another heart rate has elsewhere.
  const lasts = [before, after].map(({ measurements }) => measurements.qtMs ?? 600);
  const to = from + Math.round((Math.max(...lasts) * rateHz) / 1000);
  const leads = shared.flatMap((code): ComparedLead[] => {
    const [earlier, later] = [one, other].map((side) => curve(side, code, rateHz, qrsOnMs, length));
    if (!earlier || !later) return [];
    const like = correlation(earlier.subarray(from, to), later.subarray(from, to));
    return [{ code, before: earlier, after: later, correlation: Math.round(like * 1000) / 1000 }];
  });
  return { rateHz, qrsOnMs, leads, rows };
}
