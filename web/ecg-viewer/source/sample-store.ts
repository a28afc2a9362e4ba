import type { SheetLead } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { type LabelledLead, reachOf } from '@lianzhen/ecg/sheet/labels.ts';
import { type FilterSetting, filterReach, filterSignal } from '@lianzhen/ecg/signal/filter.ts';
import { filterKey } from '../look.ts';
import type { EcgRecording, EcgSource } from './ecg-source.ts';

/** A stretch of the recording, filtered, with a little of what lies on either side so that lines meet. */
export interface SampleBlock {
  readonly startMs: number;
  readonly endMs: number;
  readonly leads: readonly (SheetLead & LabelledLead)[];
}

/** A recording up to this length is one block. */
const wholeMs = 90_000;
/** Longer than any filter reaches, so that a block and its neighbours are all that it has to see. */
const blockMs = 45_000;
const overlapMs = 100;
const maxRaw = 12;
const maxFiltered = 8;

/**
 * The samples of one recording, fetched in blocks as they are needed, filtered for showing, and forgotten when others
 * were needed since. What was fetched is never changed.
 */
export class SampleStore {
  readonly #source: EcgSource;
  readonly recording: EcgRecording;
  readonly #raw = new Map<number, readonly Float32Array[]>();
  readonly #filtered = new Map<string, SampleBlock>();
  readonly #pending = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #problem: unknown = null;
  #isClosed = false;

  constructor(source: EcgSource, recording: EcgRecording) {
    this.#source = source;
    this.recording = recording;
  }

  /** Why the last fetch failed; null while all is well. */
  get problem(): unknown {
    return this.#problem;
  }

  get blockMs(): number {
    return this.recording.durationMs <= wholeMs ? wholeMs : blockMs;
  }

  /** Told whenever samples have come or could not come. Returns a function that ends it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Numbers of the blocks that a stretch lies in. */
  blocksOf(fromMs: number, toMs: number): number[] {
    const last = this.#lastBlock();
    const first = Math.max(0, Math.floor(fromMs / this.blockMs));
    const end = Math.min(last, Math.floor(toMs / this.blockMs));
    return Array.from({ length: Math.max(0, end - first + 1) }, (_, i) => first + i);
  }

  /** A block as the filter shows it, or null while it is on its way. */
  block(number: number, filter: FilterSetting): SampleBlock | null {
    const key = `${number} ${filterKey(filter)}`;
    const known = this.#filtered.get(key);
    if (known) return touch(this.#filtered, key, known);
    const numbers = [number - 1, number, number + 1].filter((i) => i >= 0 && i <= this.#lastBlock());
    const raw = numbers.map((i) => this.#rawBlock(i));
    if (raw.some((block) => !block)) return null;
    const made = this.#filterBlock(number, numbers[0] as number, raw as (readonly Float32Array[])[], filter);
    this.#filtered.set(key, made);
    trim(this.#filtered, maxFiltered);
    return made;
  }

  /** Asks again for what could not be fetched. */
  retry(): void {
    this.#problem = null;
    this.#tell();
  }

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#raw.clear();
    this.#filtered.clear();
  }

  #lastBlock(): number {
    return Math.max(0, Math.ceil(this.recording.durationMs / this.blockMs) - 1);
  }

  #rawBlock(number: number): readonly Float32Array[] | null {
    const known = this.#raw.get(number);
    if (known) return touch(this.#raw, number, known);
    // A source that fails is asked again by a person, and not once for every picture.
    if (!this.#pending.has(number) && this.#problem === null) void this.#fetch(number);
    return null;
  }

  async #fetch(number: number): Promise<void> {
    this.#pending.add(number);
    try {
      const leads = await this.#source.samples(
        this.recording.index,
        number * this.blockMs,
        Math.min(this.recording.durationMs, (number + 1) * this.blockMs),
      );
      this.#raw.set(number, leads);
      trim(this.#raw, maxRaw);
    } catch (problem) {
      this.#problem = problem;
    } finally {
      this.#pending.delete(number);
      if (!this.#isClosed) this.#tell();
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #filterBlock(
    number: number,
    firstNumber: number,
    raw: readonly (readonly Float32Array[])[],
    filter: FilterSetting,
  ): SampleBlock {
    const { leads, samplingFrequency } = this.recording;
    const startMs = number * this.blockMs;
    const endMs = Math.min(this.recording.durationMs, startMs + this.blockMs);
    const count = (ms: number) => Math.round((ms * samplingFrequency) / 1000);
    const base = count(firstNumber * this.blockMs);
    const reach = Math.max(count(overlapMs), filterReach(filter, samplingFrequency));
    const from = Math.max(0, count(startMs) - reach - base);
    const to = count(endMs) + reach - base;
    const keepFrom = Math.max(from, count(startMs - overlapMs) - base);
    return {
      startMs,
      endMs,
      leads: leads.map(({ code, derived }, i) => {
        const all = joined(raw.map((block) => block[i] ?? new Float32Array()));
        const shown = filterSignal(all.subarray(from, to), samplingFrequency, filter);
        const samples = Float32Array.from(shown.subarray(keepFrom - from, count(endMs + overlapMs) - base - from));
        const first = ((base + keepFrom) * 1000) / samplingFrequency;
        return { code, derived, samples, samplingFrequency, startMs: first, reach: reachOf(samples) };
      }),
    };
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Moves what was just used to the end, since what is at the front is forgotten first. */
function touch<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.delete(key);
  map.set(key, value);
  return value;
}

function trim<K, V>(map: Map<K, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
