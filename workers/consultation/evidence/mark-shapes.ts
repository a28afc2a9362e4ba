import { isCaliper, type Mark } from '@lianzhen/contracts/shared-view.ts';

type Point = Mark['points'][number];

/** A line or an outline in pixels of a frame, in the words that presentation states and reports share. */
export interface Shape {
  readonly type: 'POINT' | 'POLYLINE' | 'ELLIPSE';
  /** Column and row in turn. */
  readonly data: readonly number[];
  readonly isClosed: boolean;
}

const line = (...points: readonly Point[]): Shape => ({
  type: 'POLYLINE',
  data: points.flatMap(({ x, y }) => [x, y]),
  isClosed: false,
});

/** The shapes that draw a mark; none where it has fewer points than its kind needs, or times for points. */
export function markShapes({ kind, points }: Pick<Mark, 'kind' | 'points'>): Shape[] {
  const [p, q] = points;
  if (!p || isCaliper(kind)) return [];
  if (kind === 'point') return [{ type: 'POINT', data: [p.x, p.y], isClosed: false }];
  if (!q) return [];
  switch (kind) {
    case 'arrow':
      return [line(p, q), arrowTip(p, q)];
    case 'ellipse':
      return [ellipse(p, q)];
    case 'rectangle':
      return [{ ...line(p, { x: q.x, y: p.y }, q, { x: p.x, y: q.y }, p), isClosed: true }];
    default:
      return [line(...points)];
  }
}

/** An eighth of the arrow, but never so large that it hides what it points at. */
function arrowTip(from: Point, to: Point): Shape {
  const length = Math.min(24, Math.max(4, Math.hypot(to.x - from.x, to.y - from.y) / 8));
  const along = Math.atan2(to.y - from.y, to.x - from.x);
  const end = (turn: number): Point => ({
    x: to.x - length * Math.cos(along + turn),
    y: to.y - length * Math.sin(along + turn),
  });
  return line(end(Math.PI / 7), to, end(-Math.PI / 7));
}

/** Four points: the ends of the longer axis, then those of the shorter one (PS3.3 C.10.5.1.2). */
function ellipse(p: Point, q: Point): Shape {
  const middle = { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
  const across = [
    { x: Math.min(p.x, q.x), y: middle.y },
    { x: Math.max(p.x, q.x), y: middle.y },
  ];
  const down = [
    { x: middle.x, y: Math.min(p.y, q.y) },
    { x: middle.x, y: Math.max(p.y, q.y) },
  ];
  const isWide = Math.abs(q.x - p.x) >= Math.abs(q.y - p.y);
  const ends = isWide ? [...across, ...down] : [...down, ...across];
  return { type: 'ELLIPSE', data: ends.flatMap(({ x, y }) => [x, y]), isClosed: true };
}
