import type { EcgMeasurements, QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import type { Lead, Recording } from '../trace.ts';
import { lowPass, zeroPhase } from './biquad.ts';
import { humUv } from './mains-hum.ts';
import { measurable } from './measurable.ts';
import { measureTrace } from './measure.ts';
import { flatUv, leadMicrovolts } from './microvolts.ts';
import { muscleNoiseUv } from './muscle-noise.ts';
import { quantile } from './order-statistics.ts';
import { hasReversedArms } from './reversed-leads.ts';

/** From which value on a finding is a warning, and from which on the trace must be recorded again. */
const limits = {
  /** Share of the seconds in which the lead does not move. */
  'lead-off': [0.15, 0.5],
  /** Share of the samples at the end of the recorder's range. */
  saturation: [0.01, 0.1],
  /** Microvolts, peak. 0.1 mV is a millimetre on paper. */
  'mains-hum': [30, 100],
  /** Microvolts between the lowest and the highest place of the baseline. */
  'baseline-wander': [500, 1500],
  /** Microvolts, root mean square. */
  noise: [25, 60],
} as const;
type Judged = keyof typeof limits;

/** Only so much of a long recording is judged: the sender waits. */
const mostSeconds = 60;

/** Share of the seconds of a lead in which it hardly moves. */
function flatShare(uv: Float64Array, rateHz: number): number {
  const second = Math.round(rateHz);
  let [flat, all] = [0, 0];
  for (let from = 0; from + second <= uv.length || from === 0; from += second) {
    const piece = uv.subarray(from, from + second);
    const low = piece.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
    const high = piece.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
    if (!(high - low > flatUv)) flat += 1;
    all += 1;
  }
  return flat / all;
}

/** Share of the samples that stand for 30 ms or longer at the very top or bottom of the lead, at least 1 mV from its middle. */
function railedShare(uv: Float64Array, rateHz: number): number {
  const middle = quantile(uv, 0.5);
  const low = uv.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const high = uv.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  const isRail = (x: number) => (x === high && high - middle > 1000) || (x === low && middle - low > 1000);
  const least = Math.max(3, Math.round(0.03 * rateHz));
  let [railed, length] = [0, 0];
  for (let i = 0; i <= uv.length; i += 1) {
    if (i < uv.length && isRail(uv[i] as number)) {
      length += 1;
      continue;
    }
    if (length >= least) railed += length;
    length = 0;
  }
  return uv.length === 0 ? 0 : railed / uv.length;
}

/** Microvolts between the lowest and the highest place of what is slower than the heart. */
function wanderUv(uv: Float64Array, rateHz: number): number {
  // Thinned to some 20 Hz: the filter is slow, and so is what it looks for.
  const step = Math.max(1, Math.floor(rateHz / 20));
  const thin = Float64Array.from({ length: Math.floor(uv.length / step) }, (_, i) => {
    let sum = 0;
    for (let j = i * step; j < (i + 1) * step; j += 1) sum += uv[j] as number;
    return sum / step;
  });
  const section = lowPass(0.5, rateHz / step);
  if (!section || thin.length < 40) return 0;
  const slow = zeroPhase(thin, [section], (3 * rateHz) / step);
  return quantile(slow, 1) - quantile(slow, 0);
}

type Values = Record<Judged, number>;

function valuesOf(lead: Lead, rateHz: number, beatsMs: readonly number[]): Values {
  const uv = leadMicrovolts(lead, 0, Math.round(mostSeconds * rateHz));
  const none = { 'mains-hum': 0, 'baseline-wander': 0, noise: 0 };
  const off = flatShare(uv, rateHz);
  const saturation = railedShare(uv, rateHz);
  // What is torn off or at its end has neither hum nor wander that would say anything.
  if (off > limits['lead-off'][1] || saturation > limits.saturation[1]) return { ...none, 'lead-off': off, saturation };
  return {
    'lead-off': off,
    saturation,
    'mains-hum': Math.max(humUv(uv, rateHz, 50), humUv(uv, rateHz, 60)),
    'baseline-wander': wanderUv(uv, rateHz),
    noise: muscleNoiseUv(uv, rateHz, beatsMs),
  };
}

/** One finding for all leads that have the same fault to the same degree; its value is the worst of them. */
function findingsOf(code: Judged, leads: readonly { code: string; values: Values }[]): QualityFinding[] {
  const [warn, bad] = limits[code];
  const of = (severity: 'warn' | 'bad', from: number, below: number): QualityFinding[] => {
    const found = leads.filter(({ values }) => values[code] >= from && values[code] < below);
    if (found.length === 0) return [];
    const value = Math.max(...found.map(({ values }) => values[code]));
    return [{ code, leads: found.map((lead) => lead.code), severity, value: Math.round(value * 100) / 100 }];
  };
  return [...of('bad', bad, Number.POSITIVE_INFINITY), ...of('warn', warn, bad)];
}

/** The shortest trace that can be read, and the one that can be read well, in seconds. */
const [leastSeconds, wantedSeconds] = [4, 8];

function lengthFinding(seconds: number): QualityFinding[] {
  if (seconds >= wantedSeconds) return [];
  const severity = seconds < leastSeconds ? 'bad' : 'warn';
  return [{ code: 'too-short', leads: [], severity, value: Math.round(seconds * 10) / 10 }];
}

/**
 * What is wrong with a recording, for the person who recorded it while the patient still lies there; worst first. An empty
 * list is a clean trace. `measurements` of the same recording save the time of measuring again. Derived leads are not
 * judged: they have the faults of the leads they come from.
 */
export function judgeQuality(given: Recording, measurements?: EcgMeasurements): QualityFinding[] {
  const recording = measurable(given);
  const measured = measurements ?? measureTrace(recording);
  const rate = recording.samplingFrequency;
  const beatsMs = measured.beats.map((beat) => beat.atMs);
  const judged = recording.leads.filter((lead) => !lead.derived);
  const leads = judged.map((lead) => ({ code: lead.code, values: valuesOf(lead, rate, beatsMs) }));
  const codes = Object.keys(limits) as Judged[];
  const reversed: QualityFinding[] = hasReversedArms(measured)
    ? [{ code: 'reversed-arm-leads', leads: ['I', 'II', 'III', 'aVR', 'aVL'], severity: 'bad', value: 1 }]
    : [];
  const seconds = (recording.leads[0]?.samples.length ?? 0) / rate || 0;
  const found = [...lengthFinding(seconds), ...reversed, ...codes.flatMap((code) => findingsOf(code, leads))];
  return [
    ...found.filter(({ severity }) => severity === 'bad'),
    ...found.filter(({ severity }) => severity === 'warn'),
  ];
}
