import {
  type EcgMeasurements,
  maxMeasuredBeats,
  type Rhythm,
  type RhythmRun,
} from '@lianzhen/contracts/ecg-measurements.ts';

/** What one stretch of a long recording measured, and where it begins. */
export interface MeasuredStretch {
  fromMs: number;
  measured: EcgMeasurements;
}

const mostRuns = 1000;

/**
 * The numbers of a recording that is too long to be measured at once, from those of its stretches: counts and extremes
 * of all of them; intervals, axes and waves of the stretch with the usual heart rate. A pause across a border is found
 * as two shorter ones, and a run as two.
 */
export function combineStretches(stretches: readonly MeasuredStretch[], durationMs: number): EcgMeasurements | null {
  const usual = usualStretch(stretches.map(({ measured }) => measured));
  if (!usual) return null;
  const all = stretches.map(({ measured }) => measured);
  const numbers = (pick: (one: EcgMeasurements) => number | null) => all.flatMap((one) => pick(one) ?? []);
  const beatCount = all.reduce((sum, one) => sum + one.beatCount, 0);
  const intervals = all.flatMap(({ rrMs, beatCount: count }) => (rrMs === null ? [] : [{ rrMs, count }]));
  const counted = intervals.reduce((sum, { count }) => sum + count, 0);
  const rrMs = counted === 0 ? null : intervals.reduce((sum, one) => sum + one.rrMs * one.count, 0) / counted;
  return {
    ...usual,
    durationMs: Math.round(durationMs),
    heartRate: rrMs === null ? null : Math.round(60_000 / rrMs),
    rrMs: rrMs === null ? null : Math.round(rrMs),
    rrMinMs: leastOf(numbers((one) => one.rrMinMs)),
    rrMaxMs: mostOf(numbers((one) => one.rrMaxMs)),
    rhythm: rhythmOf(stretches),
    beatCount,
    beats: stretches
      .flatMap(({ fromMs, measured }) =>
        measured.beats.map((beat) => ({ ...beat, atMs: beat.atMs + Math.round(fromMs) })),
      )
      .slice(0, maxMeasuredBeats),
  };
}

function rhythmOf(stretches: readonly MeasuredStretch[]): Rhythm {
  const all = stretches.map(({ measured }) => measured.rhythm);
  const ratios = all.flatMap(({ irregularityRatio }) => irregularityRatio ?? []);
  const said = all.flatMap(({ regular }) => (regular === null ? [] : [regular]));
  const runs: RhythmRun[] = stretches.flatMap(({ fromMs, measured }) =>
    measured.rhythm.runs.map((run) => ({ ...run, startMs: run.startMs + fromMs, endMs: run.endMs + fromMs })),
  );
  const sum = (pick: (one: Rhythm) => number) => all.reduce((total, one) => total + pick(one), 0);
  return {
    regular: said.length === 0 ? null : said.every(Boolean),
    irregularityRatio: mostOf(ratios),
    longestPauseMs: mostOf(all.flatMap(({ longestPauseMs }) => longestPauseMs ?? [])),
    pauseCount: sum((one) => one.pauseCount),
    rOnTCount: sum((one) => one.rOnTCount),
    fibrillationMs: mostOf(all.flatMap(({ fibrillationMs }) => fibrillationMs ?? [])),
    // The fastest are what one looks for.
    runs: runs
      .toSorted((a, b) => b.rateBpm - a.rateBpm)
      .slice(0, mostRuns)
      .toSorted((a, b) => a.startMs - b.startMs),
  };
}

/** The stretch whose rate stands in the middle, of those that have a measured beat. */
function usualStretch(all: readonly EcgMeasurements[]): EcgMeasurements | undefined {
  const whole = all.filter(({ qrsMs, heartRate }) => qrsMs !== null && heartRate !== null);
  const sorted = whole.toSorted((a, b) => (a.heartRate ?? 0) - (b.heartRate ?? 0));
  return sorted[Math.floor(sorted.length / 2)] ?? all[0];
}

const leastOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((least, value) => Math.min(least, value));
const mostOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((most, value) => Math.max(most, value));
