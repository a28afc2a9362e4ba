/** A bar of a round length. */
export interface ScaleBar {
  readonly millimetres: number;
  readonly pixels: number;
}

const rounds = [1, 2, 5];

/**
 * The longest bar of 1, 2 or 5 times a power of ten millimetres that is at most `most` screen pixels long.
 * @param pixelsPerMillimetre of the screen, at the present zoom.
 */
export function scaleBar(pixelsPerMillimetre: number, most: number): ScaleBar | null {
  if (!(pixelsPerMillimetre > 0) || !Number.isFinite(pixelsPerMillimetre)) return null;
  const longest = most / pixelsPerMillimetre;
  const power = 10 ** Math.floor(Math.log10(longest));
  const millimetres = power * (rounds.findLast((round) => round * power <= longest) ?? 1);
  return { millimetres, pixels: millimetres * pixelsPerMillimetre };
}

export const scaleBarText = (millimetres: number): string =>
  millimetres >= 10 ? `${millimetres / 10} cm` : `${Number(millimetres.toPrecision(3))} mm`;
