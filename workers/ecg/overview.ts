import { encodeValues, type OverviewFile } from '@lianzhen/contracts/ecg-window.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';

/** Samples of the finest level's pairs: at 500 Hz a screen of it is three minutes, and what is shorter is drawn from samples. */
const finest = 64;
const step = 4;
/** A level with so few pairs needs none above it. */
const coarsePairs = 2000;
/** Of one recording, all leads: what a process holds while it makes the overview. */
const mostBytes = 64 * 1024 * 1024;

interface Level {
  samplesPerPair: number;
  /** Lowest and highest by turns, one array for each lead. */
  pairs: Float32Array[];
}

/** Lowest and highest of every so many samples of a recording that is read once, stretch by stretch. */
export class OverviewBuilder {
  readonly #level: Level;
  #at = 0;

  constructor(leads: number, sampleCount: number) {
    let samplesPerPair = finest;
    while (Math.ceil(sampleCount / samplesPerPair) * 8 * leads > mostBytes) samplesPerPair *= step;
    const length = Math.ceil(sampleCount / samplesPerPair) * 2;
    this.#level = {
      samplesPerPair,
      pairs: Array.from({ length: leads }, () => new Float32Array(length).fill(Number.NaN)),
    };
  }

  /** The next stretch of all leads, in microvolts; NaN where nothing was recorded. */
  add(leads: readonly Float64Array[]): void {
    const { samplesPerPair, pairs } = this.#level;
    for (const [index, values] of leads.entries()) {
      const into = pairs[index];
      if (!into) continue;
      for (let place = 0; place < values.length; place++)
        widen(into, Math.floor((this.#at + place) / samplesPerPair), values[place] as number);
    }
    this.#at += leads[0]?.length ?? 0;
  }

  levels(): Level[] {
    const all = [this.#level];
    for (let level = this.#level; (level.pairs[0]?.length ?? 0) / 2 > coarsePairs; ) {
      level = { samplesPerPair: level.samplesPerPair * step, pairs: level.pairs.map(coarser) };
      all.push(level);
    }
    return all;
  }
}

/** Comparisons with NaN are false: a pair takes the first value that there is, and none that there is not. */
function widen(pairs: Float32Array, pair: number, value: number): void {
  const [low, high] = [pairs[pair * 2] ?? Number.NaN, pairs[pair * 2 + 1] ?? Number.NaN];
  if (value < low || (Number.isNaN(low) && !Number.isNaN(value))) pairs[pair * 2] = value;
  if (value > high || (Number.isNaN(high) && !Number.isNaN(value))) pairs[pair * 2 + 1] = value;
}

function coarser(fine: Float32Array): Float32Array {
  const pairs = new Float32Array(Math.ceil(fine.length / 2 / step) * 2).fill(Number.NaN);
  for (let index = 0; index < fine.length; index++) widen(pairs, Math.floor(index / 2 / step), fine[index] as number);
  return pairs;
}

/** Writes the levels of all long recordings into one blob. */
export async function writeOverview(
  blobs: Pick<BlobStore, 'write'>,
  recordings: ReadonlyMap<number, Level[]>,
): Promise<OverviewFile> {
  const levels: OverviewFile['levels'] = [];
  let offset = 0;
  for (const [recording, all] of recordings) {
    for (const { samplesPerPair, pairs } of all) {
      const length = pairs.reduce((sum, values) => sum + values.byteLength, 0);
      levels.push({ recording, samplesPerPair, pairCount: (pairs[0]?.length ?? 0) / 2, offset, length });
      offset += length;
    }
  }
  const { place } = await blobs.write(bytesOf(recordings), { maxBytes: offset });
  return { blob: place, levels };
}

async function* bytesOf(recordings: ReadonlyMap<number, Level[]>): AsyncGenerator<Uint8Array> {
  for (const levels of recordings.values())
    for (const { pairs } of levels) for (const values of pairs) yield encodeValues(values);
}
