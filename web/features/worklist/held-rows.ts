/** A row of a list that must not move while somebody points at it. */
export interface HeldRow<T> {
  row: T;
  /** No longer in the list; it keeps its place until nobody points at the list. */
  isGone: boolean;
  /** Came or changed since the list was opened. */
  isFresh: boolean;
}
export interface HeldList<T> {
  rows: HeldRow<T>[];
  /** How many rows came that are not shown yet. */
  unseen: number;
}
interface Row {
  id: string;
  revision: number;
}

/**
 * The list as it may be shown now. While it is held, rows keep their places and only change within; a row that left
 * stays as a mark; what came at the end is shown at once, because it moves nothing; what came in between is counted.
 * Not held, the list is what the hub says.
 */
export function holdRows<T extends Row>(
  before: readonly HeldRow<T>[],
  now: readonly T[],
  isHeld: boolean,
): HeldList<T> {
  const known = new Map(before.map((held) => [held.row.id, held]));
  const fresh = (row: T): HeldRow<T> => {
    const old = known.get(row.id);
    const isFresh = before.length > 0 && (!old || old.isFresh || old.row.revision !== row.revision);
    return { row, isGone: false, isFresh };
  };
  if (!isHeld || before.length === 0) return { rows: now.map(fresh), unseen: 0 };
  const current = new Map(now.map((row) => [row.id, row]));
  const kept = before.map((held) => {
    const row = current.get(held.row.id);
    return row ? fresh(row) : { ...held, isGone: true };
  });
  const lastKnown = now.findLastIndex((row) => known.has(row.id));
  const atEnd = now.slice(lastKnown + 1);
  const unseen = now.filter((row) => !known.has(row.id)).length - atEnd.length;
  return { rows: [...kept, ...atEnd.map(fresh)], unseen };
}

/** What is on screen, and of which view (filter, order, page). */
export interface ShownView<T> {
  view: string;
  rows: HeldRow<T>[];
}

/**
 * The list after an answer, and what is to be remembered of it. Another view begins anew, also under a pointer that
 * rests on the list: an answer to an earlier question is shown meanwhile, but holds no place in the view to come.
 */
export function showRows<T extends Row>(
  shown: ShownView<T>,
  answer: { view: string; rows: readonly T[]; isOld: boolean },
  isHeld: boolean,
): { list: HeldList<T>; shown: ShownView<T> } {
  if (answer.isOld) return { list: holdRows(shown.rows, answer.rows, false), shown };
  const list = holdRows(shown.view === answer.view ? shown.rows : [], answer.rows, isHeld);
  return { list, shown: { view: answer.view, rows: list.rows } };
}
