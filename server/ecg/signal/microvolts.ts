import type { Lead, Recording } from '../trace.ts';

/** Samples `from` to `to` of a lead in microvolts. */
export function leadMicrovolts({ samples, gain, baseline }: Lead, from = 0, to = samples.length): Float64Array {
  const units = samples.subarray(from, to);
  const uv = new Float64Array(units.length);
  // A loop: `from` with a function walks an iterator and takes ten times as long.
  for (let i = 0; i < uv.length; i += 1) uv[i] = (units[i] as number) * gain + baseline;
  return uv;
}

/** Peak to peak below which an electrode is taken for fallen off, in microvolts. */
export const flatUv = 10;

/** Whether a second of the lead (spread over it) moves at all. */
export function isAlive(lead: Lead, samplingFrequency: number): boolean {
  const second = Math.max(1, Math.round(samplingFrequency));
  const step = Math.max(1, Math.floor(lead.samples.length / second / 20)) * second;
  for (let from = 0; from < lead.samples.length; from += step) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const unit of lead.samples.subarray(from, from + second)) {
      if (unit < low) low = unit;
      if (unit > high) high = unit;
    }
    if ((high - low) * Math.abs(lead.gain) > flatUv) return true;
  }
  return false;
}

/** Leads to look for beats in: what was measured and moves, at most eight; sums of other leads add nothing. */
export function beatLeads({ leads, samplingFrequency }: Recording): Lead[] {
  const measured = leads.filter((lead) => !lead.derived && isAlive(lead, samplingFrequency));
  const sums = new Set(['III', 'aVR', '-aVR', 'aVL', 'aVF']);
  const independent = measured.filter((lead) => !sums.has(lead.code));
  const chosen = independent.length > 0 ? independent : leads.filter((lead) => isAlive(lead, samplingFrequency));
  return chosen.slice(0, 8);
}
