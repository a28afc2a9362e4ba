import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Picture } from './paint.ts';

/** PS3.18 8.3.5.1.3: the size to fit into, and the part of the picture that is meant; negative extents flip it. */
export interface Viewport {
  width: number;
  height: number;
  source: { x: number; y: number; width: number; height: number } | null;
}

/**
 * The part of the picture that the viewport means, as large as fits into it with its proportions kept.
 * @throws HubError `malformed-request` where the part does not lie in the picture
 */
export function toViewport(picture: Picture, { width, height, source }: Viewport): Picture {
  const part = source ?? { x: 0, y: 0, width: picture.columns, height: picture.rows };
  const [across, down] = [
    Math.abs(part.width || picture.columns - part.x),
    Math.abs(part.height || picture.rows - part.y),
  ];
  if (part.x + across > picture.columns || part.y + down > picture.rows) {
    const expected = `a part of ${picture.columns} x ${picture.rows}`;
    throw new HubError('malformed-request', { field: 'viewport', expected });
  }
  const scale = Math.min(width / across, height / down);
  const columns = Math.max(1, Math.min(width, Math.round(across * scale)));
  const rows = Math.max(1, Math.min(height, Math.round(down * scale)));
  const xs = stops(part.x, across, columns, part.width < 0);
  const ys = stops(part.y, down, rows, part.height < 0);
  return { rows, columns, channels: picture.channels, data: average(picture, xs, ys) };
}

/** The source pixels of each pixel of the result, [first, last]: several where it becomes smaller, one where larger. */
function stops(from: number, extent: number, count: number, isFlipped: boolean): Array<[number, number]> {
  const step = extent / count;
  const all = Array.from({ length: count }, (_, i): [number, number] => {
    const first = from + Math.floor(i * step);
    return [first, Math.max(first, from + Math.ceil((i + 1) * step) - 1)];
  });
  return isFlipped ? all.reverse() : all;
}

function average({ data, columns, channels }: Picture, xs: Array<[number, number]>, ys: Array<[number, number]>) {
  const result = new Uint8Array(xs.length * ys.length * channels);
  let at = 0;
  for (const [top, bottom] of ys)
    for (const [left, right] of xs)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let y = top; y <= bottom; y++)
          for (let x = left; x <= right; x++) sum += data[(y * columns + x) * channels + channel] as number;
        result[at++] = Math.round(sum / ((bottom - top + 1) * (right - left + 1)));
      }
  return result;
}
