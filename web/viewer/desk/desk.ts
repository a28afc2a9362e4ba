import { createContext, type Dispatch, use } from 'react';
import type { Company } from '../company.ts';
import type { FrameStore } from '../frames/frame-store.ts';
import type { Frame } from '../measure/view-transform.ts';
import type { MeasurementAction, MeasurementBook } from '../measurements.ts';
import type { ModeTraits } from '../modes.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { SayText } from '../texts.ts';
import type { Seen } from './seen.ts';
import type { Leafing } from './use-leafing.ts';
import type { Switches } from './use-switches.ts';
import type { ViewerStateHandle } from './use-viewer-state.ts';

/** What the parts of an open viewer share. */
export interface Desk extends ViewerStateHandle, Leafing, Switches {
  readonly study: ViewerStudy;
  readonly store: FrameStore;
  readonly traits: ModeTraits;
  readonly say: SayText;
  readonly author: string;
  readonly isNarrow: boolean;
  readonly company: Company | undefined;
  readonly book: MeasurementBook;
  readonly changeBook: Dispatch<MeasurementAction>;
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
