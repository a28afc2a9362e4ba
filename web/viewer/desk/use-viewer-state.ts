import { useCallback, useEffect, useRef, useState } from 'react';
import { applyState } from '../apply-state.ts';
import { hangStudy } from '../modes.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { ViewerState } from '../state.ts';
import { type ViewerAction, viewerReducer } from '../state-reducer.ts';

export interface ViewerStateHandle {
  readonly state: ViewerState;
  /** What the reader does; nothing while somebody else leads. */
  readonly dispatch: (action: ViewerAction) => void;
  /** The state after everything dispatched so far, even before it is drawn: turns of a wheel come faster than that. */
  readonly latest: () => ViewerState;
}

/**
 * The state of a viewer that someone outside may watch and lead. What comes from outside is made safe and applied; what
 * the reader does is told outside; an echo of what was told is recognised, so that a slow owner does not pull the
 * reader back. While the reader follows somebody, nothing of what he does changes it.
 */
export function useViewerState(
  study: ViewerStudy,
  hasOneTile: boolean,
  outside: ViewerState | undefined,
  onState: ((state: ViewerState) => void) | undefined,
  isFollowing: boolean,
): ViewerStateHandle {
  const [state, setState] = useState(() =>
    outside ? applyState(outside, study, isFollowing) : hangStudy(study, hasOneTile),
  );
  const now = useRef(state);
  const told = useRef(new WeakSet<ViewerState>());
  const applied = useRef<ViewerState | undefined>(outside ? state : undefined);
  const tell = useRef(onState);
  tell.current = onState;

  const follows = useRef(isFollowing);
  follows.current = isFollowing;

  const change = useCallback((action: ViewerAction) => {
    now.current = viewerReducer(now.current, action);
    setState(now.current);
  }, []);
  const dispatch = useCallback(
    (action: ViewerAction) => {
      if (!follows.current) change(action);
    },
    [change],
  );
  const latest = useCallback(() => now.current, []);

  useEffect(() => {
    if (!outside || told.current.has(outside)) return;
    applied.current = applyState(outside, study, isFollowing);
    change({ type: 'apply', state: applied.current });
  }, [outside, study, isFollowing, change]);

  useEffect(() => {
    if (state === applied.current) return;
    told.current.add(state);
    tell.current?.(state);
  }, [state]);

  return { state, dispatch, latest };
}
