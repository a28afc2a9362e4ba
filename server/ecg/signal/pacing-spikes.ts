/** A spike stands out by so many microvolts from what is before and after it. */
const spikeUv = 400;
/** Half of its greatest width. */
const halfWidthMs = 3;

/** How far the sample stands out of the line between its neighbours at `k`, or 0 where those differ: a wave, not a spike. */
function prominence(uv: Float64Array, i: number, k: number): number {
  const [before, at, after] = [uv[i - k] as number, uv[i] as number, uv[i + k] as number];
  const out = Math.abs(at - (before + after) / 2);
  return Math.abs(after - before) < 0.3 * out ? out : 0;
}

/**
 * Sample numbers of pacemaker spikes: at most 6 ms wide, at least 0.4 mV above both sides, in two leads at the same time
 * (in the only one, if there is one). Many recorders remove spikes, and below 250 Hz they cannot be told from noise: an
 * empty answer does not mean an unpaced heart.
 */
export function findSpikes(leads: readonly Float64Array[], rateHz: number): number[] {
  if (rateHz < 250 || leads.length === 0) return [];
  const k = Math.max(1, Math.round((halfWidthMs * rateHz) / 1000));
  const length = leads[0]?.length ?? 0;
  const needed = Math.min(2, leads.length);
  const found: number[] = [];
  for (let i = k; i < length - k; i += 1) {
    let seen = 0;
    for (const uv of leads) if (prominence(uv, i, k) > spikeUv) seen += 1;
    if (seen < needed) continue;
    // Neighbouring samples of one spike are one spike; more than a hundred a second are an artefact of something else.
    if (i - (found.at(-1) ?? -rateHz) > 3 * k) found.push(i);
  }
  return found.length > (length / rateHz) * 8 ? [] : found;
}

/** The signal with its spikes bridged by straight lines, as a new array. */
export function withoutSpikes(uv: Float64Array, spikes: readonly number[], rateHz: number): Float64Array {
  if (spikes.length === 0) return uv;
  const out = uv.slice();
  const k = Math.max(1, Math.round((2 * halfWidthMs * rateHz) / 1000));
  for (const spike of spikes) {
    const [from, to] = [Math.max(0, spike - k), Math.min(uv.length - 1, spike + k)];
    const [a, b] = [uv[from] as number, uv[to] as number];
    for (let i = from; i <= to; i += 1) out[i] = a + ((b - a) * (i - from)) / (to - from);
  }
  return out;
}
