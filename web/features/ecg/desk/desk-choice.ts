import { useCallback, useSyncExternalStore } from 'react';

/** Which traces of a case are on the desk. The picture and the report are two parts of it, and both must mean the same. */
export interface DeskChoice {
  /** The trace that is read; without one the newest that was not repeated. */
  traceId?: string;
  /** The one it is compared with; without one the last before it, null for none. */
  earlierId?: string | null;
}

const none: DeskChoice = {};
const choices = new Map<string, DeskChoice>();
const listeners = new Set<() => void>();
/** Cases that are remembered; the oldest is forgotten first. */
const most = 50;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(caseId: string, part: DeskChoice): void {
  const next = { ...choices.get(caseId), ...part };
  choices.delete(caseId);
  choices.set(caseId, next);
  for (const oldest of choices.keys()) {
    if (choices.size <= most) break;
    choices.delete(oldest);
  }
  for (const listener of listeners) listener();
}

export function useDeskChoice(caseId: string): [DeskChoice, (part: DeskChoice) => void] {
  const choice = useSyncExternalStore(subscribe, () => choices.get(caseId) ?? none);
  return [choice, useCallback((part: DeskChoice) => change(caseId, part), [caseId])];
}
