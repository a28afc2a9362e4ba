import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useKeys } from '../../ui/use-keys.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useDeskLayout } from './desk-layout.ts';
import { useChords } from './use-chords.ts';
import { useConsult } from './use-consult.ts';
import { useDone } from './use-done.ts';
import { useLease } from './use-lease.ts';
import { useLeaveOffer, useRelease } from './use-let-go.tsx';
import { useNextCase } from './use-next-case.ts';
import type { Kase } from './use-open-case.ts';
import { useReturn } from './use-return.ts';
import type { WorklistSearch } from './worklist-search.ts';

export type Pane = 'viewer' | 'report' | 'case';

/** Everything that can be done with the open case, and how its desk is laid out. */
export function useDesk(kase: Kase, search: WorklistSearch) {
  const cache = useQueryClient();
  const isNarrow = useNarrow();
  const { layout, change } = useDeskLayout();
  const [pane, setPane] = useState<Pane>('viewer');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [done, setDone] = useDone(kase);
  const lease = useLease(kase);

  const savers = useRef(new Set<() => Promise<unknown>>()).current;
  const beforeLeaving = useCallback(
    (save: () => Promise<unknown>) => {
      savers.add(save);
      return () => void savers.delete(save);
    },
    [savers],
  );
  const saveAll = () => Promise.all([...savers].map((save) => save()));

  const purpose = lease.hold?.purpose ?? (done === 'approved' || done === 'rejected' ? 'review' : undefined);
  const { next, isPending } = useNextCase(search, purpose && { purpose, caseId: kase.id });
  const letGo = useRelease(kase, lease, search, saveAll);
  const giveBack = useReturn(kase, lease, search, saveAll);
  useLeaveOffer(kase, lease, search);
  const consult = useConsult(kase, saveAll);

  const toggleCase = () => (isNarrow ? setPane('case') : change({ hasCase: !layout.hasCase }));
  const toggleReport = () => (isNarrow ? setPane('report') : change({ hasReport: !layout.hasReport }));
  const showHelp = () => setHelpOpen(true);
  // The viewer of electrocardiograms marches with B and turns to Cabrera with C.
  useKeys(kase.line === 'ecg' ? { n: next } : { n: next, c: toggleCase, b: toggleReport });
  useChords({
    'Alt+KeyN': next,
    'Alt+KeyC': toggleCase,
    'Alt+KeyB': toggleReport,
    F1: showHelp,
    ...(consult.isPossible ? { F8: consult.run } : {}),
  });
  const taken = (claimed: Kase) => {
    cache.setQueryData(ask('worklist', 'read', { id: kase.id }).queryKey, claimed);
    setDone(undefined);
    lease.take(claimed);
  };
  return {
    ...{ isNarrow, layout, changeLayout: change, pane, setPane, lease, beforeLeaving, letGo, giveBack, consult, taken },
    ...{ isHelpOpen, hideHelp: () => setHelpOpen(false) },
    /** Where one has the case again, what was done before is over. */
    done: lease.hold ? undefined : done,
    setDone,
    acts: {
      ...{ next, isNextPending: isPending, release: letGo.release, isReleasing: letGo.isPending },
      ...{ askReturn: giveBack.ask, mayReturn: giveBack.isPossible && !done, showHelp, toggleCase, toggleReport },
      ...(consult.isPossible ? { consult: consult.run } : {}),
      isConsulting: consult.isPending,
    },
  };
}
export type DeskState = ReturnType<typeof useDesk>;
