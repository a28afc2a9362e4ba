import { emptyView, type SharedView, type SharedViewport } from '@lianzhen/contracts/shared-view.ts';
import { emptyTrace } from '@lianzhen/contracts/shared-view-trace.ts';
import type { ViewerState, ViewportState } from '../../../viewer/state.ts';
import type { Wanted } from './view-sender.ts';

const places = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Digits beyond what a screen shows would only travel: a tenth of a pixel of the picture, five digits of a scale. */
function sharedViewport(viewport: ViewportState): SharedViewport {
  const window = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));
  return {
    seriesUid: viewport.seriesUid,
    sopInstanceUid: viewport.sopInstanceUid,
    frame: viewport.frame,
    windowCenter: window(viewport.windowCenter),
    windowWidth: window(viewport.windowWidth),
    fileVoi: viewport.fileVoi,
    scale: Number(viewport.scale.toPrecision(5)),
    translation: { x: places(viewport.translation.x, 1), y: places(viewport.translation.y, 1) },
    rotation: rotations.find((rotation) => rotation === viewport.rotation) ?? 0,
    hflip: viewport.hflip,
    vflip: viewport.vflip,
    invert: viewport.invert,
  };
}

const rotations = [0, 90, 180, 270] as const;

/** What the leader's viewer shows, as the room keeps it. */
export function wantedView(studyUid: string, { layout, active, viewports }: ViewerState): Wanted {
  return { studyUid, layout, active, viewports: viewports.map(sharedViewport), trace: emptyTrace };
}

/** A study that was just chosen: nothing is on its tiles until the leader's viewer has hung it. */
export const chosenView = (studyUid: string | null): Wanted => {
  const { layout, active, viewports, trace } = emptyView;
  return { studyUid, layout, active, viewports, trace };
};

/** What the room keeps, as a viewer shows it. */
export function viewerState({ layout, active, viewports }: Wanted): ViewerState {
  return { layout, active, viewports };
}

/** False while the study is chosen and not hung yet. */
export const isHung = ({ viewports, trace }: SharedView): boolean =>
  trace.sopInstanceUid !== null || viewports.some(({ seriesUid }) => seriesUid !== null);
