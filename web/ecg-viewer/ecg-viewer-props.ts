import type { Caliper, MeasurementSet } from '@lianzhen/contracts/ecg.ts';
import type { EcgCompany, EcgShown } from './company.ts';
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
  /** What is to be shown; a new object is applied. Without it the viewer begins by itself. */
  readonly shown?: EcgShown | undefined;
  /** Told of every change of what is shown, those from outside among them. */
  readonly onShown?: ((shown: EcgShown) => void) | undefined;
  /** This reader's own calipers as they are known outside; a new array is applied. */
  readonly calipers?: readonly Caliper[] | undefined;
  /** Told when this reader's calipers rest. Untouched ones stay the same objects. */
  readonly onCalipers?: ((calipers: readonly Caliper[]) => void) | undefined;
  readonly company?: EcgCompany | undefined;
}
