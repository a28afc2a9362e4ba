import type { Place } from '../frames/load-plan.ts';
import { nearestSlice } from '../measure/plane.ts';
import type { ViewerImage, ViewerSeries, ViewerStudy } from '../source/study-model.ts';
import type { ViewportState } from '../state.ts';
import type { FrameChoice } from '../state-reducer.ts';

/** Where a tile is in the study, or null for an empty tile and for an image the study does not have (yet). */
export function placeOf(study: ViewerStudy, viewport: ViewportState): Place | null {
  const series = study.series.find(({ seriesUid }) => seriesUid === viewport.seriesUid);
  if (!series) return null;
  const index = series.images.findIndex(
    ({ ref }) => ref.sopInstanceUid === viewport.sopInstanceUid && ref.frame === viewport.frame,
  );
  return index < 0 ? null : { series, index };
}

export function imageOf(place: Place | null): ViewerImage | undefined {
  return place?.series.images[place.index];
}

export function choiceOf({ ref }: ViewerImage): FrameChoice {
  return { seriesUid: ref.seriesUid, sopInstanceUid: ref.sopInstanceUid, frame: ref.frame };
}

/** The frame so many steps on, stopping at the ends; null when one is there already. */
export function leafBy({ series, index }: Place, steps: number): FrameChoice | null {
  return leafTo({ series, index }, index + steps);
}

export function leafTo({ series, index }: Place, to: number): FrameChoice | null {
  const wanted = Math.min(series.images.length - 1, Math.max(0, to));
  const image = series.images[wanted];
  return image && wanted !== index ? choiceOf(image) : null;
}

/** The first frame of the series before or after this one; null at the ends. */
export function neighbourSeries(study: ViewerStudy, place: Place | null, step: 1 | -1): FrameChoice | null {
  const at = place ? study.series.indexOf(place.series) : -1;
  const image = study.series[at + step]?.images[0];
  return image ? choiceOf(image) : null;
}

/** The frames other tiles go to when one tile is leafed through and the tiles are tied by position. */
export function tiedFrames(
  places: readonly (Place | null)[],
  moved: number,
  to: ViewerImage,
): { readonly tile: number; readonly choice: FrameChoice }[] {
  const plane = to.header.plane;
  if (!plane) return [];
  return places.flatMap((place, tile) => {
    if (!place || tile === moved) return [];
    const nearest = nearestSlice(plane, planes(place.series));
    const choice = nearest === null ? null : leafTo(place, nearest);
    return choice ? [{ tile, choice }] : [];
  });
}

const planes = (series: ViewerSeries) => series.images.map(({ header }) => header.plane);
