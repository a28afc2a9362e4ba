import type { ViewerStudy } from './source/study-model.ts';
import { emptyViewport, freshLook, tileCount, type ViewerState, type ViewportState } from './state.ts';

/**
 * A state that came from elsewhere (another screen, a saved session), made safe for this study: what this study does
 * not have becomes an empty tile, and numbers that are no numbers become the usual ones.
 */
export function applyState(incoming: ViewerState, study: ViewerStudy): ViewerState {
  const layout = incoming.layout in tileCount ? incoming.layout : '1x1';
  const viewports = Array.from({ length: tileCount[layout] }, (_, i) => {
    const viewport = incoming.viewports[i];
    return viewport ? applyViewport(viewport, study) : emptyViewport;
  });
  const active = viewports[incoming.active] ? incoming.active : 0;
  return { layout, active, viewports };
}

function applyViewport(viewport: ViewportState, study: ViewerStudy): ViewportState {
  const series = study.series.find(({ seriesUid }) => seriesUid === viewport.seriesUid);
  const image =
    series?.images.find(({ ref }) => ref.sopInstanceUid === viewport.sopInstanceUid && ref.frame === viewport.frame) ??
    series?.images[0];
  if (!series || !image) return emptyViewport;
  const window = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  return {
    seriesUid: series.seriesUid,
    sopInstanceUid: image.ref.sopInstanceUid,
    frame: image.ref.frame,
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
