import { ecgInvalid } from './ecg-invalid.ts';
import { isStandardLead, limbSums, twelveLeads } from './leads.ts';
import type { Recording, Trace, TraceWarning } from './trace.ts';

/** What a recorder can do. Within `usual` nothing is said; within `possible` it is said; beyond, nothing is drawn. */
const limits = {
  /** Microvolts per unit: from a 24-bit converter to an 8-bit one. */
  gain: { usual: [0.05, 100], possible: [1e-4, 5000] },
  /** Hz: DICOM allows 50 for ambulatory recordings, pacemaker spikes are recorded at up to 32,000. */
  rate: { usual: [50, 32_000], possible: [10, 200_000] },
} as const;
const EIGHT_DAYS_S = 8 * 24 * 3600;
const MAX_LEADS = 64;
/** A recording with at least so many of the twelve was meant to have them all. */
const MEANT_AS_TWELVE = 6;
const MAX_WARNINGS = 200;

const isWithin = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high;
const nameOf = ({ label, kind }: Recording, at: number) => `recording ${at + 1} (${label ?? kind})`;

function requirePossible(trace: Trace, where: string, what: 'gain' | 'rate', value: number): boolean {
  const { usual, possible } = limits[what];
  if (!isWithin(Math.abs(value), possible)) {
    const expected = `a ${what} of ${possible.join(' to ')} ${what === 'gain' ? 'uV' : 'Hz'}`;
    throw ecgInvalid({ format: trace.format, where, expected, found: String(value) });
  }
  return isWithin(Math.abs(value), usual);
}

function checkRecording(trace: Trace, recording: Recording, at: number): TraceWarning[] {
  const where = nameOf(recording, at);
  const { leads, samplingFrequency } = recording;
  const fail = (expected: string, found: string | number): never => {
    throw ecgInvalid({ format: trace.format, where, expected, found: String(found) });
  };
  if (leads.length === 0 || leads.length > MAX_LEADS) fail(`1 to ${MAX_LEADS} leads`, leads.length);
  if (!(samplingFrequency > 0)) fail('a rate above 0 Hz', samplingFrequency);
  const warnings: TraceWarning[] = [];
  if (!requirePossible(trace, where, 'rate', samplingFrequency)) {
    warnings.push({ code: 'rate-unusual', where, detail: `${samplingFrequency} Hz` });
  }
  for (const { code, samples, gain, baseline } of leads) {
    if (samples.length === 0) fail(`samples of ${code}`, 'none');
    if (samples.length / samplingFrequency > EIGHT_DAYS_S) fail('at most 8 days', `${samples.length} samples`);
    if (!Number.isFinite(baseline)) fail(`a baseline of ${code} in uV`, baseline);
    if (!requirePossible(trace, `${where} ${code}`, 'gain', gain)) {
      warnings.push({ code: 'gain-unusual', where: `${where} ${code}`, detail: `${gain} uV` });
    }
  }
  return warnings;
}

/** Leads of one recording that differ in length, as recordings of leads that do not. */
function splitUnequal(recording: Recording, at: number, warnings: TraceWarning[]): Recording[] {
  const byLength = Map.groupBy(recording.leads, ({ samples }) => samples.length);
  if (byLength.size === 1) return [recording];
  warnings.push({ code: 'leads-unequal', where: nameOf(recording, at) });
  return [...byLength].toSorted(([a], [b]) => b - a).map(([, leads]) => ({ ...recording, leads }));
}

/** The standard leads that a recording meant as twelve has not, nor can be computed from what it has. */
function missingLeads(recordings: readonly Recording[]): TraceWarning[] {
  const rhythm = recordings.filter(({ kind }) => kind === 'rhythm');
  const there = new Set(rhythm.flatMap(({ leads }) => leads.map(({ code }) => code)));
  const standard = [...there].filter(isStandardLead);
  if (standard.length < MEANT_AS_TWELVE) return [];
  const isComputable = (code: string) => code in limbSums && there.has('I') && there.has('II');
  return twelveLeads
    .filter((code) => !there.has(code) && !isComputable(code))
    .map((code) => ({ code: 'lead-missing', where: code }));
}

/**
 * Judges what a file says about itself before anything is drawn from it: what no recorder does is refused, what is
 * seldom so is warned about. Leads of unequal length become recordings of their own.
 * @returns the trace with the warnings added; a picture as it is
 * @throws HubError ecg-invalid naming recording and lead: no recording, no sample, more than 64 leads or 8 days, a gain
 * outside 0.0001 to 5000 microvolts per unit, a rate outside 10 to 200,000 Hz
 */
export function describeTrace(trace: Trace): Trace {
  if (trace.picture) return trace;
  if (trace.recordings.length === 0) {
    throw ecgInvalid({ format: trace.format, where: 'trace', expected: 'a recording', found: 'none' });
  }
  const warnings = trace.recordings.flatMap((recording, at) => checkRecording(trace, recording, at));
  const recordings = trace.recordings.flatMap((recording, at) => splitUnequal(recording, at, warnings));
  warnings.push(...missingLeads(recordings));
  const said = new Set(trace.warnings.map(({ code, where }) => `${code} ${where}`));
  const fresh = warnings.filter(({ code, where }) => !said.has(`${code} ${where}`));
  return { ...trace, recordings, warnings: [...trace.warnings, ...fresh].slice(0, MAX_WARNINGS) };
}
