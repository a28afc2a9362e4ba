/** The lowest and the highest unit of every `samplesPerBin` samples of one lead. */
export interface PyramidLevel {
  readonly samplesPerBin: number;
  readonly min: Int32Array;
  readonly max: Int32Array;
}
/** Levels of one lead, the finest first. */
export type LeadPyramid = readonly PyramidLevel[];

export interface Pyramid {
  readonly sampleCount: number;
  readonly leads: readonly LeadPyramid[];
}

/** Samples per bin of the finest level: below it the viewer reads the samples themselves. */
export const finestBin = 32;
/** Each level has a quarter of the bins of the one below it. */
export const levelFactor = 4;
/** A level with fewer bins than a screen has columns is the last one. */
const enoughBins = 2048;

/** Numbers that are added one by one; doubles its room when it is full. */
class GrowingInts {
  #room = new Int32Array(1024);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#room.length) {
      const wider = new Int32Array(this.#room.length * 2);
      wider.set(this.#room);
      this.#room = wider;
    }
    this.#room[this.#length] = value;
    this.#length += 1;
  }

  taken(): Int32Array {
    return this.#room.slice(0, this.#length);
  }
}

interface OpenBin {
  low: number;
  high: number;
  count: number;
}
const emptyBin = (): OpenBin => ({ low: 2_147_483_647, high: -2_147_483_648, count: 0 });

interface LeadState {
  readonly min: GrowingInts;
  readonly max: GrowingInts;
  bin: OpenBin;
}

function closeBin(state: LeadState): void {
  state.min.add(state.bin.low);
  state.max.add(state.bin.high);
  state.bin = emptyBin();
}

function coarser({ samplesPerBin, min, max }: PyramidLevel): PyramidLevel {
  const count = Math.ceil(min.length / levelFactor);
  const out = { samplesPerBin: samplesPerBin * levelFactor, min: new Int32Array(count), max: new Int32Array(count) };
  for (let bin = 0; bin < count; bin += 1) {
    let [low, high] = [2_147_483_647, -2_147_483_648];
    for (let i = bin * levelFactor; i < Math.min(min.length, (bin + 1) * levelFactor); i += 1) {
      low = Math.min(low, min[i] as number);
      high = Math.max(high, max[i] as number);
    }
    out.min[bin] = low;
    out.max[bin] = high;
  }
  return out;
}

/**
 * Builds the min/max pyramid of a recording of any length from chunks in the order of time, in one pass; it holds a
 * sixteenth of the samples. Every excursion of a single sample is seen at every level.
 */
export class PyramidBuilder {
  readonly #leads: LeadState[];
  #sampleCount = 0;

  constructor(leadCount: number) {
    this.#leads = Array.from({ length: leadCount }, () => ({
      min: new GrowingInts(),
      max: new GrowingInts(),
      bin: emptyBin(),
    }));
  }

  /** One array of units per lead, all of the same length. Throws a RangeError when they are not. */
  add(chunks: readonly Int32Array[]): void {
    const length = chunks[0]?.length ?? 0;
    if (chunks.length !== this.#leads.length || chunks.some((chunk) => chunk.length !== length)) {
      throw new RangeError(`a chunk needs ${this.#leads.length} leads of one length`);
    }
    for (const [lead, state] of this.#leads.entries()) {
      for (const unit of chunks[lead] as Int32Array) {
        const { bin } = state;
        if (unit < bin.low) bin.low = unit;
        if (unit > bin.high) bin.high = unit;
        bin.count += 1;
        if (bin.count === finestBin) closeBin(state);
      }
    }
    this.#sampleCount += length;
  }

  /** The pyramid of all that was added. Nothing can be added afterwards. */
  finish(): Pyramid {
    const leads = this.#leads.map((state) => {
      if (state.bin.count > 0) closeBin(state);
      const levels: PyramidLevel[] = [{ samplesPerBin: finestBin, min: state.min.taken(), max: state.max.taken() }];
      for (let last = levels[0] as PyramidLevel; last.min.length > enoughBins; levels.push(last)) last = coarser(last);
      return levels;
    });
    return { sampleCount: this.#sampleCount, leads };
  }
}

/** The pyramid of leads that are in memory already. */
export function buildPyramid(leads: readonly Int32Array[]): Pyramid {
  const builder = new PyramidBuilder(leads.length);
  builder.add(leads);
  return builder.finish();
}

/**
 * The number of the coarsest level that still has a bin per column when samples `from` to `to` are drawn into so many
 * columns; null when even the finest is too coarse and the samples themselves must be read.
 */
export function levelFor(levelCount: number, samples: number, columns: number): number | null {
  const perColumn = samples / Math.max(1, columns);
  if (perColumn < finestBin) return null;
  const level = Math.floor(Math.log(perColumn / finestBin) / Math.log(levelFactor) + 1e-9);
  return Math.min(levelCount - 1, level);
}

/** Lowest and highest unit of each column when samples `from` to `to` are drawn into `columns` of equal width. */
export function readColumns({ samplesPerBin, min, max }: PyramidLevel, from: number, to: number, columns: number) {
  const out = { min: new Int32Array(columns), max: new Int32Array(columns) };
  const width = (to - from) / columns / samplesPerBin;
  for (let column = 0; column < columns; column += 1) {
    const start = from / samplesPerBin + column * width;
    const first = Math.max(0, Math.min(min.length - 1, Math.floor(start)));
    const last = Math.max(first, Math.min(min.length - 1, Math.ceil(start + width) - 1));
    let [low, high] = [min[first] ?? 0, max[first] ?? 0];
    for (let bin = first + 1; bin <= last; bin += 1) {
      low = Math.min(low, min[bin] as number);
      high = Math.max(high, max[bin] as number);
    }
    out.min[column] = low;
    out.max[column] = high;
  }
  return out;
}
