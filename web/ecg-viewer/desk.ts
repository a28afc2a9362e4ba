import { createContext, type Dispatch, use } from 'react';
import type { Calibration } from './calibration/calibration.ts';
import type { EcgCompany } from './company.ts';
import type { EcgTraits } from './modes.ts';
import type { EcgMeta, EcgRecording, EcgSource } from './source/ecg-source.ts';
import type { SampleStore } from './source/sample-store.ts';
import type { ScrollClock } from './stage/scroll-clock.ts';
import type { EcgState } from './state.ts';
import type { EcgAction } from './state-reducer.ts';
import type { EcgLanguage, SayEcg } from './texts.ts';

/** What every part of an open viewer needs. */
export interface EcgDesk {
  readonly source: EcgSource;
  readonly meta: EcgMeta;
  readonly recording: EcgRecording;
  /** Shows another recording of the trace; absent where one cannot choose. */
  readonly onRecording: ((index: number) => void) | undefined;
  readonly store: SampleStore;
  readonly clock: ScrollClock;
  readonly state: EcgState;
  readonly dispatch: Dispatch<EcgAction>;
  readonly calibration: Calibration;
  readonly say: SayEcg;
  readonly language: EcgLanguage;
  readonly traits: EcgTraits;
  readonly author: string;
  readonly isNarrow: boolean;
  /** Others who look at the same trace. */
  readonly company: EcgCompany | undefined;
}

export const EcgDeskContext = createContext<EcgDesk | null>(null);

export function useEcgDesk(): EcgDesk {
  const desk = use(EcgDeskContext);
  if (!desk) throw new Error('only within an open viewer');
  return desk;
}
