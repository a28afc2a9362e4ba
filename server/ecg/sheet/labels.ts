import { leadOfCell, type SheetLead } from './draw-curve.ts';
import { lineMm, textMm } from './paper.ts';
import { yOfUv } from './places.ts';
import type { SheetCell, SheetPlan } from './plan-sheet.ts';
import type { SheetPrimitive, SheetText } from './sheet.ts';
import { spansOf } from './spans.ts';

/** A point in time that a sheet shows as a thin line with a name. */
export interface SheetMark {
  readonly atMs: number;
  readonly label: string;
}

/** More text than a line of paper holds is cut; texts come from files. */
const maxText = 160;
const maxMarks = 500;

export function textLine(text: string, xMm: number, yMm: number, look: Partial<SheetText> = {}): SheetText {
  const usual = { sizeMm: textMm.small, colour: 'text', align: 'left', isBold: false } as const;
  return { kind: 'text', ...usual, ...look, text: text.slice(0, maxText), xMm, yMm };
}

/** The name of a cell: a star for a lead that was computed. */
export const labelOf = (cell: SheetCell, lead: { readonly derived: boolean } | undefined, missing: string): string =>
  lead ? `${cell.lead}${lead.derived ? ' *' : ''}` : `${cell.lead} ${missing}`;

/** How far the beats of a lead go, in microvolts: the highest and the lowest sample. */
export interface LeadReach {
  readonly highUv: number;
  readonly lowUv: number;
}
export interface LabelledLead extends Pick<SheetLead, 'code' | 'derived'> {
  /** Absent while its samples are not at hand. */
  readonly reach?: LeadReach | undefined;
}

/** The names of the leads, each at the beginning of its curve. */
export function drawLabels(
  plan: SheetPlan,
  leads: readonly LabelledLead[],
  words: { readonly missing: string },
): SheetText[] {
  return plan.cells.map((cell) => {
    const lead = leadOfCell(leads, cell.lead);
    const text = labelOf(cell, lead, words.missing);
    const { yMm, isFree } = labelPlace(plan, cell, lead?.reach);
    const look = { sizeMm: textMm.label, isBold: true, colour: lead ? 'text' : 'warning' } as const;
    // A rim keeps what lies on a beat all the same legible.
    return textLine(text, cell.xMm + 1, yMm, isFree ? look : { ...look, hasRim: true });
  });
}

/** Between a name and the beats. */
const gapMm = 0.8;

/**
 * The base line of a cell's name: above the curve where no beat of the lead comes that high, else above the tallest one
 * where the row has the room, else where it would be without beats. Never below: there it would name the next row. One
 * place for the whole of a lead: a name that jumps while one scrolls cannot be read.
 */
function labelPlace(plan: SheetPlan, cell: SheetCell, reach: LeadReach | undefined) {
  const { topMm, heightMm, baseMm } = cell;
  const usual = Math.max(topMm + textMm.label, baseMm - Math.min(heightMm / 2 - textMm.label, 8));
  if (!reach) return { yMm: usual, isFree: true };
  const tallest = Math.min(yOfUv(plan, cell, reach.highUv), yOfUv(plan, cell, reach.lowUv));
  const above = Math.min(usual, tallest - gapMm);
  return above >= topMm + textMm.label ? { yMm: above, isFree: true } : { yMm: usual, isFree: false };
}

/** @returns undefined where nothing was recorded */
export function reachOf(samples: Float32Array): LeadReach | undefined {
  let [highUv, lowUv] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const uv of samples) {
    // NaN is neither.
    if (uv > highUv) highUv = uv;
    if (uv < lowUv) lowUv = uv;
  }
  return highUv >= lowUv ? { highUv, lowUv } : undefined;
}

/** Marks such as fiducial points: a thin line through every column whose time they lie in, and the name on top. */
export function drawMarks(plan: SheetPlan, marks: readonly SheetMark[], startMs: number): SheetPrimitive[] {
  return marks.slice(0, maxMarks).flatMap((mark) =>
    spansOf(plan).flatMap((span): SheetPrimitive[] => {
      const inSpan = mark.atMs - startMs - span.startMs;
      if (inSpan < 0 || inSpan > span.durationMs) return [];
      const x = span.xMm + inSpan * plan.mmPerMs;
      const points = Float32Array.from([x, span.topMm, x, span.bottomMm]);
      return [
        { kind: 'segments', points, widthMm: lineMm.mark, colour: 'mark' },
        textLine(mark.label, x + 0.4, span.topMm + textMm.small, { colour: 'mark' }),
      ];
    }),
  );
}
