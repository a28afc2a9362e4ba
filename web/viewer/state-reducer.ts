import {
  emptyViewport,
  freshLook,
  type Layout,
  type Look,
  tileCount,
  type ViewerState,
  type ViewportState,
} from './state.ts';

/** The frame a tile is to show. */
export interface FrameChoice {
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
}

export type ViewerAction =
  | { readonly type: 'layout'; readonly layout: Layout; readonly fill: readonly FrameChoice[] }
  | { readonly type: 'activate'; readonly tile: number }
  | { readonly type: 'open'; readonly tile: number; readonly choice: FrameChoice }
  | { readonly type: 'leaf'; readonly tile: number; readonly choice: FrameChoice }
  | { readonly type: 'look'; readonly tile: number; readonly look: Partial<Look> }
  | { readonly type: 'reset'; readonly tile: number }
  | { readonly type: 'apply'; readonly state: ViewerState };

/** The next state of a viewer; the same object when nothing changes. */
export function viewerReducer(state: ViewerState, action: ViewerAction): ViewerState {
  switch (action.type) {
    case 'layout':
      return changeLayout(state, action.layout, action.fill);
    case 'activate':
      return action.tile === state.active || !state.viewports[action.tile] ? state : { ...state, active: action.tile };
    case 'open':
      return changeTile(state, action.tile, (viewport) =>
        // A series that is opened again keeps its look: one only wanted another image of it.
        viewport.seriesUid === action.choice.seriesUid
          ? { ...viewport, ...action.choice }
          : { ...emptyViewport, ...action.choice },
      );
    case 'leaf':
      return changeTile(state, action.tile, (viewport) => ({ ...viewport, ...action.choice }));
    case 'look':
      return changeTile(state, action.tile, (viewport) => ({ ...viewport, ...action.look }));
    case 'reset':
      return changeTile(state, action.tile, (viewport) => ({ ...viewport, ...freshLook }));
    case 'apply':
      return action.state;
  }
}

function changeTile(state: ViewerState, tile: number, change: (viewport: ViewportState) => ViewportState): ViewerState {
  const before = state.viewports[tile];
  if (!before) return state;
  const after = change(before);
  const isSame = Object.entries(after).every(([key, value]) => Object.is(before[key as keyof ViewportState], value));
  return isSame ? state : { ...state, viewports: state.viewports.with(tile, after) };
}

/** Tiles that stay keep what they show, the active one first; new ones take what is offered and not yet on screen. */
function changeLayout(state: ViewerState, layout: Layout, fill: readonly FrameChoice[]): ViewerState {
  if (layout === state.layout) return state;
  const count = tileCount[layout];
  const kept = state.viewports.length <= count ? [...state.viewports] : keepActive(state, count);
  const shown = new Set(kept.map(({ seriesUid }) => seriesUid));
  const offered = fill.filter(({ seriesUid }) => !shown.has(seriesUid));
  while (kept.length < count) kept.push({ ...emptyViewport, ...offered.shift() });
  const active = state.viewports.length <= count ? state.active : kept.indexOf(keptTile(state));
  return { layout, viewports: kept, active: Math.max(0, active) };
}

const activeTile = (state: ViewerState): ViewportState => state.viewports[state.active] ?? emptyViewport;

/** The tile that stays in sight: the active one, unless nothing is in it, so that no picture gives way to an empty tile. */
function keptTile(state: ViewerState): ViewportState {
  const active = activeTile(state);
  return active.seriesUid === null ? (state.viewports.find(({ seriesUid }) => seriesUid !== null) ?? active) : active;
}

function keepActive(state: ViewerState, count: number): ViewportState[] {
  const first = state.viewports.slice(0, count);
  const kept = keptTile(state);
  return first.includes(kept) ? first : [...first.slice(0, count - 1), kept];
}
