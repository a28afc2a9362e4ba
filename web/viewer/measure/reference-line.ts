import type { PlanePosition, Spacing, Vector } from '../source/study-model.ts';
import type { Point } from './affine.ts';
import { cross, dot, normal } from './plane.ts';

/** A slice in the patient: where it lies, its size in pixels, and how far apart these are in millimetres. */
export interface Slice {
  readonly plane: PlanePosition;
  readonly columns: number;
  readonly rows: number;
  readonly spacing: Spacing;
}

/** Below an angle of about five degrees two slices have no line in common that would show anything. */
const leastSine = 0.087;

/**
 * Where one slice cuts another: as much of the common line as the first one covers.
 * @returns two points in pixels of `onto` (0,0 is the top left corner of its first pixel, as in PS3.3 C.10.5.1.2), which
 * may lie outside of its picture; null where they do not share a frame of reference, are parallel, or do not meet
 */
export function referenceLine(of: Slice, onto: Slice): readonly [Point, Point] | null {
  const uid = of.plane.frameOfReferenceUid;
  if (uid === '' || uid !== onto.plane.frameOfReferenceUid) return null;
  const out = normal(onto.plane);
  const turned = cross(normal(of.plane), out);
  if (Math.sqrt(dot(turned, turned)) < leastSine) return null;
  const corners = cornersOf(of);
  const heights = corners.map((corner) => dot(out, minus(corner, onto.plane.origin)));
  const ends: Point[] = [];
  for (const [i, corner] of corners.entries()) {
    const j = (i + 1) % corners.length;
    const [next, from, to] = [corners[j], heights[i], heights[j]];
    if (next === undefined || from === undefined || to === undefined || from < 0 === to < 0) continue;
    ends.push(pixelOf(onto, between(corner, next, from / (from - to))));
  }
  const [first, second] = ends;
  return first && second ? [first, second] : null;
}

/** The outer corners of the picture, around. Image Position (Patient) is the middle of the first pixel (PS3.3 C.7.6.2.1.1). */
function cornersOf({ columns, rows, ...slice }: Slice): Vector[] {
  const places = [
    [0, 0],
    [columns, 0],
    [columns, rows],
    [0, rows],
  ] as const;
  return places.map(([x, y]) => pointAt(slice, x, y));
}

function pointAt({ plane: { origin, row, column }, spacing }: Pick<Slice, 'plane' | 'spacing'>, x: number, y: number) {
  const [betweenRows, betweenColumns] = spacing;
  return plus(plus(origin, row, (x - 0.5) * betweenColumns), column, (y - 0.5) * betweenRows);
}

function pixelOf({ plane: { origin, row, column }, spacing }: Slice, point: Vector): Point {
  const [betweenRows, betweenColumns] = spacing;
  const away = minus(point, origin);
  return { x: dot(away, row) / betweenColumns + 0.5, y: dot(away, column) / betweenRows + 0.5 };
}

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const plus = (a: Vector, b: Vector, times: number): Vector => [
  a[0] + b[0] * times,
  a[1] + b[1] * times,
  a[2] + b[2] * times,
];
const between = (a: Vector, b: Vector, share: number): Vector => plus(a, minus(b, a), share);
