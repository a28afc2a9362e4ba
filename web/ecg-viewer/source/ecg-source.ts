import type { QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import type { RecordedFilter } from '@lianzhen/ecg/trace.ts';

export interface EcgLeadInfo {
  readonly code: string;
  readonly derived: boolean;
  /** What the recorder had done already. */
  readonly filter: RecordedFilter;
}

export interface EcgRecording {
  readonly index: number;
  readonly kind: 'rhythm' | 'median' | 'derived';
  readonly label: string | null;
  /** Hz */
  readonly samplingFrequency: number;
  /** Milliseconds after the beginning of the trace. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly leads: readonly EcgLeadInfo[];
}

export interface EcgWarning {
  readonly code: string;
  readonly where: string;
  readonly detail?: string | undefined;
}

/** What is known of a trace without its samples. Every text may be hostile and is only ever shown as text. */
export interface EcgMeta {
  readonly acquiredAt: string | null;
  readonly patient: {
    readonly name: string | null;
    readonly id: string | null;
    readonly sex: string | null;
    readonly birthDate: string | null;
  } | null;
  readonly device: string | null;
  readonly recordings: readonly EcgRecording[];
  readonly annotations: readonly {
    readonly text: string;
    readonly atMs: number | null;
    readonly lead: string | null;
  }[];
  /** The recorder's own words. Never a result. */
  readonly statements: readonly string[];
  readonly warnings: readonly EcgWarning[];
  readonly quality: readonly QualityFinding[];
  /** Samples to a pair of each level of the overview, ascending; empty where there is none. */
  readonly overviewLevels: readonly number[];
  /** A PDF or photograph in place of samples: where the browser finds it. */
  readonly picture: { readonly url: string; readonly mediaType: string } | null;
}

/** Lowest and highest of every so many samples, in microvolts: min, max, min, max and so on. */
export interface EcgOverview {
  readonly samplesPerPair: number;
  /** Time of the first pair, in the time of the recording. */
  readonly fromMs: number;
  readonly pairs: readonly Float32Array[];
}

/**
 * Where the viewer gets a trace from. Times count from the beginning of the recording. Keep the same object while the
 * same trace is shown: a new one is loaded anew. A promise that is rejected with an Error is shown and can be retried.
 */
export interface EcgSource {
  trace(): Promise<EcgMeta>;
  /** Microvolts of each lead, unfiltered, in the order of the recording's leads, cut to what there is. */
  samples(recording: number, fromMs: number, toMs: number): Promise<readonly Float32Array[]>;
  /** For recordings that are too long to fetch whole. */
  overview?(recording: number, samplesPerPair: number, fromMs: number, toMs: number): Promise<EcgOverview>;
}
