import { JpegProblem } from './problem.ts';

/** 100 megapixels: four times the largest mammogram detector. Callers that can bear less ask before they decode. */
const maxPixels = 100_000_000;

/**
 * Refuses a size before any memory is taken for it.
 * @throws JpegProblem `missing-tag` where one of the two is unknown, `too-large`
 */
export function requireBounded(columns: number, rows: number): void {
  if (!(columns > 0 && rows > 0))
    throw new JpegProblem('missing-tag', { tag: 'Rows (0028,0010) / Columns (0028,0011)' });
  if (columns * rows > maxPixels)
    throw new JpegProblem('too-large', { columns, rows, megapixels: Math.round(maxPixels / 1e6) });
}
