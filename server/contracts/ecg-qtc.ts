import type { QtCorrected } from './ecg-measurements.ts';

// Intervals in milliseconds; each formula leaves a QT at 60 beats a minute (RR 1000 ms) as it is.

/** Bazett, Heart 1920;7:353: QT / (RR in s)^(1/2). */
export const bazett = (qtMs: number, rrMs: number): number => qtMs / Math.sqrt(rrMs / 1000);
/** Fridericia, Acta Med Scand 1920;53:469: QT / (RR in s)^(1/3). */
export const fridericia = (qtMs: number, rrMs: number): number => qtMs / Math.cbrt(rrMs / 1000);
/** Sagie et al. (Framingham), Am J Cardiol 1992;70:797: QT + 0.154 (1 - RR in s), in seconds. */
export const framingham = (qtMs: number, rrMs: number): number => qtMs + 154 * (1 - rrMs / 1000);
/** Hodges et al., J Am Coll Cardiol 1983;1:694: QT + 1.75 (rate - 60), in milliseconds. */
export const hodges = (qtMs: number, rrMs: number): number => qtMs + 1.75 * (60_000 / rrMs - 60);

/** QT corrected for the heart rate in four ways, to whole milliseconds; nulls without a QT or a positive RR. */
export function correctQt(qtMs: number | null, rrMs: number | null): QtCorrected {
  if (qtMs === null || rrMs === null || !(rrMs > 0) || !(qtMs > 0)) {
    return { bazettMs: null, fridericiaMs: null, framinghamMs: null, hodgesMs: null };
  }
  return {
    bazettMs: Math.round(bazett(qtMs, rrMs)),
    fridericiaMs: Math.round(fridericia(qtMs, rrMs)),
    framinghamMs: Math.round(framingham(qtMs, rrMs)),
    hodgesMs: Math.round(hodges(qtMs, rrMs)),
  };
}
