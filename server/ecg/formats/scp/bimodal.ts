import type { SampleRange } from './beat-locations.ts';
import type { ScpLead } from './lead-definitions.ts';
import { scpInvalid } from './section-cursor.ts';

/** A stretch of one lead: `count` samples of which `stored` are in the file. */
interface Stretch {
  readonly count: number;
  readonly isProtected: boolean;
}

/**
 * The stretches between and in the protected areas, in their order, cut to the samples of the lead.
 * Throws ecg-invalid where areas run backwards or into each other, since it is then unknown what was decimated.
 */
export function stretchesOf(lead: ScpLead, areas: readonly SampleRange[], where: string, offset: number): Stretch[] {
  const stretches: Stretch[] = [];
  const end = lead.first + lead.count;
  let [next, lastSeen] = [lead.first, -1];
  // A beat without a protected area has zeros.
  for (const area of areas.filter(({ first, last }) => first !== 0 || last !== 0)) {
    if (area.first <= lastSeen || area.last < area.first) {
      const found = `${area.first} to ${area.last} after ${lastSeen}`;
      throw scpInvalid(where, 'protected areas one behind the other', found, offset);
    }
    lastSeen = area.last;
    const [from, to] = [Math.max(area.first, next), Math.min(area.last + 1, end)];
    if (to <= from) continue;
    if (from > next) stretches.push({ count: from - next, isProtected: false });
    stretches.push({ count: to - from, isProtected: true });
    next = to;
  }
  if (end > next) stretches.push({ count: end - next, isProtected: false });
  return stretches;
}

const storedCount = ({ count, isProtected }: Stretch, factor: number): number =>
  isProtected ? count : Math.floor(count / factor) + (count % factor);

/** How many samples the file has of a lead. */
export const storedLength = (stretches: readonly Stretch[], factor: number): number =>
  stretches.reduce((sum, stretch) => sum + storedCount(stretch, factor), 0);

/**
 * Puts back what bimodal compression left out (EN 1064, 5.9.5): protected areas are copied; outside of them a stored
 * sample stands at the middle of `factor` samples, straight lines run between such middles, the ends are level, and
 * what was left over from the division comes last and unchanged. Values are rounded to whole units. The smoothing that
 * the standard suggests behind it is left out: it is a filter, and the trace is kept unfiltered.
 */
export function expandBimodal(stored: Int32Array, stretches: readonly Stretch[], factor: number): Int32Array {
  const samples = new Int32Array(stretches.reduce((sum, { count }) => sum + count, 0));
  let [from, to] = [0, 0];
  for (const stretch of stretches) {
    const size = storedCount(stretch, factor);
    const part = stored.subarray(from, from + size);
    if (stretch.isProtected) samples.set(part, to);
    else interpolate(part, samples.subarray(to, to + stretch.count), factor);
    from += size;
    to += stretch.count;
  }
  return samples;
}

function interpolate(stored: Int32Array, samples: Int32Array, factor: number): void {
  const blocks = Math.floor(samples.length / factor);
  const middle = Math.floor(factor / 2);
  for (let index = 0; index < blocks * factor; index += 1) {
    const place = Math.min(Math.max(index - middle, 0), (blocks - 1) * factor);
    const [block, step] = [Math.floor(place / factor), place % factor];
    const [left, right] = [stored[block] ?? 0, stored[block + 1] ?? 0];
    samples[index] = step === 0 ? left : Math.round(left + ((right - left) * step) / factor);
  }
  samples.set(stored.subarray(blocks), blocks * factor);
}
