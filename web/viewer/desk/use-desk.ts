import { useCallback, useEffect, useRef, useState } from 'react';
import type { Company } from '../company.ts';
import type { FrameStore } from '../frames/frame-store.ts';
import { loadOrder } from '../frames/load-plan.ts';
import type { Frame } from '../measure/view-transform.ts';
import { modes, type ViewerMode } from '../modes.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { Measurement, ViewerState } from '../state.ts';
import type { SayText } from '../texts.ts';
import type { Desk } from './desk.ts';
import { imageOf } from './places.ts';
import { useCine } from './use-cine.ts';
import { useLeafing } from './use-leafing.ts';
import { useMeasurements } from './use-measurements.ts';
import { useSeen } from './use-seen.ts';
import { type Toggles, useSwitches } from './use-switches.ts';
import { useViewerState } from './use-viewer-state.ts';

export interface DeskInput {
  readonly study: ViewerStudy;
  readonly store: FrameStore;
  readonly mode: ViewerMode;
  readonly say: SayText;
  readonly author: string;
  readonly isNarrow: boolean;
  readonly company: Company | undefined;
  readonly state: ViewerState | undefined;
  readonly onState: ((state: ViewerState) => void) | undefined;
  readonly measurements: readonly Measurement[] | undefined;
  readonly onMeasurements: ((measurements: readonly Measurement[]) => void) | undefined;
}

export interface OpenDesk {
  readonly desk: Desk;
  readonly toggles: Toggles;
  /** True once the active tile shows the frame it is meant to show. */
  readonly isRendered: boolean;
}

/** Puts an open study on the desk: its state, its measurements, what is loaded and what is seen. */
export function useOpenDesk(input: DeskInput): OpenDesk {
  const { study, store, mode, say, author, isNarrow, company } = input;
  const traits = modes[mode];
  const isFollowing = company?.isFollowing === true;
  const hasOneTile = isNarrow || mode === 'glance';
  const handle = useViewerState(study, hasOneTile, input.state, input.onState, isFollowing);
  const [book, changeBook] = useMeasurements(input.measurements, input.onMeasurements);
  const [switches, toggles] = useSwitches();
  const leafing = useLeafing(study, handle, switches.isSynced);
  const [seen, see] = useSeen();
  const [onScreen, drawn] = useDrawn();
  const frames = useRef(new Map<number, Frame>()).current;
  const { active } = handle.state;
  const { places, leaf } = leafing;

  useEffect(() => {
    const open = places.filter((place) => place !== null);
    store.want(loadOrder(study.series, open, traits.prefetch), open.length);
  }, [store, study, places, traits.prefetch]);

  useCine(places[active] ?? null, isFollowing ? null : switches.cineRate, store, (choice) => leaf(active, choice));

  const image = imageOf(places[active] ?? null);
  const shared = { study, store, traits, say, author, isNarrow, company, book, changeBook, seen, see, frames, drawn };
  return {
    desk: { ...shared, ...handle, ...switches, ...leafing },
    toggles,
    isRendered: image !== undefined && onScreen[active] === image.key,
  };
}

/** Which frame each tile has on the screen, by the frame's key. */
function useDrawn(): [Readonly<Record<number, string>>, (tile: number, key: string) => void] {
  const [onScreen, setOnScreen] = useState<Readonly<Record<number, string>>>({});
  const drawn = useCallback((tile: number, key: string) => {
    setOnScreen((known) => (known[tile] === key ? known : { ...known, [tile]: key }));
  }, []);
  return [onScreen, drawn];
}
