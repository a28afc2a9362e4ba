import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { type Dispatch, useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import type { EcgShown } from './company.ts';
import type { EcgViewerProps } from './ecg-viewer-props.ts';
import type { ScrollClock } from './stage/scroll-clock.ts';
import { type EcgState, firstState, lookOnScreen } from './state.ts';
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
  const { company } = given;
  const isFollowing = company?.isFollowing === true;
  const [kept, change] = useReducer(reduce, null, () => {
    const alone = firstState(given.calipers ?? given.measurements?.calipers ?? [], isNarrow);
    // Beside the faces and the words of a room the picture needs all the place there is; values stand at the calipers.
    const first = company ? { ...alone, isPanelOpen: false } : alone;
    return given.shown ? { ...first, look: given.shown.look, isLed: company !== undefined } : first;
  });
  const canMark = company?.canMark !== false;
  const dispatch = useCallback(
    (action: EcgAction) => {
      if (isFollowing && action.kind === 'look') return;
      if (!canMark && changesCalipers(action)) return;
      change(action);
    },
    [isFollowing, canMark],
  );
  // A phone shows a part of the time that a wide screen shows: who follows on one goes through it with a finger.
  const isHeld = isFollowing && !isNarrow;
  useEffect(() => clock.hold(isHeld), [clock, isHeld]);
  useShown(given, clock, kept, isHeld, change);
  useCalipers(given, kept.calipers, change);
  const state = useMemo(() => ({ ...kept, look: lookOnScreen(kept, isNarrow) }), [kept, isNarrow]);
  return { state, dispatch };
}

function useShown(
  { shown, onShown, company }: Given,
  clock: ScrollClock,
  { look }: EcgState,
  isHeld: boolean,
  change: Dispatch<EcgAction>,
) {
  const told = useRef(new WeakSet<EcgShown>());
  const tell = useRef(onShown);
  tell.current = onShown;
  const isAmong = company !== undefined;
  const isFollowing = company?.isFollowing === true;
  /** Where the last one from outside began. */
  const ledMs = useRef(Number.NaN);
  if (!isFollowing) ledMs.current = Number.NaN;
  useEffect(() => {
    if (!shown || told.current.has(shown)) return;
    change(isAmong ? { kind: 'lead', look: shown.look } : { kind: 'look', change: shown.look });
    // Another gain or filter takes nobody away from the place that he went to by himself.
    if (!isHeld && shown.startMs === ledMs.current) return;
    ledMs.current = shown.startMs;
    clock.lead(shown.startMs);
  }, [shown, clock, change, isAmong, isHeld]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who begins to lead, or to look for himself, does so with what he sees.
  useEffect(() => {
    const say = () => {
      if (!tell.current) return;
      const now = { look, startMs: clock.meantMs };
      told.current.add(now);
      tell.current(now);
    };
    say();
    return clock.subscribe(say);
  }, [look, clock, isFollowing]);
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
