import type { JpegHeader } from '@lianzhen/dicom/jpeg/stream-header.ts';
import type { PixelFormat } from './picture-types.ts';

/**
 * Whether the three components of a JPEG stream are luminance and chrominance. The stream's own markers are asked
 * first, because many devices write RGB in the header and YCbCr in the stream; the header decides what they leave open.
 */
export function isLuminanceChrominance(header: JpegHeader, format: PixelFormat): boolean {
  if (header.componentIds.length !== 3) return false;
  if (header.adobeTransform !== undefined) return header.adobeTransform === 1;
  if (header.hasJfif) return true;
  if (isNamedRgb(header)) return false;
  return format.photometricInterpretation.startsWith('YBR');
}

/** What libjpeg assumes by itself; where it would be wrong the codec cannot be used. */
export function isWhatLibjpegAssumes(header: JpegHeader, isYcc: boolean): boolean {
  if (header.componentIds.length !== 3) return header.componentIds.length === 1;
  const assumesYcc = header.hasJfif || (header.adobeTransform ?? (isNamedRgb(header) ? 0 : 1)) === 1;
  return assumesYcc === isYcc;
}

/** Components numbered with the letters R, G and B. */
const isNamedRgb = ({ componentIds: [r, g, b] }: JpegHeader) => r === 0x52 && g === 0x47 && b === 0x42;
