import { z } from 'zod';
import { Id, Instant, Line, Uid } from './fields.ts';
import { emptyTrace, SharedTrace, traceChanges } from './shared-view-trace.ts';

/**
 * What everyone in a room looks at. Pixels are never sent: each browser loads the originals from the hub, and only this
 * travels. Its words are those of the viewer (web/viewer/state.ts).
 */
const finite = (most: number) => z.number().min(-most).max(most);
const Point = z.object({ x: finite(1e6), y: finite(1e6) });
/** In pixels of a frame; on a trace milliseconds of its recording, which may be a week, and microvolts. */
const Place = z.object({ x: finite(1e10), y: finite(1e6) });
/** Of a trace only: in which lead. */
const Lead = Line(16).optional();

/** One tile: which frame of which series is on it, and how it looks. Nulls are an empty tile, or what the file proposes. */
export const SharedViewport = z.object({
  seriesUid: Uid.nullable(),
  sopInstanceUid: Uid.nullable(),
  frame: z.number().int().min(1).max(1_000_000),
  windowCenter: finite(1e7).nullable(),
  windowWidth: finite(1e7).nullable(),
  fileVoi: z.number().int().min(0).max(100),
  /** 1 fits the tile, whatever its size. */
  scale: z.number().min(0.01).max(200),
  /** Pixels of the picture along the axes of the screen. */
  translation: Point,
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  hflip: z.boolean(),
  vflip: z.boolean(),
  invert: z.boolean(),
});
export type SharedViewport = z.infer<typeof SharedViewport>;

export const SharedView = z.object({
  /** Raised with every change, so that a late or doubled patch is known as such. */
  revision: z.number().int().min(0),
  /** Null until somebody opens something. */
  studyUid: Uid.nullable(),
  layout: z.enum(['1x1', '1x2', '2x2']),
  active: z.number().int().min(0).max(3),
  viewports: z.array(SharedViewport).max(4),
  /** Where the study is an electrocardiogram. Rooms of before know of none. */
  trace: SharedTrace.default(emptyTrace),
});
export type SharedView = z.infer<typeof SharedView>;

/** What changed: below 10 kb/s in motion is an aim, so a tile tells only its changed fields. */
export const ViewPatch = z.object({
  studyUid: Uid.nullable().optional(),
  layout: SharedView.shape.layout.optional(),
  active: SharedView.shape.active.optional(),
  tiles: z
    .array(z.object({ at: z.number().int().min(0).max(3), set: SharedViewport.partial() }))
    .max(4)
    .optional(),
  trace: SharedTrace.partial().optional(),
});
export type ViewPatch = z.infer<typeof ViewPatch>;

/** Where somebody points, on a frame or on a trace; null when he points at nothing. Never kept. */
export const Cursor = z
  .object({ sopInstanceUid: Uid, frame: z.number().int().min(1), at: Place, lead: Lead })
  .nullable();
export type Cursor = z.infer<typeof Cursor>;

/** The calipers of a trace (contracts/ecg.ts, `Caliper`). */
export const caliperKinds = ['time', 'voltage', 'march'] as const;
const drawingKinds = ['point', 'arrow', 'freehand', 'length', 'angle', 'ellipse', 'rectangle'] as const;
export const MarkKind = z.enum([...drawingKinds, ...caliperKinds]);
export type MarkKind = z.infer<typeof MarkKind>;
export type CaliperKind = (typeof caliperKinds)[number];
export const isCaliper = (kind: MarkKind): kind is CaliperKind => (caliperKinds as readonly MarkKind[]).includes(kind);

/**
 * A mark on one frame, by one person. Points are column and row of the frame's pixels (PS3.3 C.10.5.1.2, "PIXEL"
 * coordinates), so that it lies at the same place on every screen and in the DICOM object that is made of it. A caliper
 * on a trace has two: milliseconds from the beginning of the recording, and microvolts.
 */
export const Mark = z.object({
  id: Id,
  kind: MarkKind,
  studyUid: Uid,
  seriesUid: Uid,
  sopInstanceUid: Uid,
  frame: z.number().int().min(1).max(1_000_000),
  points: z.array(Place).min(1).max(500),
  lead: Lead,
  text: Line(200).default(''),
  calibration: z.string().max(20),
  values: z.array(z.object({ name: z.string().max(20), value: finite(1e12), unit: z.string().max(20) })).max(10),
});
export type Mark = z.infer<typeof Mark>;

/** A mark as everyone has it: the room adds who made it and when, never the sender. */
export const PlacedMark = Mark.extend({ peerId: Id, author: z.string(), at: Instant });
export type PlacedMark = z.infer<typeof PlacedMark>;
export const mostMarks = 500;

/** Colours of authors in the order in which people come; every pair differs in hue and in lightness. */
export const authorColours = ['#ffb000', '#4cc9f0', '#9be564', '#ff6b9d', '#c8a2ff', '#ff7b3a', '#f4f1de', '#5ad1b3'];

const emptyTile: SharedViewport = {
  seriesUid: null,
  sopInstanceUid: null,
  frame: 1,
  windowCenter: null,
  windowWidth: null,
  fileVoi: 0,
  scale: 1,
  translation: { x: 0, y: 0 },
  rotation: 0,
  hflip: false,
  vflip: false,
  invert: false,
};

export const emptyView: SharedView = {
  revision: 0,
  studyUid: null,
  layout: '1x1',
  active: 0,
  viewports: [emptyTile],
  trace: emptyTrace,
};
const tilesOf = { '1x1': 1, '1x2': 2, '2x2': 4 } as const;

/** The view after a patch. Another study begins with empty tiles; a patch for a tile that is not there changes nothing. */
export function applyPatch(view: SharedView, patch: ViewPatch): SharedView {
  const isOther = patch.studyUid !== undefined && patch.studyUid !== view.studyUid;
  const layout = patch.layout ?? (isOther ? '1x1' : view.layout);
  const count = tilesOf[layout];
  const viewports = Array.from({ length: count }, (_, at) => {
    const before = (isOther ? undefined : view.viewports[at]) ?? emptyTile;
    const changes = patch.tiles?.filter((tile) => tile.at === at).map(({ set }) => set) ?? [];
    return Object.assign({}, before, ...changes) as SharedViewport;
  });
  return {
    revision: view.revision + 1,
    studyUid: patch.studyUid === undefined ? view.studyUid : patch.studyUid,
    layout,
    active: Math.min(patch.active ?? (isOther ? 0 : view.active), count - 1),
    viewports,
    trace: { ...(isOther ? emptyTrace : view.trace), ...(patch.trace as Partial<SharedTrace> | undefined) },
  };
}

/**
 * A view after what the room told. A patch that is known already changes nothing; `gap` means that one is missing, and
 * that the whole view has to be read again.
 */
export function receivePatch(
  view: SharedView,
  told: { readonly revision: number; readonly patch: ViewPatch },
): SharedView | 'gap' {
  if (told.revision <= view.revision) return view;
  return told.revision === view.revision + 1 ? applyPatch(view, told.patch) : 'gap';
}

/** The smallest patch from one view to another; undefined where they are the same. */
export function patchBetween(before: SharedView, after: Omit<SharedView, 'revision'>): ViewPatch | undefined {
  const isOther = before.studyUid !== after.studyUid;
  const patch: ViewPatch = {};
  if (isOther) patch.studyUid = after.studyUid;
  if (isOther || before.layout !== after.layout) patch.layout = after.layout;
  if (isOther || before.active !== after.active) patch.active = after.active;
  const tiles = after.viewports.flatMap((tile, at) => {
    const known = (isOther ? undefined : before.viewports[at]) ?? emptyTile;
    const changed = Object.entries(tile).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(known[field as keyof SharedViewport]),
    );
    return changed.length > 0 ? [{ at, set: Object.fromEntries(changed) as Partial<SharedViewport> }] : [];
  });
  if (tiles.length > 0) patch.tiles = tiles;
  const trace = traceChanges(isOther ? emptyTrace : before.trace, after.trace);
  if (trace) patch.trace = trace;
  return Object.keys(patch).length > 0 ? patch : undefined;
}
