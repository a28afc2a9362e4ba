import type { FilterSetting } from '@lianzhen/ecg/signal/filter.ts';
import type { EcgMeta, EcgRecording, EcgSource } from '../source/ecg-source.ts';
import type { SampleStore } from '../source/sample-store.ts';

/** Lowest and highest microvolts of each column of the strip; NaN where nothing is known. */
export type Columns = Float32Array;

/** The coarsest level that still has a pair for every column; null where the recording has no overview. */
export function levelFor(levels: readonly number[], samples: number, columns: number): number | null {
  const fine = levels.filter((level) => level * columns <= samples);
  return fine.at(-1) ?? levels[0] ?? null;
}

/** Brings pairs of a level to the columns of the strip: nothing that stands out is lost. */
export function foldPairs(
  pairs: Float32Array,
  msPerPair: number,
  pairsFromMs: number,
  fromMs: number,
  toMs: number,
  columns: number,
): Columns {
  const out = new Float32Array(columns * 2).fill(Number.NaN);
  const perColumn = (toMs - fromMs) / columns;
  for (let i = 0; i * 2 + 1 < pairs.length; i++) {
    const column = Math.floor((pairsFromMs + i * msPerPair - fromMs) / perColumn);
    if (column < 0 || column >= columns) continue;
    const low = pairs[2 * i] as number;
    const high = pairs[2 * i + 1] as number;
    const isFirst = Number.isNaN(out[2 * column]);
    out[2 * column] = isFirst ? low : Math.min(low, out[2 * column] as number);
    out[2 * column + 1] = isFirst ? high : Math.max(high, out[2 * column + 1] as number);
  }
  return out;
}

/**
 * The strip over a stretch of the recording in one lead: from the overview of the source, or, where all of a short
 * recording is at hand, from its samples. Null where neither can be had.
 */
export async function readOverview(
  { source, meta, recording }: { source: EcgSource; meta: EcgMeta; recording: EcgRecording },
  lead: number,
  fromMs: number,
  toMs: number,
  columns: number,
): Promise<Columns | null> {
  const samples = ((toMs - fromMs) * recording.samplingFrequency) / 1000;
  const level = levelFor(meta.overviewLevels, samples, columns);
  if (level === null || !source.overview) return null;
  const { pairs, samplesPerPair, fromMs: pairsFromMs } = await source.overview(recording.index, level, fromMs, toMs);
  const msPerPair = (samplesPerPair * 1000) / recording.samplingFrequency;
  return foldPairs(pairs[lead] ?? new Float32Array(), msPerPair, pairsFromMs, fromMs, toMs, columns);
}

/** The same from the one block of a short recording. */
export function foldBlock(store: SampleStore, filter: FilterSetting, lead: number, columns: number): Columns | null {
  const { durationMs, samplingFrequency } = store.recording;
  if (durationMs > store.blockMs) return null;
  const samples = store.block(0, filter)?.leads[lead]?.samples;
  if (!samples) return null;
  const pairs = new Float32Array(samples.length * 2);
  samples.forEach((uv, i) => {
    pairs[2 * i] = uv;
    pairs[2 * i + 1] = uv;
  });
  return foldPairs(pairs, 1000 / samplingFrequency, 0, 0, durationMs, columns);
}
