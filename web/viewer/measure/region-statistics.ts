import type { Padding } from '../decode/picture-types.ts';
import type { Point } from './affine.ts';
import type { Calibration } from './calibration.ts';

export type RegionShape = 'ellipse' | 'rectangle';

export interface RegionStatistics {
  readonly count: number;
  readonly mean: number;
  /** Of the sample: divided by count - 1. */
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
}

/** Values of a picture and what they mean. */
export interface RegionSource {
  readonly columns: number;
  readonly rows: number;
  readonly values: ArrayLike<number>;
  readonly padding: Padding | null;
  readonly meaning: (stored: number) => number;
}

/** Area of the shape between two corners in square units of the calibration (mm2, or square pixels). */
export function regionArea(shape: RegionShape, p: Point, q: Point, { spacing }: Calibration): number {
  const area = Math.abs(q.x - p.x) * spacing[1] * Math.abs(q.y - p.y) * spacing[0];
  return shape === 'ellipse' ? (area * Math.PI) / 4 : area;
}

/**
 * Statistics of the pixels whose middle lies within the shape; padding does not count.
 * @returns null when no pixel does.
 */
export function regionStatistics(
  source: RegionSource,
  shape: RegionShape,
  p: Point,
  q: Point,
): RegionStatistics | null {
  const [left, right] = [Math.min(p.x, q.x), Math.max(p.x, q.x)];
  const [top, bottom] = [Math.min(p.y, q.y), Math.max(p.y, q.y)];
  const isInside = inside(shape, left, right, top, bottom);
  const { columns, rows, values, padding, meaning } = source;
  let [count, mean, squares] = [0, 0, 0];
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(rows, Math.ceil(bottom)); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(columns, Math.ceil(right)); x++) {
      if (!isInside(x + 0.5, y + 0.5)) continue;
      const stored = values[y * columns + x] as number;
      if (padding && stored >= padding.from && stored <= padding.to) continue;
      const value = meaning(stored);
      // Welford's running mean: large offsets such as stored CT values lose no digits.
      count++;
      const step = value - mean;
      mean += step / count;
      squares += step * (value - mean);
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (count === 0) return null;
  return { count, mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, min, max };
}

function inside(shape: RegionShape, left: number, right: number, top: number, bottom: number) {
  if (shape === 'rectangle') return (x: number, y: number) => x >= left && x <= right && y >= top && y <= bottom;
  const [halfWide, halfHigh] = [(right - left) / 2 || 1e-9, (bottom - top) / 2 || 1e-9];
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  return (x: number, y: number) => ((x - middleX) / halfWide) ** 2 + ((y - middleY) / halfHigh) ** 2 <= 1;
}
