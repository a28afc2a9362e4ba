import type { ImageHeader, Spacing, UltrasoundRegion } from '../source/study-model.ts';
import type { Point } from './affine.ts';

/**
 * What a distance on a picture means: in the patient, on the detector (larger than in the patient by the magnification
 * of the beam), in a calibrated region of an ultrasound picture, or nothing but pixels.
 */
export type CalibrationKind = 'patient' | 'detector' | 'ultrasound' | 'none';

export interface Calibration {
  readonly kind: CalibrationKind;
  /** Millimetres between rows and between columns; 1 and 1 where there is none. */
  readonly spacing: Spacing;
}

const uncalibrated: Calibration = { kind: 'none', spacing: [1, 1] };

/** Physical units of ultrasound regions that are a length: 3, centimetres (PS3.3 C.8.5.5.1.15). */
const centimetres = 3;
/** Region spatial format 1 is a two-dimensional picture; a spectrum has time along its rows. */
const twoDimensional = 1;

/**
 * The calibration that holds at all of these points (PS3.3 10.7.1.3 for Pixel Spacing, C.8.5.5 for ultrasound).
 * Projection radiographs give Imager Pixel Spacing at the detector; Pixel Spacing means the patient there only when it
 * differs from it or says that it was corrected.
 */
export function calibrationAt(header: ImageHeader, points: readonly Point[]): Calibration {
  if (header.regions.length > 0) return ultrasoundAt(header.regions, points);
  const { pixel, imager, calibrationType, magnification } = header.spacing;
  const isSame = pixel !== null && imager !== null && pixel[0] === imager[0] && pixel[1] === imager[1];
  if (pixel && (!isSame || calibrationType !== '')) return { kind: 'patient', spacing: pixel };
  const detector = imager ?? pixel;
  if (!detector) return uncalibrated;
  if (magnification && magnification > 1) {
    return { kind: 'patient', spacing: [detector[0] / magnification, detector[1] / magnification] };
  }
  return { kind: 'detector', spacing: detector };
}

function ultrasoundAt(regions: readonly UltrasoundRegion[], points: readonly Point[]): Calibration {
  const holds = (region: UltrasoundRegion) =>
    points.every(({ x, y }) => x >= region.minX && x <= region.maxX + 1 && y >= region.minY && y <= region.maxY + 1);
  const region = regions.find(
    (candidate) =>
      candidate.unitX === centimetres &&
      candidate.unitY === centimetres &&
      candidate.spatialFormat <= twoDimensional &&
      holds(candidate),
  );
  return region ? { kind: 'ultrasound', spacing: [region.deltaY * 10, region.deltaX * 10] } : uncalibrated;
}

/** Height of a pixel in relation to its width, for drawing; PixelAspectRatio where there is no spacing. */
export function pixelAspect({ spacing: { pixel, imager, aspect } }: ImageHeader): number {
  const found = pixel ?? imager ?? aspect ?? [1, 1];
  const ratio = found[0] / found[1];
  // Rounding in the header must not blur a picture of square pixels.
  return Math.abs(ratio - 1) < 0.005 || ratio < 0.05 || ratio > 20 ? 1 : ratio;
}
