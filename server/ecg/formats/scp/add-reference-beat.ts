import type { BeatLocations } from './beat-locations.ts';
import type { ScpLead } from './lead-definitions.ts';
import { scpInvalid } from './section-cursor.ts';

/** Beats may overlap a little where the heart was fast; that each sample lies under many is a forged count. */
const maxCover = 4;

/** Samples with their unit in nanovolts. */
export interface Scaled {
  readonly samples: Int32Array;
  readonly multiplier: number;
}

/**
 * Adds the reference beat to the residual of one lead wherever it was taken away (EN 1064, 5.7.3 and 5.9.4): at beats of
 * type 0, from begin to end of subtraction, with the fiducial points over each other. Two different units are brought to
 * the largest unit that both are multiples of, so that nothing is rounded.
 */
export function addReferenceBeat(
  residual: Scaled,
  beat: Scaled,
  lead: ScpLead,
  locations: BeatLocations,
  where: string,
  offset: number,
): Scaled {
  const unit = greatestCommonDivisor(residual.multiplier, beat.multiplier);
  const [residualStep, beatStep] = [residual.multiplier / unit, beat.multiplier / unit];
  const sums = Float64Array.from(residual.samples, (sample) => sample * residualStep);
  let left = maxCover * sums.length;
  for (const { type, first, last, fiducial } of locations.beats) {
    if (type !== 0 || last === 0) continue;
    // What to add to the index in the residual for the index in the reference beat.
    const shift = lead.first - fiducial + locations.referenceFiducial - 1;
    const from = Math.max(first - lead.first, -shift, 0);
    const to = Math.min(last - lead.first + 1, beat.samples.length - shift, sums.length);
    left -= Math.max(0, to - from);
    if (left < 0) throw scpInvalid(where, `beats that cover a sample at most ${maxCover} times`, 'more', offset);
    for (let index = from; index < to; index += 1) {
      sums[index] = (sums[index] ?? 0) + (beat.samples[index + shift] ?? 0) * beatStep;
    }
  }
  const beyond = sums.findIndex((sum) => Math.abs(sum) >= 2 ** 31);
  if (beyond >= 0) throw scpInvalid(where, 'samples within 32 bits', `sample ${beyond + 1} beyond them`, offset);
  return { samples: Int32Array.from(sums), multiplier: unit };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
