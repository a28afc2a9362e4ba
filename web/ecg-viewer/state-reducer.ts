import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { boundZoom, type EcgLook } from './look.ts';
import { type CaliperEnd, type EcgState, type EcgTool, maxCalipers } from './state.ts';

export type EcgAction =
  | { readonly kind: 'look'; readonly change: Partial<EcgLook> }
  /** The look of whoever leads. */
  | { readonly kind: 'lead'; readonly look: EcgLook }
  | { readonly kind: 'tool'; readonly tool: EcgTool }
  | { readonly kind: 'add'; readonly caliper: Caliper }
  /** `isOneStroke`: the same movement goes on, so that undo takes it back as a whole. */
  | { readonly kind: 'move'; readonly caliper: Caliper; readonly isOneStroke: boolean }
  | { readonly kind: 'select'; readonly id: string | null; readonly end?: CaliperEnd }
  | { readonly kind: 'remove' }
  | { readonly kind: 'clear' }
  /** The calipers as they are known outside; what undo goes back to stays as it is. */
  | { readonly kind: 'agree'; readonly calipers: readonly Caliper[] }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'show'; readonly change: Partial<Pick<EcgState, 'isPanelOpen' | 'page' | 'comparison'>> };

const maxUndo = 100;

/** Whether a person who may not mark must not do it. */
export const changesCalipers = ({ kind }: EcgAction): boolean =>
  kind === 'add' || kind === 'move' || kind === 'remove' || kind === 'clear' || kind === 'undo' || kind === 'redo';

/** The next state of the viewer; pure. An action that means nothing now leaves the state as it is. */
export function reduce(state: EcgState, action: EcgAction): EcgState {
  switch (action.kind) {
    case 'look': {
      const look = { ...state.look, ...action.change };
      // Who chooses a layout for himself has it, on whatever screen.
      const isLed = state.isLed && action.change.layout === undefined;
      return { ...state, look: { ...look, zoom: boundZoom(look.zoom) }, isLed };
    }
    case 'lead':
      return { ...state, look: { ...action.look, zoom: boundZoom(action.look.zoom) }, isLed: true };
    case 'tool':
      return { ...state, tool: action.tool };
    case 'show':
      return { ...state, ...action.change };
    case 'select':
      return select(state, action.id, action.end ?? 'to');
    case 'agree':
      return stillSelected({ ...state, calipers: action.calipers.slice(0, maxCalipers) });
    case 'undo':
      return undo(state);
    case 'redo':
      return redo(state);
    default:
      return changeCalipers(state, action);
  }
}

function select(state: EcgState, id: string | null, end: CaliperEnd): EcgState {
  const isThere = state.calipers.some((caliper) => caliper.id === id);
  return { ...state, selected: id !== null && isThere ? { id, end } : null };
}

function changeCalipers(
  state: EcgState,
  action: Extract<EcgAction, { kind: 'add' | 'move' | 'remove' | 'clear' }>,
): EcgState {
  const { calipers, selected } = state;
  switch (action.kind) {
    case 'add': {
      if (calipers.length >= maxCalipers) return state;
      const end = 'to' as const;
      return { ...put(state, [...calipers, action.caliper]), selected: { id: action.caliper.id, end } };
    }
    case 'move': {
      const next = calipers.map((caliper) => (caliper.id === action.caliper.id ? action.caliper : caliper));
      return action.isOneStroke ? { ...state, calipers: next } : put(state, next);
    }
    case 'remove':
      if (!selected) return state;
      return {
        ...put(
          state,
          calipers.filter(({ id }) => id !== selected.id),
        ),
        selected: null,
      };
    case 'clear':
      return calipers.length === 0 ? state : { ...put(state, []), selected: null };
  }
}

const put = (state: EcgState, calipers: readonly Caliper[]): EcgState => ({
  ...state,
  calipers,
  past: [...state.past, state.calipers].slice(-maxUndo),
  future: [],
});

function undo(state: EcgState): EcgState {
  const calipers = state.past.at(-1);
  if (!calipers) return state;
  const past = state.past.slice(0, -1);
  return stillSelected({ ...state, calipers, past, future: [state.calipers, ...state.future] });
}

function redo(state: EcgState): EcgState {
  const [calipers, ...future] = state.future;
  if (!calipers) return state;
  return stillSelected({ ...state, calipers, past: [...state.past, state.calipers], future });
}

const stillSelected = (state: EcgState): EcgState =>
  select(state, state.selected?.id ?? null, state.selected?.end ?? 'to');
