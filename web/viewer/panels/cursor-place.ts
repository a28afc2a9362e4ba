import type { Point } from '../measure/affine.ts';

export interface CursorPlace extends Point {
  /** Degrees the arrow is turned by; 0 points up and to the left, as a cursor does. */
  readonly turn: number;
}

const margin = 4;
/** The arrow of a cursor points this way, in degrees clockwise from the right. */
const ownDirection = -135;

/**
 * Where a cursor is drawn in a tile. Tiles of different shapes show different margins around the same middle, so that
 * somebody may point at what lies outside of this one: the arrow then stands at the edge and points there.
 */
export function cursorPlace(
  at: Point,
  { width, height }: { readonly width: number; readonly height: number },
): CursorPlace {
  const x = Math.min(width - margin, Math.max(margin, at.x));
  const y = Math.min(height - margin, Math.max(margin, at.y));
  if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) return { ...at, turn: 0 };
  const towards = Math.atan2(at.y - y, at.x - x) * (180 / Math.PI);
  return { x, y, turn: towards - ownDirection };
}
