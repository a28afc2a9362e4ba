import type { SharedViewport } from '@lianzhen/contracts/shared-view.ts';

/** Size of a picture in pixels. */
export interface PictureSize {
  readonly columns: number;
  readonly rows: number;
}

type Placement = Pick<SharedViewport, 'scale' | 'translation' | 'rotation' | 'hflip' | 'vflip'>;

export interface DisplayedArea {
  /** Column and row, from 1; of the corner that lies at the top left after the turn and the flip (PS3.3 C.10.4). */
  readonly topLeft: readonly [number, number];
  readonly bottomRight: readonly [number, number];
  /** Clockwise, before the flip (PS3.3 C.10.6). */
  readonly rotation: number;
  readonly isFlipped: boolean;
}

/** 1 and 0 for quarter turns, without the dust of sines. */
const quarter = (degrees: number): { cos: number; sin: number } => {
  const turns = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return { cos: [1, 0, -1, 0][turns] ?? 1, sin: [0, 1, 0, -1][turns] ?? 0 };
};

/**
 * What a tile showed, as a presentation state says it. The viewer flips first and then turns; DICOM turns first and then
 * flips left to right, so that a flip turns the other way round and an upside-down one is half a turn more.
 * The area is what everyone saw: the picture divided by the zoom, around the middle of the tile.
 */
export function displayedArea({ columns, rows }: PictureSize, placement: Placement): DisplayedArea {
  const { scale, translation, hflip, vflip } = placement;
  const isFlipped = hflip !== vflip;
  const turned = (isFlipped ? -placement.rotation : placement.rotation) + (vflip ? 180 : 0);
  const { cos, sin } = quarter(placement.rotation);
  const flip = (x: number, y: number) => ({ x: hflip ? -x : x, y: vflip ? -y : y });
  // The point under the middle of the tile: the translation taken back through turn and flip.
  const back = { x: -(translation.x * cos + translation.y * sin), y: -(-translation.x * sin + translation.y * cos) };
  const away = flip(back.x, back.y);
  const middle = { x: columns / 2 + away.x, y: rows / 2 + away.y };
  const half = { x: columns / 2 / scale, y: rows / 2 / scale };
  const low = { x: Math.round(middle.x - half.x) + 1, y: Math.round(middle.y - half.y) + 1 };
  const high = {
    x: Math.max(low.x, Math.round(middle.x + half.x)),
    y: Math.max(low.y, Math.round(middle.y + half.y)),
  };
  const onScreen = (x: number, y: number) => {
    const flipped = flip(x - middle.x, y - middle.y);
    return flipped.x * cos - flipped.y * sin + flipped.x * sin + flipped.y * cos;
  };
  // Of the four corners the top left one has the least sum of its screen coordinates, the one across the greatest.
  const corners = [low.x, high.x].flatMap((x) => [low.y, high.y].map((y) => [x, y] as const));
  const order = corners.toSorted(([ax, ay], [bx, by]) => onScreen(ax, ay) - onScreen(bx, by));
  return {
    topLeft: order[0] ?? [1, 1],
    bottomRight: order[3] ?? [columns, rows],
    rotation: ((turned % 360) + 360) % 360,
    isFlipped,
  };
}
