import { useCallback, useMemo } from 'react';
import type { Place } from '../frames/load-plan.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { FrameChoice } from '../state-reducer.ts';
import { placeOf, tiedFrames } from './places.ts';
import type { ViewerStateHandle } from './use-viewer-state.ts';

/** Where the tiles are in the study, and the way from there to other frames. */
export interface Leafing {
  /** Where each tile is drawn to be; null for an empty one. */
  readonly places: readonly (Place | null)[];
  /** Where a tile is after everything asked for so far, even before it is drawn. */
  readonly latestPlace: (tile: number) => Place | null;
  /** Goes to another frame; tiles tied by position follow. */
  readonly leaf: (tile: number, choice: FrameChoice) => void;
}

export function useLeafing(
  study: ViewerStudy,
  { state, dispatch, latest }: ViewerStateHandle,
  isSynced: boolean,
): Leafing {
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
  return { places, latestPlace, leaf };
}
