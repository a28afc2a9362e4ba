import type { EcgNumbers, EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { qtcFormula } from '../../reporting/forms/ecg-codes.ts';
import { type Code, code } from '../../sr/dicom-values.ts';
import { codeValueItem, containerItem, numberItem } from '../../sr/sr-items.ts';

const mdc = (value: string, meaning: string): Code => code(value, 'MDC', meaning);
const ms = code('ms', 'UCUM', 'milliseconds');
const degrees = code('deg', 'UCUM', 'degrees');
const microvolts = code('uV', 'UCUM', 'microvolts');
const beats = code('{H.B.}/min', 'UCUM', 'BPM');
const exact = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(3)));

type Row = readonly [name: Exclude<keyof EcgNumbers, 'qtcFormula'>, concept: Code, unit: Code];
/** TID 3713 wants these whether or not somebody knows them. */
const wanted: readonly Row[] = [
  ['heartRate', mdc('2:16016', 'Ventricular Heart Rate'), beats],
  ['qtMs', mdc('2:16160', 'QT interval global'), ms],
  ['prMs', mdc('2:15872', 'PR interval global'), ms],
  ['qrsMs', mdc('2:16156', 'QRS duration global'), ms],
  ['rrMs', mdc('2:16168', 'RR interval global'), ms],
];
/** CID 3689 and CID 3229: only where they were measured. */
const further: readonly Row[] = [
  ['pMs', mdc('2:16184', 'P duration global'), ms],
  ['pAxis', mdc('2:16128', 'P Axis'), degrees],
  ['qrsAxis', mdc('2:16132', 'QRS axis'), degrees],
  ['tAxis', mdc('2:16136', 'T axis'), degrees],
];
/** CID 3227; the other formulas have no concept of their own and are told by the algorithm. */
const qtc: Record<EcgNumbers['qtcFormula'], Code> = {
  bazett: mdc('2:15880', 'QTc global using Bazett formula'),
  fridericia: mdc('2:15892', 'QTc global using Fredericia formula'),
  framingham: mdc('2:15876', 'QTc interval global'),
  hodges: mdc('2:15876', 'QTc interval global'),
};

/** The numbers of a report by TID 3713, and the amplitudes of single leads by TID 3714 (PS3.16). */
export function ecgMeasurementItems({ numbers }: EcgPart): DicomJson[] {
  const rowOf = ([name, concept, unit]: Row) => numberItem(concept, { value: exact(numbers[name]), unit });
  const global = [
    ...wanted.map(rowOf),
    ...qtcItems(numbers),
    ...further.filter(([name]) => numbers[name] !== null).map(rowOf),
  ];
  return [
    containerItem(code('122158', 'DCM', 'ECG Global Measurements'), global, '3713'),
    ...leadItems(mdc('2:3', 'Lead V1'), mdc('2:2304', 'S amplitude, per lead'), numbers.sv1Uv),
    ...leadItems(mdc('2:7', 'Lead V5'), mdc('2:2048', 'R amplitude, per lead'), numbers.rv5Uv),
  ];
}

function qtcItems({ qtcMs, qtcFormula: formula }: EcgNumbers): DicomJson[] {
  if (qtcMs === null) return [];
  const { code: value, text } = qtcFormula(formula);
  const algorithm = codeValueItem('HAS PROPERTIES', code('111001', 'DCM', 'Algorithm Name'), code(value, 'DCM', text));
  return [numberItem(qtc[formula], { value: exact(qtcMs), unit: ms }, [algorithm])];
}

/** Signed, as the waves are. */
function leadItems(lead: Code, concept: Code, uv: number | null): DicomJson[] {
  if (uv === null) return [];
  const children = [
    codeValueItem('HAS CONCEPT MOD', code('122148', 'DCM', 'Lead ID'), lead),
    numberItem(concept, { value: exact(uv), unit: microvolts }),
  ];
  return [containerItem(code('122159', 'DCM', 'ECG Lead Measurements'), children, '3714')];
}
