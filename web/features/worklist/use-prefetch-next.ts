import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ask } from '../../api/queries.ts';
import { useLater } from '../../ui/use-later.ts';
import { type Prefetch, prefetchStudy } from '../../viewer/prefetch-study.ts';
import { claimOf, isReviewer } from './claim-rules.ts';
import { sourceOf } from './study-sources.ts';
import { useReader } from './use-reader.ts';
import { listQueryOf, type WorklistSearch } from './worklist-search.ts';

/** The open case has the link to itself at first. */
const restMs = 4000;

/** Brings the images of the case that "next" would give into the background, one study at a time. */
export function usePrefetchNext(caseId: string, purpose: 'read' | 'review' | undefined, search: WorklistSearch): void {
  const me = useReader();
  const isSettled = useLater(caseId, restMs) === caseId && purpose !== undefined;
  const state = purpose === 'review' ? (['submitted'] as const) : (['ready'] as const);
  const queue = useQuery({
    ...ask('worklist', 'list', {
      ...listQueryOf({ ...search, state: [...state] }, isReviewer(me)),
      page: 1,
      pageSize: 5,
    }),
    enabled: isSettled && me.mayClaim,
  });
  const now = new Date();
  const nextId = queue.data?.rows.find((row) => row.id !== caseId && claimOf(row, me, now).can === purpose)?.id;
  const next = useQuery({
    ...ask('worklist', 'read', { id: nextId ?? '' }),
    enabled: isSettled && nextId !== undefined,
    staleTime: 600_000,
  });
  const study = nextId === undefined ? undefined : next.data?.studies[0];
  const { studyInstanceUid: studyUid, revision } = study ?? {};

  // Kept until another takes its place: by then the viewer of this one has taken the frames over.
  const prefetch = useRef<Prefetch | undefined>(undefined);
  useEffect(() => {
    if (!studyUid) return;
    const before = prefetch.current;
    prefetch.current = prefetchStudy(sourceOf(studyUid, revision));
    before?.release();
  }, [studyUid, revision]);
  useEffect(
    () => () => {
      prefetch.current?.release();
      prefetch.current = undefined;
    },
    [],
  );
}
