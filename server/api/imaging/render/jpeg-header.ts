/** What the markers of a JPEG stream say before its first scan (T.81 annex B). */
export interface JpegHeader {
  /** The low byte of the start of frame: 0xc0 baseline, 0xc1 extended, 0xc2 progressive, 0xc3 lossless, 0xf7 JPEG-LS. */
  frame: number;
  precision: number;
  rows: number;
  columns: number;
  componentIds: number[];
  hasJfif: boolean;
  adobeTransform: number | undefined;
}

/** @returns undefined where the stream has no start of frame */
export function jpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  let hasJfif = false;
  let adobeTransform: number | undefined;
  const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const letters = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xe0 && letters(at + 4, 4) === 'JFIF') hasJfif = true;
    if (marker === 0xee && letters(at + 4, 5) === 'Adobe') adobeTransform = bytes[at + 15];
    const isFrame = marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));
    if (isFrame) {
      const count = bytes[at + 9] as number;
      const componentIds = Array.from({ length: count }, (_, i) => bytes[at + 10 + 3 * i] ?? 0);
      const size = { precision: bytes[at + 4] as number, rows: word(at + 5), columns: word(at + 7) };
      return { frame: marker, ...size, componentIds, hasJfif, adobeTransform };
    }
    at += 2 + word(at + 2);
  }
  return undefined;
}

/** Whether three components are luminance and chrominance: the stream is asked before the header, which often errs. */
export function isLuminanceChrominance(header: JpegHeader, photometric: string): boolean {
  if (header.adobeTransform !== undefined) return header.adobeTransform === 1;
  if (header.hasJfif) return true;
  return !isNamedRgb(header) && photometric.startsWith('YBR');
}
/** What libjpeg takes them for by itself. */
export const libjpegTransforms = (header: JpegHeader): boolean =>
  header.hasJfif || (header.adobeTransform ?? (isNamedRgb(header) ? 0 : 1)) === 1;

/** Components numbered with the letters R, G and B. */
const isNamedRgb = ({ componentIds: [r, g, b] }: JpegHeader) => r === 0x52 && g === 0x47 && b === 0x42;
