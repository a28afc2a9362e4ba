import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { inkToLine, lineToInk } from './line-and-ink.ts';
import { penPx, pxPerMm, type TheirDrawing } from './pixelmed.ts';
import { type ReadCurve, readSheet } from './sheet-curves.ts';

/** How far two drawings of a lead are apart at most, in millimetres of paper. */
export interface Deviation {
  readonly lead: string;
  /** From their ink to our line, looked for column by column. */
  readonly ofTheirsMm: number;
  /** From our line to their ink. */
  readonly ofOursMm: number;
}

/** A pixel and the width of the pen: what a line loses when it becomes pixels. 0.125 mm: 5 ms at 25 mm/s. */
const toleranceMm = (1 + penPx) / pxPerMm;
/**
 * Their pen gives a sharp turn a point, up to five pens long beyond the turn; the last third of it is narrower than half
 * a pixel and no ink. 0.25 mm.
 */
const pointMm = ((2 / 3) * 5 * penPx) / pxPerMm;

/**
 * Lays a curve of our sheet over a row of their drawing that begins at the same time, millimetre over millimetre.
 * @param row the lead that their row is of
 */
export function deviation(theirs: TheirDrawing, row: string, ours: ReadCurve): Deviation {
  const { picture, rowPx, topOf } = theirs;
  const top = topOf.get(row);
  if (top === undefined) throw new Error(`${row} is not in their drawing`);
  // In Cabrera's order aVR is shown upside down.
  const sign = ours.lead.startsWith('-') ? -1 : 1;
  const x = ours.xMm.map((mm) => mm * pxPerMm);
  const y = ours.yMm.map((mm) => top + rowPx / 2 - sign * mm * pxPerMm);
  const band = { picture, top, bottom: top + rowPx };
  return {
    lead: ours.lead,
    ofTheirsMm: inkToLine(band, { x, y }) / pxPerMm,
    ofOursMm: lineToInk(band, { x, y }) / pxPerMm,
  };
}

export const isSame = ({ ofTheirsMm, ofOursMm }: Deviation): boolean =>
  ofOursMm <= toleranceMm && ofTheirsMm <= pointMm;

/** The curves of a sheet that are not what the other has drawn of the same lead. */
export const differing = (theirs: TheirDrawing, sheet: Sheet): Deviation[] =>
  readSheet(sheet)
    .map((curve) => deviation(theirs, curve.lead.replace('-', ''), curve))
    .filter((one) => !isSame(one));
