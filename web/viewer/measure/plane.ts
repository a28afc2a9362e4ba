import type { PlanePosition, Vector } from '../source/study-model.ts';

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The direction that looks out of a slice. */
export const normal = (plane: PlanePosition): Vector => cross(plane.row, plane.column);

/** How far a point lies along the normal of a plane, in millimetres from the origin of the patient's coordinates. */
export const alongNormal = (plane: PlanePosition, point: Vector): number => dot(normal(plane), point);

/** Slices within about fifteen degrees of each other can be leafed through together. */
export function isParallel(a: PlanePosition, b: PlanePosition): boolean {
  return Math.abs(dot(normal(a), normal(b))) > 0.966;
}

/**
 * The index of the slice nearest to another one along its own normal, for two series that are leafed through together.
 * @returns null when they do not share a frame of reference or are not parallel.
 */
export function nearestSlice(from: PlanePosition, to: readonly (PlanePosition | null)[]): number | null {
  let best: number | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  to.forEach((plane, i) => {
    if (!plane || plane.frameOfReferenceUid !== from.frameOfReferenceUid || !isParallel(from, plane)) return;
    const distance = Math.abs(alongNormal(plane, from.origin) - alongNormal(plane, plane.origin));
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  });
  return best;
}
