import { ViewerProblem } from '../problem.ts';

/** A canvas of Chromium, Firefox and Safari is dependable up to this side. */
export const maxSide = 16_384;
/** 100 megapixels: four times the largest mammogram detector; the canvas alone takes 400 MB there. */
export const maxPixels = 100_000_000;
/** One compressed or native frame. */
export const maxFrameBytes = 512 * 1024 * 1024;

/** Refuses sizes that would take the page down, before anything is allocated. */
export function requireDrawable(columns: number, rows: number): void {
  const isWhole = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0;
  if (!isWhole) throw new ViewerProblem('missing-tag', { tag: 'Rows (0028,0010) / Columns (0028,0011)' });
  if (columns > maxSide || rows > maxSide || columns * rows > maxPixels) {
    throw new ViewerProblem('too-large', { columns, rows, megapixels: Math.round(maxPixels / 1e6) });
  }
}
