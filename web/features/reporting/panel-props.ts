import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import type { ComponentType } from 'react';
import type { Outputs } from '../../api/client.ts';

export type Kase = Outputs['worklist']['read'];
export type Report = Outputs['reporting']['ofCase'];

export interface Hold {
  token: string;
  purpose: 'read' | 'review';
}
export type DoneKind = 'submitted' | 'preliminary' | 'approved' | 'rejected' | 'abandoned';

/** What the report gives to the part that belongs to electrocardiograms: numbers, coded sentences, comparison. */
export interface EcgFormProps {
  kase: Kase;
  ecg: EcgPart | null;
  isReadOnly: boolean;
  /** What the part changes beside its own: sentences become text, and say whether anything is wrong. */
  change: (
    part: Partial<
      Pick<Report, 'findings' | 'impression' | 'advice' | 'positive' | 'critical' | 'criticalText' | 'ecg'>
    >,
  ) => void;
  body: Pick<Report, 'findings' | 'impression' | 'advice' | 'positive' | 'critical' | 'criticalText'>;
}

/** What the desk around the report gives it. */
export interface ReportPanelProps {
  kase: Kase;
  /** Present while one holds the case: only then is anything written. */
  hold: Hold | null;
  /** The hold was there and is gone: what was typed stays in sight. */
  isLost: boolean;
  /** Runs an act with which the hold ends by itself. */
  endHold: <T>(act: () => Promise<T>) => Promise<T>;
  onLost: () => void;
  /** Takes what saves the text before the case is let go. @returns how to take it back. */
  beforeLeaving: (save: () => Promise<unknown>) => () => void;
  /** Series that were on screen in full, of all in the studies that were opened, and how many studies were not. */
  seen: { whole: number; all: number; unopened: number } | null;
  onDone: (what: DoneKind) => void;
  /** Brought by the page that joins the words; used for the line of electrocardiograms alone. */
  Ecg?: ComponentType<EcgFormProps>;
}
