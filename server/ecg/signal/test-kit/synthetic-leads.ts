/** What goes wrong between the heart and the file. Amplitudes in microvolts (peak for hum and wander, RMS for muscle noise). */
export interface Disturbance {
  noise?: {
    mainsUv?: number;
    mainsHz?: number;
    wanderUv?: number;
    wanderHz?: number;
    muscleUv?: number;
    seed?: number;
    /** Only these leads; all without it. */
    leads?: readonly string[];
  };
  /** Electrodes that have fallen off: flat. */
  leadsOff?: readonly string[];
  /** Cut at so many microvolts. */
  clipUv?: Readonly<Record<string, number>>;
  /** Spikes of a pacemaker so many milliseconds before each R peak. */
  spikesBeforeRMs?: number;
  /** Fibrillation waves of the atria. */
  fWavesUv?: number;
  rateHz?: number;
}

/** Small deterministic generator (mulberry32), so that a test's noise is the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const codeSeed = (code: string) => [...code].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);

/** The lead with hum, wander, noise, spikes and clipping; flat when its electrode is off. */
export function disturb(
  clean: Float64Array,
  code: string,
  options: Disturbance,
  beats: readonly number[],
): Float64Array {
  const { rateHz = 500, noise = {}, spikesBeforeRMs } = options;
  if (options.leadsOff?.includes(code)) return new Float64Array(clean.length);
  const isNoisy = noise.leads === undefined || noise.leads.includes(code);
  const random = seededRandom((noise.seed ?? 1) * 1000 + codeSeed(code));
  const { mainsUv = 0, mainsHz = 50, wanderUv = 0, wanderHz = 0.25, muscleUv = 0 } = isNoisy ? noise : {};
  const phase = random() * 6;
  const { fWavesUv = 0 } = options;
  const out = clean.map((uv, i) => {
    const turn = (2 * Math.PI * i) / rateHz;
    const hum = mainsUv * Math.sin(turn * mainsHz + phase) + wanderUv * Math.sin(turn * wanderHz + phase);
    // Twelve uniform numbers add up to nearly a normal one.
    const muscle = muscleUv === 0 ? 0 : muscleUv * (Array.from({ length: 12 }, random).reduce((a, b) => a + b, 0) - 6);
    const atria = fWavesUv * Math.sin(turn * 6.3 + 2 * Math.sin(turn * 0.7) + phase);
    return uv + hum + muscle + atria;
  });
  if (spikesBeforeRMs !== undefined) {
    for (const at of beats) {
      const place = Math.round(((at - spikesBeforeRMs) * rateHz) / 1000);
      if (place >= 0 && place < out.length) out[place] = (out[place] as number) + 2500;
    }
  }
  const limit = options.clipUv?.[code];
  return limit === undefined ? out : out.map((uv) => Math.max(-limit, Math.min(limit, uv)));
}

/** Limb leads as whole numbers of units of I and II: sums keep the gain, Goldberger's leads have half of it. */
export function derivedUnits(
  code: string,
  unitsOf: (code: string) => Int32Array,
): { samples: Int32Array; factor: number } | null {
  const weights: Record<string, readonly [number, number, number]> = {
    III: [-1, 1, 1],
    aVR: [-1, -1, 0.5],
    '-aVR': [1, 1, 0.5],
    aVL: [2, -1, 0.5],
    aVF: [-1, 2, 0.5],
  };
  const [one, two, factor] = weights[code] ?? [0, 0, 0];
  if (factor === 0) return null;
  const [i, ii] = [unitsOf('I'), unitsOf('II')];
  return { samples: i.map((unit, at) => one * unit + two * (ii[at] as number)), factor };
}
