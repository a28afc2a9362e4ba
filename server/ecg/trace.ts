/** The formats that are read. `picture` is a PDF or a photograph: kept and shown, never measured. */
export type TraceFormat = 'dicom' | 'scp-ecg' | 'hl7-aecg' | 'philips-xml' | 'muse-xml' | 'picture';

/** What the recorder did to the samples before it stored them, as it says itself; null where it says nothing. */
export interface RecordedFilter {
  readonly highPassHz: number | null;
  readonly lowPassHz: number | null;
  readonly notchHz: number | null;
}

/** One lead. In microvolts a sample is `samples[i] * gain + baseline`; nothing is rounded, filtered or resampled. */
export interface Lead {
  /** As leads.ts spells it: I, II, III, aVR, aVL, aVF, V1 to V9, V3R to V9R, X, Y, Z, or what the recorder called it. */
  readonly code: string;
  /** Computed from other leads, by the recorder or by us, and not measured. */
  readonly derived: boolean;
  /** As stored, after lossless decoding. */
  readonly samples: Int32Array;
  /** Microvolts per unit, the correction factor included. */
  readonly gain: number;
  /** Microvolts at zero. */
  readonly baseline: number;
  readonly filter: RecordedFilter;
}

/** Leads that were recorded together: same rate, same beginning, same number of samples. */
export interface Recording {
  /** `median` is a representative beat, `derived` a series that the recorder computed. */
  readonly kind: 'rhythm' | 'median' | 'derived';
  readonly label: string | null;
  /** Hz */
  readonly samplingFrequency: number;
  /** Milliseconds after the beginning of the trace. */
  readonly startMs: number;
  readonly leads: readonly Lead[];
}

/** What the recorder or a person put at a place in the trace. */
export interface TraceAnnotation {
  readonly text: string;
  /** Milliseconds after the beginning of the trace; null where it is about the whole. */
  readonly atMs: number | null;
  readonly endMs: number | null;
  readonly lead: string | null;
  readonly value: number | null;
  readonly unit: string | null;
}

/** Whose the file says that it is. Hostile text until shown as text. */
export interface TracePatient {
  readonly id: string | null;
  /** One component or the five of PN joined by ^, as the file has it. */
  readonly name: string | null;
  readonly sex: 'M' | 'F' | 'O' | null;
  /** YYYYMMDD */
  readonly birthDate: string | null;
}

export interface TraceDevice {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly software: string | null;
}

/** What reading noticed without being prevented. `code` is stable and has a text in web/features/ecg. */
export interface TraceWarning {
  readonly code: TraceWarningCode;
  /** The section, element, tag or lead it is about. */
  readonly where: string;
  readonly detail?: string | undefined;
}
export type TraceWarningCode =
  | 'crc-wrong'
  | 'length-wrong'
  | 'section-skipped'
  | 'lead-unknown'
  | 'lead-missing'
  | 'leads-unequal'
  | 'gain-unusual'
  | 'rate-unusual'
  | 'samples-missing'
  | 'derived-disagrees'
  | 'time-unreadable'
  | 'text-unreadable'
  | 'not-measurable';

/** A recording of a heart as a file holds it, in any format. */
export interface Trace {
  readonly format: TraceFormat;
  /** The rhythm first. Empty for a picture. */
  readonly recordings: readonly Recording[];
  /** Local time of the recorder as `YYYY-MM-DDTHH:mm:ss(.SSS)(±HH:MM)`; null where the file has none that can be read. */
  readonly acquiredAt: string | null;
  readonly patient: TracePatient;
  readonly accessionNumber: string | null;
  readonly device: TraceDevice;
  readonly annotations: readonly TraceAnnotation[];
  /** The recorder's own interpretation, line by line. Never a result. */
  readonly statements: readonly string[];
  /** The recorder's own numbers by our names (measurements.ts in contracts), in their units. */
  readonly deviceMeasurements: Readonly<Record<string, number>>;
  readonly warnings: readonly TraceWarning[];
  /** Of a picture. */
  readonly picture: { readonly mediaType: string; readonly pages: number } | null;
}
