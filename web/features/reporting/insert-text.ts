/** Where a piece goes into a text, and what is put there: `insert` replaces start to end. */
export interface Insertion {
  start: number;
  end: number;
  insert: string;
}

/**
 * A piece at the cursor, or, where the cursor was never in this text, on a new line at its end. An empty text is
 * replaced whole, a selected part by the piece.
 * @param cursor selection as a text area tells it; null where it has none of the person's making
 */
export function insertionOf(text: string, piece: string, cursor: { start: number; end: number } | null): Insertion {
  if (text.trim() === '') return { start: 0, end: text.length, insert: piece };
  if (cursor) return { ...cursor, insert: piece };
  const kept = text.trimEnd().length;
  return { start: kept, end: text.length, insert: `\n${piece}` };
}

export const applyInsertion = (text: string, { start, end, insert }: Insertion): string =>
  text.slice(0, start) + insert + text.slice(end);

const blank = /【[^】\n]*】|_{3,}/gu;

/** The first blank to be filled in at or after a place; undefined where there is none. */
export function nextBlank(text: string, from: number): { start: number; end: number } | undefined {
  for (const found of text.matchAll(blank)) {
    if (found.index >= from) return { start: found.index, end: found.index + found[0].length };
  }
  return undefined;
}
