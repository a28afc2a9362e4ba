import { type DerivedLead, isStandardLead, limbSums, twelveLeads } from './leads.ts';
import type { Lead, RecordedFilter, Recording, Trace, TraceWarning } from './trace.ts';

export interface CompletedRecording {
  readonly recording: Recording;
  readonly warnings: readonly TraceWarning[];
}

/** Two gains that are in a ratio of whole numbers up to this have a unit in common. */
const MAX_RATIO = 64;

interface CommonUnit {
  /** Microvolts. */
  readonly unit: number;
  /** What a sample of I and of II is in it. */
  readonly i: number;
  readonly ii: number;
}

/**
 * The largest unit in which samples of both leads are whole: the same for equal gains, else that of p / q. Where there is
 * none up to 64, a 64th of the finer gain; samples are then rounded to it, which is 1/128 of a stored unit at most.
 */
function commonUnit(gainI: number, gainII: number): CommonUnit {
  for (let q = 1; q <= MAX_RATIO; q += 1) {
    const p = Math.round((gainI / gainII) * q);
    if (p === 0 || Math.abs(p) > MAX_RATIO) continue;
    if (Math.abs(gainI * q - gainII * p) <= 1e-12 * Math.abs(gainI * q)) return { unit: gainII / q, i: p, ii: q };
  }
  const unit = Math.min(Math.abs(gainI), Math.abs(gainII)) / MAX_RATIO;
  return { unit, i: gainI / unit, ii: gainII / unit };
}

interface Sum {
  readonly gain: number;
  readonly baseline: number;
  /** Units per sample of I and of II. */
  readonly i: number;
  readonly ii: number;
}

/** A limb lead as whole units: halves are avoided by counting in half units, so that Goldberger's leads stay exact. */
function sumOf(code: DerivedLead, one: Lead, two: Lead): Sum {
  const weights = limbSums[code];
  const common = commonUnit(one.gain, two.gain);
  const parts = code === 'III' ? 1 : 2;
  return {
    gain: common.unit / parts,
    // Adding 0 keeps a minus sign from a baseline of nothing.
    baseline: weights.I * one.baseline + weights.II * two.baseline + 0,
    i: weights.I * parts * common.i,
    ii: weights.II * parts * common.ii,
  };
}

const sameOrNone = (a: number | null, b: number | null) => (a === b ? a : null);
const commonFilter = (a: RecordedFilter, b: RecordedFilter): RecordedFilter => ({
  highPassHz: sameOrNone(a.highPassHz, b.highPassHz),
  lowPassHz: sameOrNone(a.lowPassHz, b.lowPassHz),
  notchHz: sameOrNone(a.notchHz, b.notchHz),
});

/** @returns undefined where a sum does not fit 32 bits */
function compute(code: DerivedLead, one: Lead, two: Lead): Lead | undefined {
  const { gain, baseline, i, ii } = sumOf(code, one, two);
  const samples = new Int32Array(one.samples.length);
  for (let at = 0; at < samples.length; at += 1) {
    const value = Math.round(i * (one.samples[at] as number) + ii * (two.samples[at] as number));
    samples[at] = value;
    if (samples[at] !== value) return undefined;
  }
  return { code, derived: true, samples, gain, baseline, filter: commonFilter(one.filter, two.filter) };
}

/** A share of samples may lie outside: recorders blank and fill single samples. */
const TOLERATED_SHARE = 0.01;

/**
 * How a stored limb lead stands to the sum of I and II. `tolerance` is two steps of the coarsest of the three leads, for
 * the rounding of each, and 5 microvolts.
 */
function compare(stored: Lead, one: Lead, two: Lead): { agrees: boolean; largestUv: number } {
  const weights = limbSums[stored.code as DerivedLead];
  const tolerance = 2 * Math.max(...[stored, one, two].map(({ gain }) => Math.abs(gain))) + 5;
  let outside = 0;
  let largestUv = 0;
  for (let at = 0; at < one.samples.length; at += 1) {
    const i = (one.samples[at] as number) * one.gain + one.baseline;
    const ii = (two.samples[at] as number) * two.gain + two.baseline;
    const own = (stored.samples[at] as number) * stored.gain + stored.baseline;
    const difference = Math.abs(own - weights.I * i - weights.II * ii);
    if (difference > tolerance) outside += 1;
    if (difference > largestUv) largestUv = difference;
  }
  return { agrees: outside <= TOLERATED_SHARE * one.samples.length, largestUv };
}

function completeOne(code: DerivedLead, { leads }: Recording, one: Lead, two: Lead, warnings: TraceWarning[]) {
  const stored = leads.find((lead) => lead.code === code);
  if (!stored) {
    const computed = compute(code, one, two);
    if (!computed) warnings.push({ code: 'lead-missing', where: code, detail: 'its sums need more than 32 bits' });
    return computed ? [computed] : [];
  }
  const { agrees, largestUv } = compare(stored, one, two);
  if (!agrees) warnings.push({ code: 'derived-disagrees', where: code, detail: `${Math.round(largestUv)} uV` });
  // What equals the sum was computed by the recorder, whether it says so or not.
  return [agrees && !stored.derived ? { ...stored, derived: true } : stored];
}

const isSum = (code: string): boolean => code in limbSums;

function inOrder(leads: readonly Lead[]): Lead[] {
  const standard = twelveLeads.flatMap((code) => leads.find((lead) => lead.code === code) ?? []);
  return [...standard, ...leads.filter((lead) => !isStandardLead(lead.code))];
}

/**
 * A recording with all six limb leads, where it has I and II. What is missing of III = II - I, aVR = -(I + II) / 2,
 * aVL = I - II / 2 and aVF = II - I / 2 (Einthoven 1913, Goldberger 1942) is computed without rounding: in the unit that
 * the gains of I and II have in common, and in half of it where the formula has halves. Gain and baseline depend on those
 * of I and II alone, never on the samples, so that any stretch of a recording gives the same lead. Computed leads are
 * marked `derived`, and so are stored ones that equal the sum; stored ones that do not stay as they are, with the warning
 * `derived-disagrees`.
 * Leads come in the order of the standard electrocardiogram, others behind them as they were.
 */
export function completeLeads(recording: Recording): CompletedRecording {
  const [one, two] = ['I', 'II'].map((code) => recording.leads.find((lead) => lead.code === code));
  if (!one || !two) return { recording: { ...recording, leads: inOrder(recording.leads) }, warnings: [] };
  if (recording.leads.some(({ samples }) => samples.length !== one.samples.length)) {
    return { recording, warnings: [{ code: 'leads-unequal', where: recording.label ?? recording.kind }] };
  }
  const warnings: TraceWarning[] = [];
  const sums = (Object.keys(limbSums) as DerivedLead[]).flatMap((code) =>
    completeOne(code, recording, one, two, warnings),
  );
  const others = recording.leads.filter(({ code }) => !isSum(code));
  return { recording: { ...recording, leads: inOrder([...others, ...sums]) }, warnings };
}

/** A trace whose recordings are all completed; its warnings say where stored leads contradict each other. */
export function completeTrace(trace: Trace): Trace {
  const completed = trace.recordings.map(completeLeads);
  return {
    ...trace,
    recordings: completed.map(({ recording }) => recording),
    warnings: [...trace.warnings, ...completed.flatMap(({ warnings }) => warnings)],
  };
}
