import { z } from 'zod';

const Kept = z.object({
  content: z.record(z.string(), z.unknown()),
  /** The hub's copy that this one goes back to; absent before the first save was answered. */
  id: z.string().optional(),
  revision: z.number().int().optional(),
  at: z.string(),
  /** The hub has exactly this. */
  isSynced: z.boolean(),
});
export type Kept = z.infer<typeof Kept>;

/** What `window.localStorage` gives, so that a test can bring its own. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The words of the contract that keep what is begun and not sent. */
export const draftWords = ['orders', 'consultation'] as const;
export type DraftWord = (typeof draftWords)[number];

/**
 * The copies of one word's drafts on this machine, per account: typed text must outlive a dead link, a closed browser and a flat
 * battery. What the hub does not have stays until it could be sent.
 */
export function draftKeeper(shelf: Shelf, accountId: string, word: DraftWord) {
  const prefix = `lianzhen.draft.${word}.${accountId}.`;
  const read = (name: string): Kept | undefined => {
    const text = shelf.getItem(name);
    if (text === null) return undefined;
    try {
      return Kept.safeParse(JSON.parse(text)).data;
    } catch {
      // Half a write of a browser that died: there is nothing in it to bring back.
      return undefined;
    }
  };
  return {
    get: (key: string) => read(prefix + key),
    /** @returns false where the browser keeps nothing (storage full or switched off). */
    put(key: string, kept: Kept): boolean {
      try {
        shelf.setItem(prefix + key, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },
    remove: (key: string) => shelf.removeItem(prefix + key),
    all(): { key: string; kept: Kept }[] {
      const names = Array.from({ length: shelf.length }, (_, at) => shelf.key(at)).filter((name) => name !== null);
      return names
        .filter((name) => name.startsWith(prefix))
        .flatMap((name) => {
          const kept = read(name);
          return kept ? [{ key: name.slice(prefix.length), kept }] : [];
        });
    },
  };
}
export type DraftKeeper = ReturnType<typeof draftKeeper>;

/** At log-out: what the hub has is of no more use here, and the next person has no business with it. */
export function forgetSyncedDrafts(shelf: Shelf, accountId: string): void {
  for (const word of draftWords) {
    const keeper = draftKeeper(shelf, accountId, word);
    for (const { key, kept } of keeper.all()) if (kept.isSynced) keeper.remove(key);
  }
}
