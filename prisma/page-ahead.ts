import { mostAhead } from '@lianzhen/contracts/fields.ts';

/** How many rows to ask for, so that a page is known together with how many come after it, up to `mostAhead`. */
export const rowsAhead = (take: number): number => take + mostAhead;

/**
 * A page out of rows that were asked for with `rowsAhead`.
 * @returns its rows, and how many there are in all as far as anybody counted; 0 behind the end
 */
export const pageAhead = <T>(ahead: readonly T[], skip: number, take: number): { rows: T[]; total: number } => ({
  rows: ahead.slice(0, take),
  total: ahead.length > 0 ? skip + ahead.length : 0,
});
