import type { Point } from './affine.ts';
import type { Calibration } from './calibration.ts';

/** Distance in the unit of the calibration: millimetres, or pixels. */
export function lengthBetween(p: Point, q: Point, { spacing }: Calibration): number {
  return Math.hypot((q.x - p.x) * spacing[1], (q.y - p.y) * spacing[0]);
}

/**
 * The angle at `vertex` between the legs to p and q, 0 .. 180 degrees, in the patient's geometry: pixels that are not
 * square would bend it otherwise.
 */
export function angleAt(p: Point, vertex: Point, q: Point, { spacing }: Calibration): number {
  const leg = (end: Point) => Math.atan2((end.y - vertex.y) * spacing[0], (end.x - vertex.x) * spacing[1]);
  const turn = Math.abs(leg(p) - leg(q)) * (180 / Math.PI);
  return turn > 180 ? 360 - turn : turn;
}
