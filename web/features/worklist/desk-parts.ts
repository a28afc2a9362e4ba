import type { ComponentType } from 'react';
import type { SeenCase } from './seen-series.ts';
import type { Kase } from './use-open-case.ts';

export interface Hold {
  token: string;
  purpose: 'read' | 'review';
}
export type DoneKind = 'submitted' | 'preliminary' | 'approved' | 'rejected' | 'abandoned';

/** What the desk gives to the part that writes the report; the page that joins the two words brings that part. */
export interface ReportPanelProps {
  kase: Kase;
  /** Present while one holds the case: only then is anything written. */
  hold: Hold | null;
  /** The hold was there and is gone: what was typed stays in sight. */
  isLost: boolean;
  /** Runs an act with which the hold ends by itself, so that its end is not taken for a loss. */
  endHold: <T>(act: () => Promise<T>) => Promise<T>;
  /** The hub has answered that the hold is gone. */
  onLost: () => void;
  /** Takes what saves the text; it is called before the case is let go. @returns how to take it back. */
  beforeLeaving: (save: () => Promise<unknown>) => () => void;
  /** How much of the case was on screen; null before the images are open. */
  seen: SeenCase | null;
  onDone: (what: DoneKind) => void;
}

/** What the desk gives to the part that shows electrocardiograms. */
export interface DeskTracesProps {
  kase: Kase;
  isReview: boolean;
  /** Present while one holds the case. */
  hold: Hold | null;
  /** A prior study beside it. */
  beside: string | undefined;
  onEndBeside: () => void;
}

export interface DeskParts {
  /** The evidence of the ECG line; images stand in its place for every other. */
  Traces?: ComponentType<DeskTracesProps>;
  Report: ComponentType<ReportPanelProps>;
  /** A signed version, whole. */
  Signed: ComponentType<{ versionId: string }>;
}
