/** Widths in device pixels up to which the lower layers of a camera suffice: a quarter and half of 1280, with a little room. */
const edges = [360, 760];

/** How wide a tile has to be told, for each layer: out of sight, smallest, middle, all. */
const widths = [0, 320, 640, 1280] as const;

/**
 * Which of three layers fills a tile. Told are only these steps, so that a window drawn larger does not tell every pixel.
 * @param cssWidth of the element in CSS pixels; 0 is out of sight
 * @param ratio device pixels per CSS pixel
 * @returns the width to tell, in device pixels
 */
export function widthToTell(cssWidth: number, ratio: number): number {
  const wide = cssWidth * ratio;
  if (wide < 1) return widths[0];
  if (wide <= (edges[0] ?? 0)) return widths[1];
  return wide <= (edges[1] ?? 0) ? widths[2] : Math.max(widths[3], Math.round(wide / 640) * 640);
}
