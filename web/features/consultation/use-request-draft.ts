import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ask } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { DraftSaver, type KnownDraft, type SaveStatus } from './draft-saver.ts';
import { RequestDraft } from './request-draft.ts';

export interface OpenedRequest {
  draft: RequestDraft;
  known: KnownDraft | undefined;
}

const shelfKey = (accountId: string) => `lianzhen.consultation-draft.${accountId}`;

function fromShelf(accountId: string): RequestDraft | undefined {
  const kept = window.localStorage.getItem(shelfKey(accountId));
  try {
    return kept ? RequestDraft.parse(JSON.parse(kept)) : undefined;
  } catch {
    // Cut off, or of another page: as if nothing were there.
    return undefined;
  }
}

/** The request that the address names, or a new one; text that never reached the hub comes back. */
export function useOpenedRequest(id: string | undefined, patientId: string | undefined): OpenedRequest | undefined {
  const session = useSession();
  const opened = useRef<OpenedRequest | undefined>(undefined);
  const drafts = useQuery({ ...ask('consultation', 'drafts'), enabled: Boolean(id), staleTime: 0, gcTime: 0 });
  if (opened.current) return opened.current;
  const facilityId = seatsFor(session, 'consultation:request')[0]?.facilityId ?? '';
  if (!id) {
    const kept = patientId ? undefined : fromShelf(session.accountId);
    opened.current = { draft: kept ?? RequestDraft.parse({ facilityId, patientId }), known: undefined };
  } else if (drafts.data && !drafts.isFetching) {
    const view = drafts.data.find((draft) => draft.id === id);
    opened.current = {
      draft: RequestDraft.parse({ facilityId, ...view?.content }),
      known: view && { id: view.id, revision: view.revision },
    };
  }
  return opened.current;
}

/** A request that is saved as one types; the address gets its id with the first save. */
export function useRequestDraft(opened: OpenedRequest) {
  const { accountId } = useSession();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(opened.draft);
  const [status, setStatus] = useState<SaveStatus>({ kind: 'untouched' });
  const latest = useRef(draft);
  const saver = useRef<DraftSaver | undefined>(undefined);
  const named = useRef(opened.known?.id);

  const open = (): DraftSaver => {
    saver.current ??= new DraftSaver(
      opened.known,
      {
        put: (kept) => window.localStorage.setItem(shelfKey(accountId), JSON.stringify(kept)),
        clear: () => window.localStorage.removeItem(shelfKey(accountId)),
      },
      (next, known) => {
        setStatus(next);
        if (!known || named.current === known.id) return;
        named.current = known.id;
        void navigate({ to: '/consultations/new', search: { draft: known.id }, replace: true });
      },
    );
    return saver.current;
  };
  useEffect(
    () => () => {
      saver.current?.close();
      saver.current = undefined;
    },
    [],
  );
  const change = (part: Partial<RequestDraft>) => {
    latest.current = { ...latest.current, ...part };
    setDraft(latest.current);
    open().change(latest.current);
  };
  return { draft, status, change, saver: open };
}
