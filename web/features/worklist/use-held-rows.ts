import { useRef } from 'react';
import { type HeldList, type ShownView, showRows } from './held-rows.ts';

/**
 * The rows to show of a list that changes by itself.
 * @param view what is looked at (filter, order, page): another view begins anew
 * @param isOld whether the rows still answer the view before
 */
export function useHeldRows<T extends { id: string; revision: number }>(
  rows: readonly T[] | undefined,
  view: string,
  isOld: boolean,
  isHeld: boolean,
): HeldList<T> | undefined {
  const shown = useRef<ShownView<T>>({ view, rows: [] });
  if (!rows) return undefined;
  const next = showRows(shown.current, { view, rows, isOld }, isHeld);
  shown.current = next.shown;
  return next.list;
}
