import type { GreyPicture, Padding } from '../decode/picture-types.ts';

/** Values a sixteen-bit display pipeline can draw, and how they relate to the stored ones: stored = value * scale + offset. */
export interface DisplayValues {
  readonly values: Uint8Array | Int8Array | Uint16Array | Int16Array;
  readonly min: number;
  readonly max: number;
  readonly scale: number;
  readonly offset: number;
}

const deepest = 65_535;

/**
 * Stored values for display. Deeper ones than sixteen bits are spread over them, and padding takes the darkest value
 * there is, so that the surroundings of a picture are black whatever the device fills them with.
 * @param isInverse MONOCHROME1: the darkest value is the greatest.
 */
export function displayValues(picture: GreyPicture, padding: Padding | null, isInverse: boolean): DisplayValues {
  const { values, min, max } = picture;
  const isShallow =
    values instanceof Uint8Array ||
    values instanceof Int8Array ||
    values instanceof Uint16Array ||
    values instanceof Int16Array;
  const isPadding = (value: number) => padding !== null && value >= padding.from && value <= padding.to;
  if (isShallow) {
    if (!padding) return { values, min, max, scale: 1, offset: 0 };
    const dark = isInverse ? max : min;
    return { values: values.map((value) => (isPadding(value) ? dark : value)), min, max, scale: 1, offset: 0 };
  }
  const span = max - min || 1;
  const spread = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const isNothing = !Number.isFinite(value) || isPadding(value);
    spread[i] = isNothing ? (isInverse ? deepest : 0) : Math.round(((value - min) / span) * deepest);
  }
  return { values: spread, min: 0, max: deepest, scale: span / deepest, offset: min };
}
