import type { Beat, SampleRange } from '../beat-locations.ts';

/** Differences of order 0, 1 or 2; the first `order` values stay samples. */
export function differences(samples: readonly number[], order: number): number[] {
  const at = (index: number) => samples[index] ?? 0;
  return samples.map((sample, index) => {
    if (index < order || order === 0) return sample;
    return order === 1 ? sample - at(index - 1) : sample - 2 * at(index - 1) + at(index - 2);
  });
}

/** Takes the reference beat away where the beats of type 0 lie; sample 1 is the first one of `samples`. */
export function subtractBeat(
  samples: readonly number[],
  beat: readonly number[],
  fiducial: number,
  beats: readonly Beat[],
) {
  const residual = [...samples];
  for (const { type, first, last, fiducial: over } of beats.filter((one) => one.type === 0)) {
    for (let number = first; number <= last; number += 1) {
      const inBeat = number - over + fiducial;
      if (type !== 0 || inBeat < 1 || inBeat > beat.length) continue;
      residual[number - 1] = (residual[number - 1] ?? 0) - (beat[inBeat - 1] ?? 0);
    }
  }
  return residual;
}

/** Keeps protected areas and, outside of them, of every `factor` samples the middle one; the rest of a stretch is kept. */
export function decimate(samples: readonly number[], areas: readonly SampleRange[], factor: number): number[] {
  const stored: number[] = [];
  let pending: number[] = [];
  const flush = () => {
    const whole = Math.floor(pending.length / factor) * factor;
    for (let at = 0; at < whole; at += factor) stored.push(pending[at + Math.floor(factor / 2)] ?? 0);
    stored.push(...pending.slice(whole));
    pending = [];
  };
  samples.forEach((sample, index) => {
    if (areas.some(({ first, last }) => index + 1 >= first && index + 1 <= last)) {
      flush();
      stored.push(sample);
    } else pending.push(sample);
  });
  flush();
  return stored;
}
