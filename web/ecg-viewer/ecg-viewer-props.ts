import type { MeasurementSet } from '@lianzhen/contracts/ecg.ts';
import type { Measured } from './measuring/measured.ts';
import type { EcgMode } from './modes.ts';
import type { EcgSource } from './source/ecg-source.ts';
import type { EcgLanguage } from './texts.ts';

/** As much of a saved set as the viewer shows; `authorName` null: a program's proposal. */
export type ShownMeasurements = Pick<MeasurementSet, 'authorName' | 'measurements' | 'fiducials' | 'calipers'>;

export interface EcgViewerProps {
  /** Keep the same object while the same trace is shown: a new one is loaded anew. */
  readonly source: EcgSource;
  readonly language: EcgLanguage;
  readonly mode?: EcgMode;
  /** Who measures; told with what is measured. */
  readonly author?: string;
  /** What was measured before, to go on from. Without it the viewer measures by itself, as a proposal. */
  readonly measurements?: ShownMeasurements | null;
  /** Told when a person saves; rejects when it could not be kept. Without it nothing can be saved. */
  readonly onMeasure?: (measured: Measured) => Promise<void>;
  /** An earlier trace of the same patient to compare with. */
  readonly earlier?: EcgSource | null;
}
