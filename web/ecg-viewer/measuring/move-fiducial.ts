import { type FiducialName, type Fiducials, fiducialNames } from '@lianzhen/contracts/ecg-measurements.ts';
import type { MedianBeats } from '@lianzhen/ecg/signal/median-beat.ts';

/** How long a median beat is. */
export const medianMs = ({ leads, rateHz }: MedianBeats): number => ((leads[0]?.uv.length ?? 0) * 1000) / rateHz;

/** Where a point may stand: between the points before and after it, within the beat. */
export function roomFor(fiducials: Fiducials, name: FiducialName, durationMs: number): { least: number; most: number } {
  const at = fiducialNames.indexOf(name);
  const before = fiducialNames.slice(0, at).flatMap((other) => fiducials[other] ?? []);
  const after = fiducialNames.slice(at + 1).flatMap((other) => fiducials[other] ?? []);
  return { least: Math.max(0, ...before), most: Math.min(durationMs, ...after) };
}

/** The points with one of them moved as far as the others leave room, or removed (null). */
export function moveFiducial(
  fiducials: Fiducials,
  name: FiducialName,
  ms: number | null,
  durationMs: number,
): Fiducials {
  if (ms === null) return { ...fiducials, [name]: null };
  const { least, most } = roomFor(fiducials, name, durationMs);
  const bounded = Math.min(most, Math.max(least, ms));
  return { ...fiducials, [name]: Math.round(bounded * 10) / 10 };
}

/** Where a point that is missing is put first: in the middle of its room. */
export function placeFor(fiducials: Fiducials, name: FiducialName, durationMs: number): number {
  const { least, most } = roomFor(fiducials, name, durationMs);
  return Math.round((least + most) / 2);
}
