import { distance, type Point } from '../measure/affine.ts';
import { pointsOf } from '../measure/measure.ts';
import type { MarkKind } from '../state.ts';

/** A mark being drawn, in pixels of the picture. The last point follows the pointer. */
export interface Sketch {
  readonly kind: MarkKind;
  readonly points: readonly Point[];
  /** Set when an existing measurement is being changed: which one, and which of its points. */
  readonly edits?: { readonly id: string; readonly point: number };
}

/** A press begins a sketch, or takes hold of the last point of one that goes on (the second leg of an angle). */
export function press(sketch: Sketch | null, kind: MarkKind, at: Point): Sketch {
  if (kind === 'point' || kind === 'freehand') return { kind, points: [at] };
  return sketch && sketch.kind === kind ? move(sketch, at) : { kind, points: [at, at] };
}

/** As many points as a line drawn by hand has at most; it travels to everyone and into a file. */
export const mostPoints = 400;

/** The way of a pen: a point far enough from the last one is added, and a line that gets too long loses every other. */
function drawOn(sketch: Sketch, at: Point, least: number): Sketch {
  const last = sketch.points.at(-1);
  if (last && distance(last, at) < least) return sketch;
  const points = sketch.points.length < mostPoints ? sketch.points : sketch.points.filter((_, i) => i % 2 === 0);
  return { ...sketch, points: [...points, at] };
}

/** @param least shortest step of a line drawn by hand, in pixels of the picture. */
export function move(sketch: Sketch, at: Point, least = 0): Sketch {
  if (sketch.kind === 'freehand' && !sketch.edits) return drawOn(sketch, at, least);
  const index = sketch.edits?.point ?? sketch.points.length - 1;
  return { ...sketch, points: sketch.points.with(index, at) };
}

/** What a released pointer leaves: a finished measurement, a sketch that goes on, or nothing where it was a mere click. */
export type Released = { readonly done: Sketch } | { readonly goesOn: Sketch } | null;

/** @param least shortest line worth keeping, in pixels of the picture. */
export function release(sketch: Sketch, least: number): Released {
  if (sketch.edits || sketch.kind === 'point') return { done: sketch };
  if (sketch.kind === 'freehand') return sketch.points.length > 2 ? { done: sketch } : null;
  const [p, q] = sketch.points;
  if (!p || !q || distance(p, q) < least) return null;
  if (sketch.points.length < pointsOf[sketch.kind]) return { goesOn: { ...sketch, points: [...sketch.points, q] } };
  return { done: sketch };
}
