import type { InkPicture } from './picture.ts';
import { penPx } from './pixelmed.ts';

/** A row of a picture that is one lead's. */
export interface Band {
  readonly picture: InkPicture;
  readonly top: number;
  readonly bottom: number;
}

/** A line in pixels from the upper left corner of a picture. */
export interface PixelLine {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Further away is not looked. */
const farPx = 8;

/** The greatest distance from ink to the line, in pixels, over all columns that the line crosses; at most `farPx`. */
export function inkToLine({ picture, top, bottom }: Band, line: PixelLine): number {
  const { x } = line;
  // Where the line is cut, the ink may go on: its pen reaches back by this much.
  const first = Math.ceil((x[0] as number) + penPx + 1);
  const last = Math.floor((x.at(-1) as number) - penPx - 2);
  let worst = 0;
  let from = 0;
  for (let column = first; column <= last; column++) {
    while ((x[from + 1] ?? Number.POSITIVE_INFINITY) < column - farPx) from++;
    let to = from;
    while (to + 1 < x.length && (x[to] as number) < column + 1 + farPx) to++;
    for (let row = top; row < bottom; row++) {
      if (picture.ink[column * picture.height + row] === 0) continue;
      let near = farPx;
      // Half a pixel is as near as ink can be.
      for (let at = from; at < to && near > 0.5; at++)
        near = Math.min(near, distance(column + 0.5, row + 0.5, line, at));
      worst = Math.max(worst, near);
    }
  }
  return worst;
}

/** Millions of them are asked for, and `Math.hypot` takes ten times as long. */
const distanceOf = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy);

/** From a point to the piece of the line that begins at `at`. */
function distance(px: number, py: number, { x, y }: PixelLine, at: number): number {
  const [x1, y1] = [x[at] as number, y[at] as number];
  const [dx, dy] = [(x[at + 1] as number) - x1, (y[at + 1] as number) - y1];
  const along = ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return distanceOf(px - x1 - part * dx, py - y1 - part * dy);
}

/** The greatest distance from the line, at every half pixel of its way, to ink, in pixels; at most `farPx`. */
export function lineToInk(band: Band, { x, y }: PixelLine): number {
  let worst = 0;
  for (let at = 0; at + 1 < x.length; at++) {
    const [dx, dy] = [(x[at + 1] as number) - (x[at] as number), (y[at + 1] as number) - (y[at] as number)];
    const steps = Math.ceil(2 * distanceOf(dx, dy));
    for (let step = 0; step < steps; step++) {
      const part = step / steps;
      worst = Math.max(worst, toInk(band, (x[at] as number) + part * dx, (y[at] as number) + part * dy));
    }
  }
  return worst;
}

function toInk({ picture, top, bottom }: Band, x: number, y: number): number {
  const { width, height, ink } = picture;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  for (const reach of [1, farPx]) {
    let near: number = farPx;
    for (let i = Math.max(0, column - reach); i <= Math.min(width - 1, column + reach); i++)
      for (let at = Math.max(top, row - reach); at <= Math.min(bottom - 1, row + reach); at++)
        if (ink[i * height + at] === 1) near = Math.min(near, distanceOf(i + 0.5 - x, at + 0.5 - y));
    // Ink beside the point: what lies further away need not be looked for.
    if (near < farPx) return near;
  }
  return farPx;
}
