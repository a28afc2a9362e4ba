import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FrameStore } from '../frames/frame-store.ts';
import { loadOrder } from '../frames/load-plan.ts';
import type { Frame } from '../measure/view-transform.ts';
import { firstTool, modes, type Tool, type ViewerMode } from '../modes.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { Measurement, ViewerState } from '../state.ts';
import type { FrameChoice } from '../state-reducer.ts';
import type { SayText } from '../texts.ts';
import type { Desk } from './desk.ts';
import { placeOf, tiedFrames } from './places.ts';
import type { DeskSwitches } from './run-command.ts';
import { useCine } from './use-cine.ts';
import { useMeasurements } from './use-measurements.ts';
import { useSeen } from './use-seen.ts';
import { useViewerState } from './use-viewer-state.ts';

export interface DeskInput {
  readonly study: ViewerStudy;
  readonly store: FrameStore;
  readonly mode: ViewerMode;
  readonly say: SayText;
  readonly author: string;
  readonly isNarrow: boolean;
  readonly state: ViewerState | undefined;
  readonly onState: ((state: ViewerState) => void) | undefined;
  readonly measurements: readonly Measurement[] | undefined;
  readonly onMeasurements: ((measurements: readonly Measurement[]) => void) | undefined;
}

export interface OpenDesk {
  readonly desk: Desk;
  readonly switches: Omit<DeskSwitches, 'toggleHelp'>;
  /** True once the active tile shows the frame it is meant to show. */
  readonly isRendered: boolean;
}

/** Puts an open study on the desk: its state, its measurements, what is loaded and what is seen. */
export function useOpenDesk(input: DeskInput): OpenDesk {
  const { study, store, mode, say, author, isNarrow } = input;
  const traits = modes[mode];
  const { state, dispatch, latest } = useViewerState(study, isNarrow || mode === 'glance', input.state, input.onState);
  const [book, changeBook] = useMeasurements(input.measurements, input.onMeasurements);
  const [tool, setTool] = useState<Tool>(() => firstTool(matchMedia('(pointer: coarse)').matches));
  const [selected, select] = useState<string | null>(null);
  const [showsText, setShowsText] = useState(true);
  const [isSynced, setSynced] = useState(false);
  const [cineRate, setCineRate] = useState<number | null>(null);
  const [seen, see] = useSeen();
  const frames = useRef(new Map<number, Frame>()).current;
  const [onScreen, setOnScreen] = useState<Readonly<Record<number, string>>>({});

  const places = useMemo(() => state.viewports.map((viewport) => placeOf(study, viewport)), [study, state.viewports]);
  const latestPlace = useCallback(
    (tile: number) => {
      const viewport = latest().viewports[tile];
      return viewport ? placeOf(study, viewport) : null;
    },
    [study, latest],
  );

  const leaf = useCallback(
    (tile: number, choice: FrameChoice) => {
      dispatch({ type: 'leaf', tile, choice });
      if (!isSynced) return;
      const now = latest().viewports.map((viewport) => placeOf(study, viewport));
      const moved = now[tile];
      const to = moved?.series.images[moved.index];
      for (const tied of to ? tiedFrames(now, tile, to) : []) dispatch({ type: 'leaf', ...tied });
    },
    [study, latest, dispatch, isSynced],
  );

  useEffect(() => {
    const open = places.filter((place) => place !== null);
    store.want(loadOrder(study.series, open, traits.prefetch), open.length);
  }, [store, study, places, traits.prefetch]);

  useCine(places[state.active] ?? null, cineRate, store, (choice) => leaf(state.active, choice));

  const drawn = useCallback((tile: number, key: string) => {
    setOnScreen((known) => (known[tile] === key ? known : { ...known, [tile]: key }));
  }, []);
  const place = places[state.active];
  const isRendered = place != null && onScreen[state.active] === place.series.images[place.index]?.key;

  const desk: Desk = {
    study,
    store,
    traits,
    say,
    author,
    isNarrow,
    state,
    dispatch,
    places,
    latest,
    latestPlace,
    leaf,
    tool,
    setTool,
    book,
    changeBook,
    selected,
    select,
    showsText,
    isSynced,
    cineRate,
    setCineRate,
    seen,
    see,
    frames,
    drawn,
  };
  const switches = {
    toggleText: () => setShowsText((shows) => !shows),
    toggleSync: () => setSynced((synced) => !synced),
  };
  return { desk, switches, isRendered };
}
