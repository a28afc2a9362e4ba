import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import type { EcgText } from '../texts.ts';

export interface NumberRow {
  readonly text: EcgText;
  /** In full, where the text is an abbreviation; a name of a person needs no translation. */
  readonly full?: string;
  readonly unit: 'bpm' | 'ms' | '°' | 'µV';
  readonly of: (measurements: EcgMeasurements) => number | null;
}

/** The numbers of a trace in the order in which they are read. */
export const numberRows: readonly NumberRow[] = [
  { text: 'heartRate', unit: 'bpm', of: (m) => m.heartRate },
  { text: 'rr', unit: 'ms', of: (m) => m.rrMs },
  { text: 'p', unit: 'ms', of: (m) => m.pMs },
  { text: 'pr', unit: 'ms', of: (m) => m.prMs },
  { text: 'qrs', unit: 'ms', of: (m) => m.qrsMs },
  { text: 'qt', unit: 'ms', of: (m) => m.qtMs },
  { text: 'qtcBazett', full: 'QTc Bazett', unit: 'ms', of: (m) => m.qtc.bazettMs },
  { text: 'qtcFridericia', full: 'QTc Fridericia', unit: 'ms', of: (m) => m.qtc.fridericiaMs },
  { text: 'qtcFramingham', full: 'QTc Framingham', unit: 'ms', of: (m) => m.qtc.framinghamMs },
  { text: 'qtcHodges', full: 'QTc Hodges', unit: 'ms', of: (m) => m.qtc.hodgesMs },
  { text: 'axisP', unit: '°', of: (m) => m.axis.p },
  { text: 'axisQrs', unit: '°', of: (m) => m.axis.qrs },
  { text: 'axisT', unit: '°', of: (m) => m.axis.t },
  { text: 'rv5sv1', unit: 'µV', of: (m) => m.sokolowUv },
];

/** Whole numbers are all that a trace is measured to; an en dash for what was not measured. */
export const numberText = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '—' : String(Math.round(value)).replace('-', '−');
