import {
  type Affine,
  applyAffine,
  invertAffine,
  multiply,
  type Point,
  rotation,
  scaling,
  translate,
} from './affine.ts';

/** A picture in its tile: sizes in pixels of the picture and of the tile, and how much taller than wide a pixel is. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly aspect: number;
  readonly width: number;
  readonly height: number;
}

/** How a picture lies in its tile, independent of the size of the tile, so that another screen can follow it. */
export interface Placement {
  /** 1 fits the tile. */
  readonly scale: number;
  /** Pixels of the picture, along the axes of the screen. */
  readonly translation: Point;
  /** Degrees, clockwise. */
  readonly rotation: number;
  readonly hflip: boolean;
  readonly vflip: boolean;
}

/** Pixels that are not square are stretched, never squeezed. */
const stretch = (aspect: number) => ({ x: Math.max(1, 1 / aspect), y: Math.max(1, aspect) });

/** Screen pixels a picture pixel takes when the whole picture just fits the tile. */
export function fitScale(frame: Frame, degrees: number): number {
  const { x, y } = stretch(frame.aspect);
  const isOnItsSide = Math.abs(degrees % 180) === 90;
  const wide = isOnItsSide ? frame.rows * x : frame.columns * x;
  const high = isOnItsSide ? frame.columns * y : frame.rows * y;
  return Math.min(frame.width / wide, frame.height / high);
}

/** The part of the transform that moves by a translation, in screen axes. */
function moving(frame: Frame, placement: Placement): Affine {
  const scale = placement.scale * fitScale(frame, placement.rotation);
  const { x, y } = stretch(frame.aspect);
  return multiply(multiply(rotation(placement.rotation), scaling(scale * x, scale * y)), rotation(-placement.rotation));
}

/**
 * From pixels of the picture (0,0 is the top left corner of the first pixel, as in PS3.3 C.10.5.1.2) to pixels of the
 * tile. It is the same transform the drawing pipeline applies, so that marks lie where they belong.
 */
export function imageToTile(frame: Frame, placement: Placement): Affine {
  const middle = translate(frame.width / 2, frame.height / 2);
  const flip = scaling(placement.hflip ? -1 : 1, placement.vflip ? -1 : 1);
  const steps = [
    moving(frame, placement),
    translate(placement.translation.x, placement.translation.y),
    rotation(placement.rotation),
    flip,
    translate(-frame.columns / 2, -frame.rows / 2),
  ];
  return steps.reduce(multiply, middle);
}

/** The translation after the picture was pulled by so many screen pixels. */
export function pan(frame: Frame, placement: Placement, by: Point): Point {
  const { a, b, c, d } = moving(frame, placement);
  const shift = applyAffine(invertAffine({ a, b, c, d, e: 0, f: 0 }), by);
  return { x: placement.translation.x + shift.x, y: placement.translation.y + shift.y };
}

export const smallestScale = 0.1;
export const greatestScale = 40;

/** Changes the scale so that the point of the picture under `at` (in the tile) stays where it is. */
export function zoomAt(
  frame: Frame,
  placement: Placement,
  factor: number,
  at: Point,
): Pick<Placement, 'scale' | 'translation'> {
  const scale = Math.min(greatestScale, Math.max(smallestScale, placement.scale * factor));
  const fixed = applyAffine(invertAffine(imageToTile(frame, placement)), at);
  const zoomed = { ...placement, scale };
  const moved = applyAffine(imageToTile(frame, zoomed), fixed);
  return { scale, translation: pan(frame, zoomed, { x: at.x - moved.x, y: at.y - moved.y }) };
}

/** Which of the sixteen parts (4 x 4, row by row) of a picture have their middle within the tile, as bits. */
export function visibleParts(frame: Frame, placement: Placement): number {
  const transform = imageToTile(frame, placement);
  let parts = 0;
  for (let i = 0; i < 16; i++) {
    const middle = { x: (((i % 4) + 0.5) * frame.columns) / 4, y: ((Math.floor(i / 4) + 0.5) * frame.rows) / 4 };
    const { x, y } = applyAffine(transform, middle);
    if (x >= 0 && y >= 0 && x <= frame.width && y <= frame.height) parts |= 1 << i;
  }
  return parts;
}
