import { distance, type Point } from '../measure/affine.ts';
import { pointsOf } from '../measure/measure.ts';
import type { MeasurementKind } from '../state.ts';

/** A measurement being drawn, in pixels of the picture. The last point follows the pointer. */
export interface Sketch {
  readonly kind: MeasurementKind;
  readonly points: readonly Point[];
  /** Set when an existing measurement is being changed: which one, and which of its points. */
  readonly edits?: { readonly id: string; readonly point: number };
}

/** A press begins a sketch, or takes hold of the last point of one that goes on (the second leg of an angle). */
export function press(sketch: Sketch | null, kind: MeasurementKind, at: Point): Sketch {
  return sketch && sketch.kind === kind ? move(sketch, at) : { kind, points: [at, at] };
}

export function move(sketch: Sketch, at: Point): Sketch {
  const index = sketch.edits?.point ?? sketch.points.length - 1;
  return { ...sketch, points: sketch.points.with(index, at) };
}

/** What a released pointer leaves: a finished measurement, a sketch that goes on, or nothing where it was a mere click. */
export type Released = { readonly done: Sketch } | { readonly goesOn: Sketch } | null;

/** @param least shortest line worth keeping, in pixels of the picture. */
export function release(sketch: Sketch, least: number): Released {
  if (sketch.edits) return { done: sketch };
  const [p, q] = sketch.points;
  if (!p || !q || distance(p, q) < least) return null;
  if (sketch.points.length < pointsOf[sketch.kind]) return { goesOn: { ...sketch, points: [...sketch.points, q] } };
  return { done: sketch };
}
