import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { asApiError } from '../api/api-error.ts';
import { api } from '../api/client.ts';
import type { Draft, DraftKind } from '../api/drafts/draft-kind.ts';
import type { ListedDraft } from '../api/drafts/listed-drafts.ts';
import { draftsOf, useKeeper } from '../api/drafts/use-draft.ts';
import { useErrorText } from '../api/vocabulary.ts';
import { useUiText } from './texts.ts';

/** Discards a draft at once and offers to take that back: asking first would slow everyone down for the sake of a slip. */
export function useDiscard<D extends Draft>({ word }: DraftKind<D>) {
  const t = useUiText();
  const why = useErrorText();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const keeper = useKeeper(word);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const refresh = () => void cache.invalidateQueries({ queryKey: draftsOf(word).queryKey });
  const show = (name: string) => setGone((names) => new Set([...names].filter((other) => other !== name)));
  const tellFailure = (cause: unknown) => void message.error(why(asApiError(cause).code));

  const restore = async (one: ListedDraft<D>) => {
    show(one.name);
    if (one.kept) keeper.put(one.draft.key, { ...one.kept, id: undefined, revision: undefined });
    if (one.id) await api[word].createDraft({ facilityId: one.draft.facilityId, content: one.content });
    refresh();
  };
  const offerUndo = (one: ListedDraft<D>) => {
    const undo = () => {
      message.destroy(one.name);
      restore(one).catch(tellFailure);
    };
    const button = (
      <Button type="link" size="small" onClick={undo} data-testid="undo-discard">
        {t('undo')}
      </Button>
    );
    void message.open({ key: one.name, duration: 8, content: [t('discarded'), ' ', <span key="undo">{button}</span>] });
  };
  const discard = async (one: ListedDraft<D>) => {
    setGone((names) => new Set([...names, one.name]));
    try {
      if (one.id) await api[word].discardDraft({ id: one.id });
    } catch (cause) {
      show(one.name);
      return tellFailure(cause);
    }
    keeper.remove(one.draft.key);
    refresh();
    offerUndo(one);
  };
  return { gone, discard };
}
