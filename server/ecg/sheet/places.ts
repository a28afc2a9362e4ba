import type { SheetCell, SheetPlan } from './plan-sheet.ts';

/** A point of the trace: time of the recording, and voltage in one lead. */
export interface TracePoint {
  readonly lead: string;
  readonly ms: number;
  readonly uv: number;
}

/** The place for -aVR shows aVR upside down. */
const signOf = (cell: SheetCell): 1 | -1 => (cell.lead === '-aVR' ? -1 : 1);

/** The recorded lead that a cell is about. */
export const recordedLead = ({ lead }: Pick<SheetCell, 'lead'>): string => (lead === '-aVR' ? 'aVR' : lead);

/** The cell under a place on the sheet: the row it is in, also where the curve has left its row. */
export function cellAt(plan: SheetPlan, xMm: number, yMm: number): SheetCell | undefined {
  return plan.cells.find(
    (cell) => xMm >= cell.xMm && xMm < cell.xMm + cell.widthMm && yMm >= cell.topMm && yMm < cell.topMm + cell.heightMm,
  );
}

/** What a place in a cell means. `startMs`: the time at the beginning of the sheet. */
export function pointIn(plan: SheetPlan, cell: SheetCell, xMm: number, yMm: number, startMs: number): TracePoint {
  return {
    lead: recordedLead(cell),
    ms: startMs + cell.startMs + (xMm - cell.xMm) / plan.mmPerMs,
    uv: (signOf(cell) * (cell.baseMm - yMm)) / plan.mmPerUv,
  };
}

/** Where a time is, in a cell or a column; it may be beside it. */
export const xOfMs = (
  plan: SheetPlan,
  place: { readonly startMs: number; readonly xMm: number },
  ms: number,
  startMs: number,
): number => place.xMm + (ms - startMs - place.startMs) * plan.mmPerMs;

export const yOfUv = (plan: SheetPlan, cell: SheetCell, uv: number): number =>
  cell.baseMm - signOf(cell) * uv * plan.mmPerUv;
