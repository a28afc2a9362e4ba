import type { Fiducials, LeadMeasurement } from '@lianzhen/contracts/ecg-measurements.ts';
import type { MedianLead } from './median-beat.ts';
import { mean } from './order-statistics.ts';

/** A deflection of less counts as none, microvolts and milliseconds (CSE working party, Eur Heart J 1985;6:815: 20 uV, 6 ms). */
const leastUv = 20;
const leastMs = 6;

interface Wave {
  uv: number;
  ms: number;
}

/** The deflections of a QRS between the places where it crosses zero, in order. */
function deflections(uv: Float64Array, from: number, to: number, rateHz: number, level: number, least: number) {
  const waves: Wave[] = [];
  let start = from;
  let peak = from;
  const value = (i: number) => (uv[i] as number) - level;
  for (let i = from + 1; i <= to + 1; i += 1) {
    const isOver = i > to || Math.sign(value(i)) * Math.sign(value(peak)) < 0;
    if (!isOver) {
      if (Math.abs(value(i)) > Math.abs(value(peak))) peak = i;
      continue;
    }
    const ms = ((i - start) * 1000) / rateHz;
    // What is still growing at the end of the QRS is the beginning of a raised ST segment.
    const isSegment = i > to && peak >= to - (4 * rateHz) / 1000;
    if (Math.abs(value(peak)) >= least && ms >= leastMs && !isSegment) waves.push({ uv: value(peak), ms });
    start = i;
    peak = Math.min(i, to);
  }
  return waves;
}

/** No heart makes a volt: what says so is not measured. */
const mostUv = 1e6;

const round = (x: number | undefined) => (x === undefined || !(Math.abs(x) < mostUv) ? null : Math.round(x));

/** Names for the deflections: a negative one before any positive one is Q; a complex with no positive one is Q (QS) alone. */
function named(waves: readonly Wave[]) {
  const q = waves.find((wave, i) => wave.uv < 0 && waves.slice(0, i + 1).every((other) => other.uv < 0));
  const positive = waves.filter((wave) => wave.uv > 0);
  const negative = waves.filter((wave) => wave.uv < 0 && wave !== q);
  const [r, rPrime] = positive;
  const [s, sPrime] = negative;
  return {
    qUv: round(q?.uv),
    rUv: round(r?.uv),
    sUv: round(s?.uv),
    rPrimeUv: round(rPrime?.uv),
    sPrimeUv: round(sPrime?.uv),
    qMs: round(q?.ms),
    rMs: round(r?.ms),
    sMs: round(s?.ms),
    rPrimeMs: round(rPrime?.ms),
    sPrimeMs: round(sPrime?.ms),
  };
}

/** The value farthest from the level between two times. */
function extreme(uv: Float64Array, from: number, to: number, level: number): number | undefined {
  let most: number | undefined;
  for (let i = Math.max(0, from); i <= Math.min(uv.length - 1, to); i += 1) {
    const value = (uv[i] as number) - level;
    if (most === undefined || Math.abs(value) > Math.abs(most)) most = value;
  }
  return most;
}

/** Of the median beat: its rate, and the noise that is left in it (microvolts). */
export interface BeatQuality {
  readonly rateHz: number;
  readonly noiseUv: number;
}

/** The amplitudes of one lead of the median beat, counted from the mean of the 16 ms before the QRS. */
export function measureLead(
  { code, uv }: MedianLead,
  points: Fiducials,
  { rateHz, noiseUv }: BeatQuality,
): LeadMeasurement {
  const at = (ms: number) => Math.round((ms * rateHz) / 1000);
  const { pOn, pOff, qrsOn, qrsOff, tOn, tOff } = points;
  const none = { pUv: null, ...named([]), jUv: null, stMidUv: null, tUv: null };
  if (qrsOn === null || qrsOff === null) return { code, ...none };
  const [from, to] = [Math.max(0, at(qrsOn)), Math.min(uv.length - 1, at(qrsOff))];
  if (to <= from) return { code, ...none };
  const level = mean(uv, Math.max(0, from - at(16)), Math.max(1, from));
  // Three samples about a place, so that a single one does not decide.
  const about = (ms: number) => {
    const i = at(ms);
    return i < 1 || i >= uv.length - 1 ? undefined : mean(uv, i - 1, i + 2) - level;
  };
  return {
    code,
    pUv: pOn === null || pOff === null ? null : round(extreme(uv, at(pOn), at(pOff), level)),
    ...named(deflections(uv, from, to, rateHz, level, Math.max(leastUv, 3 * noiseUv))),
    jUv: round(about(qrsOff)),
    stMidUv: round(about(qrsOff + 60)),
    tUv: tOff === null ? null : round(extreme(uv, at(Math.max(tOn ?? 0, qrsOff + 40)), at(tOff), level)),
  };
}
