import type { Lead } from '../trace.ts';

interface Knot {
  readonly atMs: number;
  readonly uv: number;
}

/** Mean of 20 ms about 80 ms before a beat: where the heart is silent. */
function knotBefore(lead: Lead, beatMs: number | undefined, rateHz: number): Knot | null {
  if (beatMs === undefined) return null;
  const from = Math.round(((beatMs - 90) * rateHz) / 1000);
  const to = from + Math.max(1, Math.round(0.02 * rateHz));
  if (from < 0 || to > lead.samples.length) return null;
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += lead.samples[i] as number;
  return { atMs: beatMs - 80, uv: (sum / (to - from)) * lead.gain + lead.baseline };
}

/** Cubic through `b` and `c` with the slopes that their neighbours give (Catmull-Rom over uneven times). */
function between(a: Knot | undefined, b: Knot, c: Knot, d: Knot | undefined, atMs: number): number {
  const width = c.atMs - b.atMs;
  const straight = (c.uv - b.uv) / width;
  const slopeB = a ? (c.uv - a.uv) / (c.atMs - a.atMs) : straight;
  const slopeC = d ? (d.uv - b.uv) / (d.atMs - b.atMs) : straight;
  const t = (atMs - b.atMs) / width;
  const u = 1 - t;
  return u * u * (1 + 2 * t) * b.uv + t * t * (3 - 2 * t) * c.uv + t * u * width * (u * slopeB - t * slopeC);
}

/**
 * The wandering baseline of a lead about one beat, in microvolts at a time of the recording: a cubic through the levels
 * before this beat and two on either side (Meyer and Keiser, Comput Biomed Res 1977;10:459). It bends no ST segment, as a
 * high pass would. Beyond the first and the last known level it is flat.
 */
export function baselineAround(
  lead: Lead,
  rateHz: number,
  beatsMs: readonly number[],
  number: number,
): (atMs: number) => number {
  const knots = [-2, -1, 0, 1, 2]
    .map((step) => knotBefore(lead, beatsMs[number + step], rateHz))
    .filter((knot) => knot !== null);
  const [first, last] = [knots[0], knots.at(-1)];
  if (!first || !last) return () => 0;
  return (atMs) => {
    if (atMs <= first.atMs) return first.uv;
    if (atMs >= last.atMs) return last.uv;
    const after = knots.findIndex((knot) => knot.atMs > atMs);
    return between(knots[after - 2], knots[after - 1] as Knot, knots[after] as Knot, knots[after + 1], atMs);
  };
}
