import type { ViewerImage, ViewerStudy } from './source/study-model.ts';
import { emptyViewport, freshLook, tileCount, type ViewerState, type ViewportState } from './state.ts';

/**
 * A state that came from elsewhere (another screen, a saved session), made safe for this study: what this study does
 * not have becomes an empty tile, and numbers that are no numbers become the usual ones.
 * @param isExact an image that is not here stays wanted instead of another one being shown in its place: whoever
 * follows somebody must never take one picture for another.
 */
export function applyState(incoming: ViewerState, study: ViewerStudy, isExact = false): ViewerState {
  const layout = incoming.layout in tileCount ? incoming.layout : '1x1';
  const viewports = Array.from({ length: tileCount[layout] }, (_, i) => {
    const viewport = incoming.viewports[i];
    return viewport ? applyViewport(viewport, study, isExact) : emptyViewport;
  });
  const active = viewports[incoming.active] ? incoming.active : 0;
  return { layout, active, viewports };
}

function applyViewport(viewport: ViewportState, study: ViewerStudy, isExact: boolean): ViewportState {
  const series = study.series.find(({ seriesUid }) => seriesUid === viewport.seriesUid);
  const isWanted = ({ ref }: ViewerImage) =>
    ref.sopInstanceUid === viewport.sopInstanceUid && ref.frame === viewport.frame;
  const image = series?.images.find(isWanted) ?? (isExact ? undefined : series?.images[0]);
  const ref = image?.ref ?? (isExact ? viewport : null);
  if (!ref?.seriesUid) return emptyViewport;
  const window = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  return {
    seriesUid: ref.seriesUid,
    sopInstanceUid: ref.sopInstanceUid,
    frame: ref.frame,
    windowCenter: window(viewport.windowCenter),
    windowWidth: window(viewport.windowWidth),
    fileVoi: Number.isInteger(viewport.fileVoi) && viewport.fileVoi >= 0 ? viewport.fileVoi : 0,
    scale: viewport.scale > 0 && Number.isFinite(viewport.scale) ? viewport.scale : freshLook.scale,
    translation: {
      x: Number.isFinite(viewport.translation.x) ? viewport.translation.x : 0,
      y: Number.isFinite(viewport.translation.y) ? viewport.translation.y : 0,
    },
    rotation: [0, 90, 180, 270].includes(viewport.rotation) ? viewport.rotation : 0,
    hflip: viewport.hflip === true,
    vflip: viewport.vflip === true,
    invert: viewport.invert === true,
  };
}
