import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import type { EcgMeasurements, Fiducials } from '@lianzhen/contracts/ecg-measurements.ts';

/** What a person saves, with who. */
export interface Measured {
  readonly author: string;
  readonly measurements: EcgMeasurements | null;
  readonly fiducials: Fiducials | null;
  readonly calipers: readonly Caliper[];
}
