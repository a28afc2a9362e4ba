import type { Rhythm, RhythmRun } from '@lianzhen/contracts/ecg-measurements.ts';
import type { ClassifiedBeat } from './classify-beats.ts';

/** RR of a run: 100 beats a minute or faster. */
const runRrMs = 600;
/** Times without a beat that count as a pause. */
const pauseMs = 3000;
/** Above this the rhythm is irregular (RMSSD over mean RR; Dash et al., Ann Biomed Eng 2009;37:1701 use 0.1). */
const irregularRatio = 0.1;
const mostRuns = 1000;

/** Root mean square of the differences of neighbours over the mean; null for fewer than three intervals. */
function irregularity(intervals: readonly (number | null)[]): number | null {
  let [squares, pairs, sum, count] = [0, 0, 0, 0];
  for (const [i, interval] of intervals.entries()) {
    if (interval === null) continue;
    sum += interval;
    count += 1;
    const next = intervals[i + 1];
    if (next === undefined || next === null) continue;
    squares += (next - interval) ** 2;
    pairs += 1;
  }
  return pairs < 2 ? null : Math.round((Math.sqrt(squares / pairs) / (sum / count)) * 1000) / 1000;
}

function runOf(beats: readonly ClassifiedBeat[], from: number, to: number): RhythmRun | null {
  const inside = beats.slice(from, to + 1);
  const [first, last] = [inside[0], inside.at(-1)];
  if (!first || !last || inside.length < 3) return null;
  const intervals = inside.slice(1).map((beat, i) => beat.atMs - (inside[i] as ClassifiedBeat).atMs);
  const lasted = last.atMs - first.atMs;
  const most = (test: (beat: ClassifiedBeat) => boolean) => inside.filter(test).length * 2 > inside.length;
  // When every beat is fast there is no slower rhythm to call the normal one.
  const isAll = inside.length === beats.length;
  return {
    startMs: Math.round(first.atMs),
    endMs: Math.round(last.atMs),
    rateBpm: Math.round((60_000 * intervals.length) / lasted),
    beats: inside.length,
    wide: most((beat) => beat.isWide),
    ectopic: isAll || most((beat) => beat.class === 'other' || beat.class === 'wide'),
    irregularityRatio: irregularity(intervals) ?? 0,
  };
}

/** Whether a run ends between two beats: their interval is too long, or narrow beats turn wide or wide ones narrow. */
const breaks = (one: ClassifiedBeat, next: ClassifiedBeat) =>
  next.atMs - one.atMs > runRrMs || one.isWide !== next.isWide;

/** At least three beats in turn at 100 a minute or faster, all wide or all narrow. */
export function findRuns(beats: readonly ClassifiedBeat[]): RhythmRun[] {
  const runs: RhythmRun[] = [];
  let from = 0;
  for (let i = 1; i <= beats.length && runs.length < mostRuns; i += 1) {
    const [one, next] = [beats[i - 1], beats[i]];
    if (one && next && !breaks(one, next)) continue;
    const run = runOf(beats, from, i - 1);
    if (run) runs.push(run);
    from = i;
  }
  return runs;
}

/** Times without a beat, the beginning and the end of the trace included. */
function gaps(beats: readonly ClassifiedBeat[], durationMs: number): number[] {
  const times = [0, ...beats.map((beat) => beat.atMs), durationMs];
  return times.slice(1).map((at, i) => at - (times[i] as number));
}

/** Early wide beats whose QRS begins before the T wave of the beat before them has ended. */
function countROnT(beats: readonly ClassifiedBeat[], qtMs: number | null, qrsMs: number | null): number {
  if (qtMs === null) return 0;
  // Between the R peaks; the QRS of the wide beat begins before its own peak, about half of its width.
  const limit = qtMs - (qrsMs ?? 90) / 2 + wideHalfMs;
  return beats.filter((beat, i) => {
    const before = beats[i - 1];
    return beat.class === 'wide' && before?.class === 'dominant' && beat.atMs - before.atMs < limit;
  }).length;
}
const wideHalfMs = 70;

export interface RhythmInput {
  readonly beats: readonly ClassifiedBeat[];
  readonly durationMs: number;
  readonly qtMs: number | null;
  readonly qrsMs: number | null;
  readonly fibrillationMs: number | null;
}

/** Regularity, pauses, runs and early beats of a whole recording. */
export function rhythmOf({ beats, durationMs, qtMs, qrsMs, fibrillationMs }: RhythmInput): Rhythm {
  const own = new Set(['dominant', 'paced']);
  const intervals = beats.slice(1).map((beat, i) => {
    const before = beats[i] as ClassifiedBeat;
    return own.has(beat.class) && own.has(before.class) ? beat.atMs - before.atMs : null;
  });
  const ratio = irregularity(intervals);
  const silent = gaps(beats, durationMs);
  return {
    regular: ratio === null ? null : ratio < irregularRatio,
    irregularityRatio: ratio,
    longestPauseMs: Math.round(silent.reduce((most, gap) => Math.max(most, gap), 0)),
    pauseCount: silent.filter((gap) => gap >= pauseMs).length,
    rOnTCount: countROnT(beats, qtMs, qrsMs),
    fibrillationMs,
    runs: findRuns(beats),
  };
}
