import { useRef } from 'react';
import { type HeldList, type HeldRow, holdRows } from './held-rows.ts';

/**
 * The rows to show of a list that changes by itself.
 * @param view what is looked at (filter, order, page): another view begins anew
 */
export function useHeldRows<T extends { id: string; revision: number }>(
  rows: readonly T[] | undefined,
  view: string,
  isHeld: boolean,
): HeldList<T> | undefined {
  const shown = useRef<{ view: string; rows: HeldRow<T>[] }>({ view, rows: [] });
  if (!rows) return undefined;
  const before = shown.current.view === view ? shown.current.rows : [];
  const list = holdRows(before, rows, isHeld);
  shown.current = { view, rows: list.rows };
  return list;
}
