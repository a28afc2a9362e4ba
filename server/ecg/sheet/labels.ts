import { leadOfCell, type SheetLead } from './draw-curve.ts';
import { lineMm, textMm } from './paper.ts';
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

/** The names of the leads, each at the beginning of its curve. */
export function drawLabels(
  plan: SheetPlan,
  leads: readonly Pick<SheetLead, 'code' | 'derived'>[],
  words: { readonly missing: string },
): SheetText[] {
  return plan.cells.map((cell) => {
    const lead = leadOfCell(leads, cell.lead);
    const text = labelOf(cell, lead, words.missing);
    const yMm = Math.max(cell.topMm + textMm.label, cell.baseMm - Math.min(cell.heightMm / 2 - textMm.label, 8));
    return textLine(text, cell.xMm + 1, yMm, { sizeMm: textMm.label, isBold: true, colour: lead ? 'text' : 'warning' });
  });
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
