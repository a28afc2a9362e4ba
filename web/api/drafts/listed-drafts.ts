import type { Outputs } from '../client.ts';
import type { Kept } from './draft-keeper.ts';
import type { Draft, DraftKind } from './draft-kind.ts';

type DraftView = Outputs['orders']['drafts'][number];

export interface ListedDraft<D extends Draft> {
  /** By what the address names it. */
  name: string;
  id?: string;
  draft: D;
  content: Record<string, unknown>;
  kept?: Kept;
  at: string;
  /** Its last text has not reached the hub. */
  isOnlyHere: boolean;
}

/**
 * The hub's drafts and this machine's as one list, newest first. Where both know a draft, the text that the hub does
 * not have yet is the one shown. Text that only this machine has is listed even where the hub has dropped the draft.
 */
export function listDrafts<D extends Draft>(
  kind: DraftKind<D>,
  views: readonly DraftView[],
  shelf: { key: string; kept: Kept }[],
): ListedDraft<D>[] {
  const unsent = shelf.filter(({ kept }) => !kept.isSynced);
  const listed = views.map((view): ListedDraft<D> => {
    const key = typeof view.content.key === 'string' ? view.content.key : '';
    const own = key ? unsent.find((one) => one.key === key)?.kept : undefined;
    const draft = kind.read({ ...(own?.content ?? view.content), key: key || view.id });
    const name = key || view.id;
    const at = own?.at ?? view.updatedAt;
    return { name, id: view.id, draft, content: view.content, kept: own, at, isOnlyHere: own !== undefined };
  });
  const known = new Set(listed.map((one) => one.draft.key));
  const local = unsent
    .filter(({ key }) => !known.has(key))
    .map(({ key, kept }): ListedDraft<D> => {
      const draft = kind.read({ ...kept.content, key });
      return { name: key, draft, content: kept.content, kept, at: kept.at, isOnlyHere: true };
    })
    .filter((one) => kind.hasContent(one.draft));
  return [...listed, ...local].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
