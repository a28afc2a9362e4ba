import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { asApiError } from '../api-error.ts';
import { api } from '../client.ts';
import { onLinkState, readLinkState } from '../link-state.ts';
import { ask } from '../queries.ts';
import { useSession } from '../session.ts';
import { useErrorText } from '../vocabulary.ts';
import { type DraftKeeper, type DraftWord, draftKeeper, type Kept } from './draft-keeper.ts';
import type { Draft, DraftKind } from './draft-kind.ts';
import { DraftQueue, type DraftRemote, type DraftStatus } from './draft-queue.ts';
import { isStartedHere } from './started-here.ts';

export function useKeeper(word: DraftWord): DraftKeeper {
  const { accountId } = useSession();
  return useMemo(() => draftKeeper(window.localStorage, accountId, word), [accountId, word]);
}

/** What the hub keeps of one's own. The words' answers are of one shape. */
export const draftsOf = (word: DraftWord) => ask(word as 'orders', 'drafts');

export interface OpenedDraft<D extends Draft> {
  draft: D;
  /** The hub does not have this text yet. */
  isUnsent?: boolean;
  known?: { id: string; revision: number };
}

/** What this machine holds and the hub does not outweighs the hub's copy: it was typed later. */
function fromShelf<D extends Draft>(
  kind: DraftKind<D>,
  key: string,
  kept: Kept | undefined,
): OpenedDraft<D> | undefined {
  if (!kept || kept.isSynced) return undefined;
  const { id, revision } = kept;
  const known = id && revision ? { known: { id, revision } } : {};
  return { draft: kind.read({ ...kept.content, key }), isUnsent: true, ...known };
}

/**
 * The draft that the address names by its key or by the hub's id; `fresh` where it is an unknown one. Answers undefined
 * while the hub is asked. A link that is down does not keep anyone from opening what is on this machine.
 */
export function useOpenedDraft<D extends Draft>(
  kind: DraftKind<D>,
  name: string,
  fresh: (key: string) => D,
): OpenedDraft<D> | undefined {
  const keeper = useKeeper(kind.word);
  const opened = useRef<OpenedDraft<D> | undefined>(undefined);
  const isNew = isStartedHere(name) && !keeper.get(name);
  const drafts = useQuery({ ...draftsOf(kind.word), enabled: !isNew, gcTime: 0, staleTime: 0 });
  if (opened.current) return opened.current;
  if (isNew) opened.current = { draft: fresh(name) };
  else if (drafts.data && !drafts.isFetching) {
    const view = drafts.data.find((draft) => draft.id === name || draft.content.key === name);
    const key = typeof view?.content.key === 'string' && view.content.key ? view.content.key : name;
    const kept = keeper.get(key);
    // A save whose answer was lost: the hub has it all the same.
    const isThere = view && kept && canonicalJson(view.content) === canonicalJson(kept.content);
    opened.current = isThere ? undefined : fromShelf(kind, key, kept);
    if (!opened.current && view)
      opened.current = {
        draft: kind.read({ ...view.content, key }),
        known: { id: view.id, revision: view.revision },
      };
    opened.current ??= { draft: fresh(key) };
  } else if (drafts.error) {
    const kept = keeper.get(name);
    const shelved = fromShelf(kind, name, kept && { ...kept, isSynced: false });
    opened.current = shelved ? { ...shelved, isUnsent: kept?.isSynced === false } : { draft: fresh(name) };
  }
  return opened.current;
}

const remoteFor = (word: DraftWord, facilityId: () => string): DraftRemote => ({
  create: (content) => api[word].createDraft({ facilityId: facilityId(), content }),
  save: (id, revision, content) => api[word].saveDraft({ id, revision, content }),
  list: () => api[word].drafts(),
});

/** A draft that is saved as one types. */
export function useDraft<D extends Draft>(kind: DraftKind<D>, opened: OpenedDraft<D>) {
  const cache = useQueryClient();
  const session = useSession();
  const keeper = useKeeper(kind.word);
  const decide = useDecision();
  const [draft, setDraft] = useState(opened.draft);
  const [status, setStatus] = useState<DraftStatus>({ kind: 'untouched' });
  const latest = useRef(draft);
  const queue = useRef<DraftQueue | undefined>(undefined);

  const open = useCallback((): DraftQueue => {
    queue.current ??= new DraftQueue({
      key: opened.draft.key,
      keeper,
      remote: remoteFor(kind.word, () => latest.current.facilityId),
      known: opened.known,
      onStatus: setStatus,
    });
    return queue.current;
  }, [kind, opened, keeper]);

  // A log-in renewed in the middle of the typing brings a new session: what it held up goes out at once.
  useEffect(() => {
    if (session.expiresAt) void queue.current?.flush();
  }, [session.expiresAt]);
  useEffect(() => {
    const stop = onLinkState(() => {
      if (readLinkState() === 'online') void queue.current?.flush();
    });
    return () => {
      stop();
      queue.current?.close();
      queue.current = undefined;
      void cache.invalidateQueries({ queryKey: draftsOf(kind.word).queryKey });
    };
  }, [cache, kind]);

  // What an earlier visit could not send goes out now, not with the next letter.
  useEffect(() => {
    if (opened.isUnsent) open().change(latest.current);
  }, [opened, open]);

  const change = (part: Partial<D>) => {
    latest.current = { ...latest.current, ...part };
    setDraft(latest.current);
    open().change(latest.current);
  };
  const keepMine = () => decide(() => open().keepMine());
  const takeTheirs = () =>
    decide(async () => {
      const other = await open().takeTheirs();
      if (!other) return;
      latest.current = kind.read({ ...other.content, key: opened.draft.key });
      setDraft(latest.current);
    });
  return { draft, status, change, keepMine, takeTheirs, queue: open };
}

/** Deciding needs the hub: while it cannot be reached the question stays open, and nothing is lost. */
function useDecision() {
  const why = useErrorText();
  const { message } = App.useApp();
  return async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (cause) {
      void message.warning(why(asApiError(cause).code));
    }
  };
}
