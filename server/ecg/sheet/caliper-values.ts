import type { Caliper } from '@lianzhen/contracts/ecg.ts';

/** What a caliper measures: milliseconds with the rate they are the interval of, or microvolts. */
export function caliperValue(caliper: Caliper): { ms: number; bpm: number | null; uv: number | null } {
  const ms = Math.abs(caliper.toMs - caliper.fromMs);
  const uv = caliper.fromUv === null || caliper.toUv === null ? null : caliper.toUv - caliper.fromUv;
  return { ms, bpm: ms > 0 ? 60_000 / ms : null, uv };
}

/** `412 ms · 146/min`, `−850 µV`: the same in every language. */
export function caliperText(caliper: Caliper): string {
  const { ms, bpm, uv } = caliperValue(caliper);
  if (uv !== null) return `${uv < 0 ? '−' : ''}${Math.abs(Math.round(uv))} µV`;
  const rate = bpm === null || bpm > 999 ? '' : ` · ${Math.round(bpm)}/min`;
  return `${Math.round(ms)} ms${rate}`;
}

const maxTimes = 400;

/** Every line in time that a caliper has over a stretch; a march repeats its interval both ways. At most 400. */
export function timesOf(caliper: Caliper, fromMs: number, toMs: number): number[] {
  if (caliper.kind !== 'march') return [caliper.fromMs, caliper.toMs];
  const step = Math.abs(caliper.toMs - caliper.fromMs);
  const first = Math.min(caliper.fromMs, caliper.toMs);
  if (!(step > 0)) return [first];
  const begin = Math.ceil((fromMs - first) / step);
  const count = Math.min(maxTimes, Math.floor((toMs - first) / step) - begin + 1);
  return Array.from({ length: Math.max(0, count) }, (_, i) => first + (begin + i) * step);
}
