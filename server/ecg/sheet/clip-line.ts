/**
 * The parts of a line that lie between two heights. Where the line leaves it is cut, and not laid along the edge: a
 * peak that does not fit must never look like a plateau.
 * @param points x, y, x, y and so on
 */
export function clipLine(points: Float32Array, top: number, bottom: number): Float32Array[] {
  let isInside = true;
  for (let i = 1; i < points.length; i += 2) isInside &&= isBetween(points[i] as number, top, bottom);
  if (isInside) return points.length === 0 ? [] : [points];
  const pieces: number[][] = [];
  let piece: number[] = [];
  for (let i = 0; i + 3 < points.length; i += 2) {
    const cut = clipSegment(points.subarray(i, i + 4), top, bottom);
    if (!cut) continue;
    const [x1, y1, x2, y2] = cut;
    const hasJoined = piece.length > 0 && piece.at(-2) === x1 && piece.at(-1) === y1;
    if (!hasJoined) {
      piece = [x1, y1];
      pieces.push(piece);
    }
    piece.push(x2, y2);
  }
  return pieces.map((one) => Float32Array.from(one));
}

const isBetween = (y: number, top: number, bottom: number): boolean => y >= top && y <= bottom;

function clipSegment(segment: Float32Array, top: number, bottom: number): [number, number, number, number] | null {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = segment;
  if (Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) return null;
  const at = (x: number, y: number): [number, number] => {
    if (isBetween(y, top, bottom)) return [x, y];
    const edge = y < top ? top : bottom;
    return [x1 + ((edge - y1) / (y2 - y1)) * (x2 - x1), edge];
  };
  return [...at(x1, y1), ...at(x2, y2)];
}
