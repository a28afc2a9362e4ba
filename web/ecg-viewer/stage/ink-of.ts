/** As bright as an ink may be on this paper: a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3). */
const mostLuminance = 0.18;

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const gamma = (part: number): number => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

/**
 * A person's colour as an ink: colours of a room are made for dark screens, and would not be seen on paper. The same hue,
 * darker where it has to be. @param colour #rrggbb; anything else stays as it is
 */
export function inkOf(colour: string): string {
  const [, ...pairs] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? [];
  if (pairs.length !== 3) return colour;
  const [r = 0, g = 0, b = 0] = pairs.map((pair) => linear(Number.parseInt(pair, 16) / 255));
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const factor = Math.min(1, mostLuminance / Math.max(luminance, 1e-6));
  const hex = (part: number) =>
    Math.round(gamma(part * factor) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${hex(r)}${hex(g)}${hex(b)}`;
}
