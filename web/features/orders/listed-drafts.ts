import type { Outputs } from '../../api/client.ts';
import { hasContent, OrderDraft } from './draft.ts';
import type { Kept } from './draft-keeper.ts';

type DraftView = Outputs['orders']['drafts'][number];

export interface ListedDraft {
  /** By what the address names it. */
  name: string;
  id?: string;
  draft: OrderDraft;
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
export function listDrafts(views: readonly DraftView[], shelf: { key: string; kept: Kept }[]): ListedDraft[] {
  const unsent = shelf.filter(({ kept }) => !kept.isSynced);
  const listed = views.map((view): ListedDraft => {
    const key = typeof view.content.key === 'string' ? view.content.key : '';
    const own = key ? unsent.find((one) => one.key === key)?.kept : undefined;
    const draft = OrderDraft.parse({ ...(own?.content ?? view.content), key: key || view.id });
    const name = key || view.id;
    const at = own?.at ?? view.updatedAt;
    return { name, id: view.id, draft, content: view.content, kept: own, at, isOnlyHere: own !== undefined };
  });
  const known = new Set(listed.map((one) => one.draft.key));
  const local = unsent
    .filter(({ key }) => !known.has(key))
    .map(({ key, kept }): ListedDraft => {
      const draft = OrderDraft.parse({ ...kept.content, key });
      return { name: key, draft, content: kept.content, kept, at: kept.at, isOnlyHere: true };
    })
    .filter((one) => hasContent(one.draft));
  return [...listed, ...local].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
