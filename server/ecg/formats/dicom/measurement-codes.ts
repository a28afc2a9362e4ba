const ownScheme = '99LIANZHEN';
const ownCode = 'MEASURE';

interface MeasurementTerm {
  readonly name: string;
  /** Of PS3.16 CID 3227, 3229 and 3689 (ISO/IEEE 11073-10102), the one we write. */
  readonly mdc: string;
  /** Another of the same list that means the same and is read as well. */
  readonly mdcToo?: string;
  /** Of SCP-ECG, as older objects have it. */
  readonly scp?: string;
  readonly meaning: string;
  readonly unit: 'ms' | 'deg' | '/min';
}

/** The numbers that recorders give about a whole trace, by our names. */
const terms: readonly MeasurementTerm[] = [
  { name: 'heartRate', mdc: '2:16016', meaning: 'Ventricular Heart Rate', unit: '/min' },
  { name: 'rr', mdc: '2:16000', mdcToo: '2:16168', scp: '5.10.2.1-3', meaning: 'RR time period, global', unit: 'ms' },
  { name: 'pp', mdc: '2:16140', scp: '5.10.2.1-5', meaning: 'PP time period, global', unit: 'ms' },
  { name: 'pDuration', mdc: '2:16184', meaning: 'P duration, global', unit: 'ms' },
  { name: 'pr', mdc: '2:15872', scp: '5.13.5-7', meaning: 'PR time period, global', unit: 'ms' },
  { name: 'qrs', mdc: '2:16156', scp: '5.13.5-9', meaning: 'QRS duration, global', unit: 'ms' },
  { name: 'qt', mdc: '2:16160', scp: '5.13.5-11', meaning: 'QT duration, global', unit: 'ms' },
  { name: 'qtc', mdc: '2:15876', scp: '5.10.2.5-5', meaning: 'QTc interval global', unit: 'ms' },
  { name: 'pAxis', mdc: '2:16128', scp: '5.10.3-11', meaning: 'P Axis', unit: 'deg' },
  { name: 'qrsAxis', mdc: '2:16132', scp: '5.10.3-13', meaning: 'QRS axis', unit: 'deg' },
  { name: 'tAxis', mdc: '2:16136', scp: '5.10.3-15', meaning: 'T axis', unit: 'deg' },
];

/** Meanings under which makers put the same numbers without a code that is known. */
const meanings: Readonly<Record<string, string>> = {
  'heart rate': 'heartRate',
  'ventricular heart rate': 'heartRate',
  'ventricular rate': 'heartRate',
  'rr interval': 'rr',
  'pp interval': 'pp',
  'p duration': 'pDuration',
  'pr interval': 'pr',
  'qrs duration': 'qrs',
  'qt interval': 'qt',
  'qtc interval': 'qtc',
  'p axis': 'pAxis',
  'qrs axis': 'qrsAxis',
  't axis': 'tAxis',
};

const units: Readonly<Record<string, readonly [unit: MeasurementTerm['unit'], factor: number]>> = {
  ms: ['ms', 1],
  s: ['ms', 1000],
  us: ['ms', 0.001],
  deg: ['deg', 1],
  '/min': ['/min', 1],
  '{H.B.}/min': ['/min', 1],
  '{beats}/min': ['/min', 1],
  bpm: ['/min', 1],
};

export interface CodedNumber {
  readonly value: number;
  /** Code and meaning of the concept. */
  readonly code: string;
  readonly scheme: string;
  readonly meaning: string;
  /** UCUM; empty where the file names none. */
  readonly unit: string;
}

/**
 * A number by our name and in our unit.
 * @returns undefined where the concept is not one of ours, or its unit does not fit: then it stays an annotation
 */
export function measurementOf(said: CodedNumber): { name: string; value: number } | undefined {
  const { value, code, scheme, meaning, unit } = said;
  if (scheme === ownScheme && code === ownCode) return { name: meaning, value };
  const name = meanings[meaning.trim().toLowerCase()];
  const term =
    terms.find(({ mdc, mdcToo, scp }) => [mdc, mdcToo, scp].includes(code)) ?? terms.find((one) => one.name === name);
  const [kind, factor] = units[unit.trim()] ?? [undefined, 1];
  if (!term || kind !== term.unit) return undefined;
  const own = value * factor;
  // Recorders count axes to 360 degrees; ours go from -180 to 180.
  return { name: term.name, value: term.unit === 'deg' && own > 180 ? own - 360 : own };
}

const byName = new Map(terms.map((term) => [term.name, term]));

/** How a number is written: a name that has no code of the standard is kept as it is, under a code of ours. */
export function codeOfMeasurement(name: string): { value: string; scheme: string; meaning: string; unit: string } {
  const term = byName.get(name);
  if (!term) return { value: ownCode, scheme: ownScheme, meaning: name, unit: '1' };
  return { value: term.mdc, scheme: 'MDC', meaning: term.meaning, unit: term.unit };
}
