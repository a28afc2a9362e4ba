import type { DraftWord } from './draft-keeper.ts';

/** What every request has while it is being typed. */
export interface Draft extends Record<string, unknown> {
  /** Made by the page that began it, so that a draft whose first save went unanswered is found again. */
  key: string;
  facilityId: string;
}

/** How one word keeps what is begun and not sent. */
export interface DraftKind<D extends Draft> {
  word: DraftWord;
  /** Takes what is understood of what was kept, and leaves the rest; a draft of an older page still opens. */
  read(content: unknown): D;
  /** Whether anything was put in that is worth keeping. */
  hasContent(draft: D): boolean;
}
