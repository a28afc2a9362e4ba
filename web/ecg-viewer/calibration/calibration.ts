import { cssPxPerMm } from '@lianzhen/ecg/sheet/paper.ts';

/** ISO/IEC 7810 ID-1: a bank card or a resident's identity card. */
export const cardWidthMm = 85.6;

/** What is known of this screen. */
export interface Calibration {
  /** CSS pixels to a millimetre. */
  readonly pxPerMm: number;
  readonly isCalibrated: boolean;
}

export const uncalibrated: Calibration = { pxPerMm: cssPxPerMm, isCalibrated: false };

const storageKey = 'lianzhen.ecg.pxPerMm';
/** From a wall of television to the densest phone. */
const bounds = { least: 0.5, most: 30 } as const;

const isPossible = (pxPerMm: number): boolean => pxPerMm >= bounds.least && pxPerMm <= bounds.most;

/** A screen of this diagonal, in inches; null for what is no screen. */
export function pxPerMmOfDiagonal(inches: number, widthPx: number, heightPx: number): number | null {
  const pxPerMm = Math.hypot(widthPx, heightPx) / (inches * 25.4);
  return inches > 0 && isPossible(pxPerMm) ? pxPerMm : null;
}

/** A card that is as wide as so many pixels. */
export function pxPerMmOfCard(widthPx: number): number | null {
  const pxPerMm = widthPx / cardWidthMm;
  return isPossible(pxPerMm) ? pxPerMm : null;
}

/** As it is kept: the zoom of the browser at that time belongs to it, since it changes what a CSS pixel is. */
export const writeCalibration = (pxPerMm: number, devicePixelRatio: number): string =>
  JSON.stringify({ pxPerMm, devicePixelRatio });

/** What was kept, for the browser's present zoom; nobody's or a broken entry is no calibration. */
export function readCalibration(stored: string | null, devicePixelRatio: number): Calibration {
  try {
    const kept: unknown = JSON.parse(stored ?? 'null');
    if (typeof kept !== 'object' || kept === null) return uncalibrated;
    const { pxPerMm, devicePixelRatio: before } = kept as Record<string, unknown>;
    if (typeof pxPerMm !== 'number' || typeof before !== 'number' || !(before > 0)) return uncalibrated;
    const now = (pxPerMm * before) / devicePixelRatio;
    return isPossible(now) ? { pxPerMm: now, isCalibrated: true } : uncalibrated;
  } catch {
    // Not ours: an uncalibrated screen says so.
    return uncalibrated;
  }
}

/** Browsers that keep nothing (private windows, blocked storage) throw: then each visit calibrates anew. */
export function keepCalibration(pxPerMm: number): void {
  try {
    localStorage.setItem(storageKey, writeCalibration(pxPerMm, window.devicePixelRatio));
  } catch {
    return;
  }
}

export function forgetCalibration(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    return;
  }
}

export function keptCalibration(): Calibration {
  try {
    return readCalibration(localStorage.getItem(storageKey), window.devicePixelRatio);
  } catch {
    return uncalibrated;
  }
}
