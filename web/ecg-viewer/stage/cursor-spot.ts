import { recordedLead, xOfMs, yOfUv } from '@lianzhen/ecg/sheet/places.ts';
import type { SheetPlan } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import type { EcgCursor } from '../company.ts';

/**
 * Where on this sheet somebody points, in millimetres: in the cell of his lead that shows his time, or in the nearest one
 * at its edge. Null where the sheet does not show the lead.
 */
export function cursorSpot(
  plan: SheetPlan,
  { lead, at }: Pick<EcgCursor, 'lead' | 'at'>,
  startMs: number,
): { readonly xMm: number; readonly yMm: number; readonly isOutside: boolean } | null {
  const spots = plan.cells
    .filter((cell) => recordedLead(cell) === lead)
    .map((cell) => {
      const x = xOfMs(plan, cell, at.x, startMs);
      const xMm = Math.min(cell.xMm + cell.widthMm, Math.max(cell.xMm, x));
      const yMm = Math.min(plan.heightMm, Math.max(0, yOfUv(plan, cell, at.y)));
      return { xMm, yMm, beside: Math.abs(x - xMm) };
    });
  const [nearest] = spots.sort((a, b) => a.beside - b.beside);
  return nearest ? { xMm: nearest.xMm, yMm: nearest.yMm, isOutside: nearest.beside > 0 } : null;
}
