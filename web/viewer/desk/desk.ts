import { createContext, type Dispatch, use } from 'react';
import type { FrameStore } from '../frames/frame-store.ts';
import type { Place } from '../frames/load-plan.ts';
import type { Frame } from '../measure/view-transform.ts';
import type { MeasurementAction, MeasurementBook } from '../measurements.ts';
import type { ModeTraits, Tool } from '../modes.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { ViewerState } from '../state.ts';
import type { FrameChoice, ViewerAction } from '../state-reducer.ts';
import type { SayText } from '../texts.ts';
import type { Seen } from './seen.ts';

/** What the parts of an open viewer share. */
export interface Desk {
  readonly study: ViewerStudy;
  readonly store: FrameStore;
  readonly traits: ModeTraits;
  readonly say: SayText;
  readonly author: string;
  readonly isNarrow: boolean;

  readonly state: ViewerState;
  readonly dispatch: (action: ViewerAction) => void;
  /** Where each tile is drawn to be; null for an empty one. */
  readonly places: readonly (Place | null)[];
  /** What everything asked for so far comes to, even before it is drawn. */
  readonly latest: () => ViewerState;
  readonly latestPlace: (tile: number) => Place | null;
  /** Goes to another frame; tiles tied by position follow. */
  readonly leaf: (tile: number, choice: FrameChoice) => void;

  readonly tool: Tool;
  readonly setTool: (tool: Tool) => void;
  readonly book: MeasurementBook;
  readonly changeBook: Dispatch<MeasurementAction>;
  readonly selected: string | null;
  readonly select: (measurementId: string | null) => void;

  readonly showsText: boolean;
  readonly isSynced: boolean;
  /** Frames a second the active tile is played with, or null while it stands. */
  readonly cineRate: number | null;
  readonly setCineRate: (rate: number | null) => void;

  readonly seen: Seen;
  readonly see: (key: string, parts: number) => void;
  /** Each tile's picture and size, for commands that need to know where the middle is. */
  readonly frames: Map<number, Frame>;
  /** Tells that a frame is on screen. */
  readonly drawn: (tile: number, key: string) => void;
}

export const DeskContext = createContext<Desk | null>(null);

/** The desk around this part; parts of the viewer exist only on one. */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error('a part of the viewer outside of it');
  return desk;
}
