import type { ViewerStudy } from './source/study-model.ts';
import { drawingKinds, emptyViewport, type Layout, type MarkKind, tileCount, type ViewerState } from './state.ts';

/**
 * read: at the reading desk; review: the second reader; glance: a clinician or a clinic looking at a result; consult:
 * several people looking at the same.
 */
export type ViewerMode = 'read' | 'review' | 'glance' | 'consult';

export const dragTools = ['window', 'scroll', 'zoom', 'pan'] as const;
export type DragTool = (typeof dragTools)[number];
export type Tool = DragTool | MarkKind;

export interface ModeTraits {
  readonly tools: readonly Tool[];
  readonly hasLayouts: boolean;
  readonly hasSync: boolean;
  readonly hasKeyEditor: boolean;
  /** How far the rest of the study is fetched: all of it, or the shown series alone. */
  readonly prefetch: 'study' | 'series';
}

const measuring: readonly Tool[] = ['length', 'angle', 'ellipse', 'rectangle'];
const reading: ModeTraits = {
  tools: [...dragTools, ...measuring],
  hasLayouts: true,
  hasSync: true,
  hasKeyEditor: true,
  prefetch: 'study',
};

/** What each mode offers. */
export const modes: Readonly<Record<ViewerMode, ModeTraits>> = {
  read: reading,
  review: reading,
  consult: { ...reading, tools: [...dragTools, ...drawingKinds, ...measuring] },
  glance: {
    tools: [...dragTools, 'length'],
    hasLayouts: false,
    hasSync: false,
    hasKeyEditor: false,
    prefetch: 'series',
  },
};

/** A hanging protocol: for which studies, in which layout, and what goes on the tiles. */
interface Hanging {
  readonly modalities: readonly string[];
  /** Least number of series, or of images where images are hung. */
  readonly atLeast: number;
  readonly layout: Layout;
  readonly hang: 'series' | 'images';
}

/** The first that fits is taken; the last fits everything. */
const hangings: readonly Hanging[] = [
  { modalities: ['MG'], atLeast: 3, layout: '2x2', hang: 'images' },
  { modalities: ['MG', 'DX', 'CR', 'DR', 'RG'], atLeast: 2, layout: '1x2', hang: 'images' },
  { modalities: ['MR'], atLeast: 4, layout: '2x2', hang: 'series' },
  { modalities: ['MR'], atLeast: 2, layout: '1x2', hang: 'series' },
  { modalities: [], atLeast: 0, layout: '1x1', hang: 'series' },
];

/** What a study looks like when it is opened. Phones and a glance begin with one picture. */
export function hangStudy(study: ViewerStudy, hasOneTile: boolean): ViewerState {
  const modality = study.series[0]?.modality ?? '';
  const bySeries = study.series.flatMap(({ images }) => images[0] ?? []);
  const byImage = study.series.filter((series) => series.modality === modality).flatMap(({ images }) => images);
  const fits = ({ modalities, atLeast, hang }: Hanging) =>
    (modalities.length === 0 || modalities.includes(modality)) &&
    (hang === 'series' ? bySeries : byImage).length >= atLeast;
  const found = hasOneTile ? undefined : hangings.find(fits);
  const layout = found?.layout ?? '1x1';
  const images = found?.hang === 'images' ? byImage : bySeries;
  const viewports = Array.from({ length: tileCount[layout] }, (_, i) => {
    const ref = images[i]?.ref;
    if (!ref) return emptyViewport;
    return { ...emptyViewport, seriesUid: ref.seriesUid, sopInstanceUid: ref.sopInstanceUid, frame: ref.frame };
  });
  return { layout, active: 0, viewports };
}

/** The tool a pointer has when a study is opened: a finger leafs, a mouse has a wheel for that. */
export const firstTool = (isTouch: boolean): DragTool => (isTouch ? 'scroll' : 'window');
