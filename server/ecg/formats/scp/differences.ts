import { scpInvalid } from './section-cursor.ts';

/** What a recorder of 24 bits could give; a sum beyond it comes from damaged differences. */
const limit = 2 ** 23;

/**
 * Turns differences of order 0, 1 or 2 back into samples, in place (EN 1064, 5.8.3): the first `order` values are samples.
 * Throws ecg-invalid where a sum leaves 24 bits.
 */
export function integrate(values: Int32Array, order: number, where: string, offset: number): Int32Array {
  let [last, beforeLast] = [0, 0];
  for (let index = 0; index < values.length; index += 1) {
    let sample = values[index] ?? 0;
    if (order === 1 && index >= 1) sample += last;
    if (order === 2 && index >= 2) sample += 2 * last - beforeLast;
    if (sample >= limit || sample < -limit) {
      throw scpInvalid(where, 'samples within 24 bits', `sample ${index + 1} beyond them`, offset);
    }
    values[index] = sample;
    [beforeLast, last] = [last, sample];
  }
  return values;
}
