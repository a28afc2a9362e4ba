import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { type Dispatch, useCallback, useEffect, useReducer, useRef } from 'react';
import type { EcgShown } from './company.ts';
import type { EcgViewerProps } from './ecg-viewer-props.ts';
import type { ScrollClock } from './stage/scroll-clock.ts';
import { type EcgState, firstState } from './state.ts';
import { changesCalipers, type EcgAction, reduce } from './state-reducer.ts';

type Given = Pick<EcgViewerProps, 'measurements' | 'shown' | 'onShown' | 'calipers' | 'onCalipers' | 'company'>;

/** A caliper that is dragged changes with every movement of the hand; it is told when the hand rests. */
const restMs = 150;

/**
 * The state of a viewer that someone outside may watch and lead. What comes from outside is applied, what the reader does
 * is told; an echo of what was told changes nothing. While the reader follows somebody the look and the time are not his.
 */
export function useEcgState(
  given: Given,
  clock: ScrollClock,
  isNarrow: boolean,
): { readonly state: EcgState; readonly dispatch: Dispatch<EcgAction> } {
  const [state, change] = useReducer(reduce, null, () => {
    const alone = firstState(given.calipers ?? given.measurements?.calipers ?? [], isNarrow);
    // Beside the faces and the words of a room the picture needs all the place there is; values stand at the calipers.
    const first = given.company ? { ...alone, isPanelOpen: false } : alone;
    return given.shown ? { ...first, look: given.shown.look } : first;
  });
  const { company } = given;
  const isFollowing = company?.isFollowing === true;
  const canMark = company?.canMark !== false;
  const dispatch = useCallback(
    (action: EcgAction) => {
      if (isFollowing && action.kind === 'look') return;
      if (!canMark && changesCalipers(action)) return;
      change(action);
    },
    [isFollowing, canMark],
  );
  useEffect(() => clock.hold(isFollowing), [clock, isFollowing]);
  useShown(given, clock, state, change);
  useCalipers(given, state.calipers, change);
  return { state, dispatch };
}

function useShown({ shown, onShown }: Given, clock: ScrollClock, { look }: EcgState, change: Dispatch<EcgAction>) {
  const told = useRef(new WeakSet<EcgShown>());
  const tell = useRef(onShown);
  tell.current = onShown;
  useEffect(() => {
    if (!shown || told.current.has(shown)) return;
    change({ kind: 'look', change: shown.look });
    clock.lead(shown.startMs);
  }, [shown, clock, change]);
  useEffect(() => {
    const say = () => {
      if (!tell.current) return;
      const now = { look, startMs: clock.meantMs };
      told.current.add(now);
      tell.current(now);
    };
    say();
    return clock.subscribe(say);
  }, [look, clock]);
}

function useCalipers({ calipers, onCalipers }: Given, mine: readonly Caliper[], change: Dispatch<EcgAction>) {
  /** The last ones that are the same here and outside. */
  const agreed = useRef(mine);
  const latest = useRef({ mine, onCalipers });
  latest.current = { mine, onCalipers };
  useEffect(() => {
    if (!calipers || calipers === agreed.current) return;
    // What has not been told yet is newer than what is told from there.
    if (latest.current.mine !== agreed.current) return;
    agreed.current = calipers;
    change({ kind: 'agree', calipers });
  }, [calipers, change]);
  const tell = useCallback(() => {
    const now = latest.current;
    if (now.mine === agreed.current) return;
    agreed.current = now.mine;
    now.onCalipers?.(now.mine);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change begins the rest anew.
  useEffect(() => {
    const timer = setTimeout(tell, restMs);
    return () => clearTimeout(timer);
  }, [mine, tell]);
  useEffect(() => () => tell(), [tell]);
}
