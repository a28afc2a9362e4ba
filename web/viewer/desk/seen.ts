import type { ViewerSeries } from '../source/study-model.ts';

/** Which of the sixteen parts of each frame have been on screen, by the frame's key. */
export type Seen = ReadonlyMap<string, number>;

export const nothingSeen: Seen = new Map();

const allParts = 0xffff;

/** What has been seen after these parts of a frame were on screen; the same object when they had been before. */
export function seePartsOf(seen: Seen, key: string, parts: number): Seen {
  const before = seen.get(key) ?? 0;
  const after = before | (parts & allParts);
  return after === before ? seen : new Map(seen).set(key, after);
}

/** Share of a series' pixels that have been on screen, in whole percent; 100 only when nothing is left out. */
export function seenPercent(seen: Seen, series: ViewerSeries): number {
  const parts = series.images.reduce((sum, { key }) => sum + bits(seen.get(key) ?? 0), 0);
  const all = series.images.length * 16;
  return all === 0 ? 0 : Math.floor((parts / all) * 100);
}

function bits(parts: number): number {
  let count = 0;
  for (let rest = parts; rest !== 0; rest &= rest - 1) count++;
  return count;
}
