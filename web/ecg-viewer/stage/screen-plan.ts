import { leadGrid } from '@lianzhen/ecg/sheet/layouts.ts';
import { planSheet, type SheetPlan } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import { type EcgLook, magnification } from '../look.ts';

/** Rows lower than this would lie in each other; the sheet then is higher than the screen. */
const leastRowMm = 11;

export interface ScreenPlan {
  readonly plan: SheetPlan;
  /** CSS pixels to a millimetre of the sheet. */
  readonly pxPerMm: number;
}

/**
 * The sheet as large as the place on the screen. Magnified, the one lead has all of it and every millimetre of the
 * paper is larger, so that the squares still count.
 * @param size CSS pixels
 * @param screenPxPerMm of this screen at true scale
 * @param durationMs of the recording
 */
export function planScreen(
  codes: readonly string[],
  look: EcgLook,
  size: { readonly width: number; readonly height: number },
  screenPxPerMm: number,
  durationMs: number,
): ScreenPlan {
  const pxPerMm = screenPxPerMm * look.zoom * (look.isMagnified ? magnification : 1);
  const grid = look.isMagnified
    ? { columns: [[look.lead]], strips: [] }
    : leadGrid(codes, look.layout, look.order, look.rhythm);
  const rows = Math.max(0, ...grid.columns.map((column) => column.length)) + grid.strips.length;
  const plan = planSheet({
    grid,
    widthMm: Math.max(10, size.width / pxPerMm),
    heightMm: Math.max(10, size.height / pxPerMm, look.isMagnified ? 0 : rows * leastRowMm),
    speedMmPerS: look.speed,
    gainMmPerMv: look.gain,
    // Columns share what there is: ten seconds are 2.5 in each of four, on any screen that is wide enough.
    longestMs: durationMs,
    // Below is room for the line that names scale and filter, too.
    spareMm: { top: 5, bottom: Math.max(2, 24 / pxPerMm) },
  });
  return { plan, pxPerMm };
}
