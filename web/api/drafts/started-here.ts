import { newId } from '../../call/new-id.ts';

/**
 * Drafts that were begun in this page and that the hub therefore cannot know yet: such a form opens at once, however
 * slow the link. After a reload the hub is asked as for any other.
 */
const keys = new Set<string>();

export function startDraft(): string {
  const key = newId();
  keys.add(key);
  return key;
}

export const isStartedHere = (key: string): boolean => keys.has(key);
