import { highPass, zeroPhase } from './biquad.ts';
import { withoutHum } from './mains-fit.ts';
import { median } from './order-statistics.ts';

const pieceMs = 80;

/**
 * Muscle noise in microvolts (RMS above 25 Hz, hum of the mains taken out): the middle of the pieces that hold no QRS. What
 * is measured below 60 Hz only (slow recorders) stands for the whole. 0 where the rate is too low to tell.
 */
export function muscleNoiseUv(uv: Float64Array, rateHz: number, beatsMs: readonly number[]): number {
  const section = highPass(25, rateHz);
  if (!section || uv.length < rateHz) return 0;
  const fast = zeroPhase(uv, [section], rateHz / 5);
  const second = Math.round(2 * rateHz);
  const piece = Math.max(4, Math.round((pieceMs * rateHz) / 1000));
  const levels: number[] = [];
  let next = 0;
  for (let from = 0; from < fast.length; from += second) {
    const part = fast.subarray(from, from + second);
    const clean = part.length > rateHz / 2 ? withoutHum(withoutHum(part, rateHz, 50), rateHz, 60) : part;
    for (let i = 0; i + piece <= clean.length; i += piece) {
      const atMs = ((from + i + piece / 2) * 1000) / rateHz;
      while (next < beatsMs.length && (beatsMs[next] as number) < atMs - 140) next += 1;
      if (Math.abs((beatsMs[next] ?? Number.POSITIVE_INFINITY) - atMs) < 140) continue;
      let squares = 0;
      for (let j = i; j < i + piece; j += 1) squares += (clean[j] as number) ** 2;
      levels.push(Math.sqrt(squares / piece));
    }
  }
  return levels.length === 0 ? 0 : median(levels);
}
