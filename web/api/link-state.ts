import { useSyncExternalStore } from 'react';

/** online: changes arrive by themselves; connecting: the link is being made; offline: it is gone. */
export type LinkState = 'online' | 'connecting' | 'offline';

let state: LinkState = 'connecting';
const listeners = new Set<() => void>();

export function setLinkState(next: LinkState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readLinkState = (): LinkState => state;
/** Tells of every change of the link; for code outside a component. */
export const onLinkState = subscribe;
export const useLinkState = (): LinkState => useSyncExternalStore(subscribe, readLinkState);
