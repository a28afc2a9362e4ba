import type { SheetCell, SheetPlan } from './plan-sheet.ts';

/** A column of the sheet: all cells in it show the same time. */
export interface SheetSpan {
  readonly group: number;
  readonly xMm: number;
  readonly widthMm: number;
  readonly topMm: number;
  readonly bottomMm: number;
  readonly startMs: number;
  readonly durationMs: number;
}

export function spansOf(plan: SheetPlan): SheetSpan[] {
  const groups = [...new Set(plan.cells.map((cell) => cell.group))];
  return groups.map((group) => {
    const cells = plan.cells.filter((cell) => cell.group === group);
    const { xMm, widthMm, startMs, durationMs } = cells[0] as SheetCell;
    const topMm = Math.min(...cells.map((cell) => cell.topMm));
    const bottomMm = Math.max(...cells.map((cell) => cell.topMm + cell.heightMm));
    return { group, xMm, widthMm, topMm, bottomMm, startMs, durationMs };
  });
}
