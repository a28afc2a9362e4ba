import { useSyncExternalStore } from 'react';

/** Below this width a page is held in one hand: a drawer for the menu, cards for tables. */
const query = window.matchMedia('(max-width: 767px)');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
