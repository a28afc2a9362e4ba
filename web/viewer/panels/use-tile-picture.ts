import { type RefObject, useMemo, useSyncExternalStore } from 'react';
import { useDesk } from '../desk/desk.ts';
import { imageOf } from '../desk/places.ts';
import type { Place } from '../frames/load-plan.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import type { Affine } from '../measure/affine.ts';
import { pixelAspect } from '../measure/calibration.ts';
import { type Frame, imageToTile, visibleParts } from '../measure/view-transform.ts';
import type { ViewerProblem } from '../problem.ts';
import type { ViewerImage } from '../source/study-model.ts';
import { emptyViewport, type ViewportState } from '../state.ts';
import { useLastLoaded } from './use-last-loaded.ts';
import { useStage } from './use-stage.ts';
import type { TileSize } from './use-tile-size.ts';

export interface TilePicture {
  readonly viewport: ViewportState;
  readonly place: Place | null;
  readonly image: ViewerImage | undefined;
  /** What is drawn: the wanted picture, or the one before it. */
  readonly loaded: LoadedImage | undefined;
  readonly isCurrent: boolean;
  readonly problem: ViewerProblem | undefined;
  readonly frame: Frame | null;
  readonly toTile: Affine;
}

const blank: Frame = { columns: 1, rows: 1, aspect: 1, width: 1, height: 1 };

/** The picture of a tile, drawn on the canvas in `element` and kept in step with the state of the desk. */
export function useTilePicture(tile: number, element: RefObject<HTMLElement | null>, size: TileSize): TilePicture {
  const desk = useDesk();
  const { store, frames } = desk;
  useSyncExternalStore(store.subscribe, store.version);
  const viewport = desk.state.viewports[tile] ?? emptyViewport;
  const place = desk.places[tile] ?? null;
  const image = imageOf(place);
  const { loaded, isCurrent } = useLastLoaded(store, image);
  const problem = image && !isCurrent ? store.problem(image) : undefined;
  const frame = useMemo((): Frame | null => {
    if (!loaded || size.width === 0) return null;
    const { columns, rows } = loaded.picture;
    return { columns, rows, aspect: pixelAspect(loaded.image.header), width: size.width, height: size.height };
  }, [loaded, size]);
  if (frame) frames.set(tile, frame);
  else frames.delete(tile);
  const toTile = useMemo(() => imageToTile(frame ?? blank, viewport), [frame, viewport]);
  const onDrawn = (key: string) => {
    desk.drawn(tile, key);
    if (frame) desk.see(key, visibleParts(frame, viewport));
  };
  useStage({ element, size, frame, loaded, viewport, showsOverlays: desk.showsText, onDrawn });
  return { viewport, place, image, loaded, isCurrent, problem, frame, toTile };
}
