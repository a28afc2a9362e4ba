import { type Affine, applyAffine, distance, type Point } from '../measure/affine.ts';
import type { Measurement } from '../state.ts';

/** What of a measurement is under the pointer: one of its points, or its outline. */
export interface Picked {
  readonly id: string;
  /** Index of the point, or null for the outline. */
  readonly point: number | null;
}

/**
 * The measurement under the pointer, the newest first.
 * @param reach how near is near, in pixels of the tile: a finger needs more than a mouse.
 */
export function pick(measurements: readonly Measurement[], toTile: Affine, at: Point, reach: number): Picked | null {
  const newestFirst = measurements.toReversed();
  for (const { id, kind, points } of newestFirst) {
    // A line drawn by hand is taken as a whole.
    if (kind === 'freehand') continue;
    const point = points.findIndex((candidate) => distance(applyAffine(toTile, candidate), at) <= reach);
    if (point >= 0) return { id, point };
  }
  for (const { id, kind, points } of newestFirst) {
    const corners = points.map((point) => applyAffine(toTile, point));
    const outline = kind === 'ellipse' || kind === 'rectangle' ? outlineOf(corners, kind) : corners;
    if (outline.some((end, i) => i > 0 && toSegment(at, outline[i - 1] as Point, end) <= reach))
      return { id, point: null };
  }
  return null;
}

function outlineOf(corners: readonly Point[], kind: 'ellipse' | 'rectangle'): Point[] {
  const [p, q] = corners;
  if (!p || !q) return [];
  if (kind === 'rectangle') return [p, { x: q.x, y: p.y }, q, { x: p.x, y: q.y }, p];
  const [middleX, middleY] = [(p.x + q.x) / 2, (p.y + q.y) / 2];
  return Array.from({ length: 33 }, (_, i) => {
    const turn = (i * Math.PI) / 16;
    return { x: middleX + ((q.x - p.x) / 2) * Math.cos(turn), y: middleY + ((q.y - p.y) / 2) * Math.sin(turn) };
  });
}

/** Distance of a point to a line between two others. */
export function toSegment(at: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - from.x) * dx + (at.y - from.y) * dy) / length));
  return distance(at, { x: from.x + along * dx, y: from.y + along * dy });
}
