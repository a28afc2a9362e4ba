import { sokolowUv } from '@lianzhen/contracts/ecg-layout.ts';
import type { EcgNumbers, EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { type Code, localSystem } from './codes.ts';

/** A code with the system that HL7 table 0396 names so. */
export interface SystemCode extends Code {
  system: 'LN' | 'MDC' | typeof localSystem;
}
/** A number of an electrocardiogram with the codes by which other systems know it, the best first. */
export interface EcgTerm {
  name: keyof EcgNumbers | 'sokolowUv';
  codes: readonly [SystemCode, ...SystemCode[]];
  unit: keyof typeof ucum;
}
export const ucum = { '/min': 'per minute', ms: 'millisecond', deg: 'degree', uV: 'microvolt' } as const;

const loinc = (code: string, text: string): SystemCode => ({ code, text, system: 'LN' });
const local = (code: string, text: string): SystemCode => ({ code, text, system: localSystem });
/** ISO/IEEE 11073-10101 writes partition (2, vital signs) and term as one number. */
const mdc = (term: number, text: string): SystemCode => ({ code: String(2 * 65_536 + term), text, system: 'MDC' });

/**
 * In the order of the report. Sources: LOINC; ISO/IEEE 11073-10101, where an amplitude in one lead is the term of the
 * amplitude and the number of the lead (V1 is 3, V5 is 7). LOINC has no duration of P, and no amplitude of a wave.
 */
const terms: readonly EcgTerm[] = [
  {
    ...{ name: 'heartRate', unit: '/min' },
    codes: [loinc('8867-4', 'Heart rate'), mdc(16_770, 'MDC_ECG_HEART_RATE')],
  },
  { name: 'rrMs', unit: 'ms', codes: [loinc('8637-1', 'R-R interval'), mdc(16_168, 'MDC_ECG_TIME_PD_RR_GL')] },
  { name: 'pMs', unit: 'ms', codes: [mdc(16_184, 'MDC_ECG_TIME_PD_P_GL')] },
  { name: 'prMs', unit: 'ms', codes: [loinc('8625-6', 'P-R interval'), mdc(15_872, 'MDC_ECG_TIME_PD_PR')] },
  { name: 'qrsMs', unit: 'ms', codes: [loinc('8633-0', 'QRS duration'), mdc(16_156, 'MDC_ECG_TIME_PD_QRS_GL')] },
  { name: 'qtMs', unit: 'ms', codes: [loinc('8634-8', 'Q-T interval'), mdc(16_160, 'MDC_ECG_TIME_PD_QT_GL')] },
  { name: 'qtcMs', unit: 'ms', codes: [loinc('8636-3', 'Q-T interval corrected')] },
  { name: 'pAxis', unit: 'deg', codes: [loinc('8626-4', 'P wave axis'), mdc(16_128, 'MDC_ECG_ANGLE_P_FRONT')] },
  { name: 'qrsAxis', unit: 'deg', codes: [loinc('8632-2', 'QRS axis'), mdc(16_132, 'MDC_ECG_ANGLE_QRS_FRONT')] },
  { name: 'tAxis', unit: 'deg', codes: [loinc('8638-9', 'T wave axis'), mdc(16_136, 'MDC_ECG_ANGLE_T_FRONT')] },
  { name: 'rv5Uv', unit: 'uV', codes: [local('ECG-RV5', 'RV5'), mdc(2048 + 7, 'MDC_ECG_AMPL_R_V5')] },
  { name: 'sv1Uv', unit: 'uV', codes: [local('ECG-SV1', 'SV1'), mdc(2304 + 3, 'MDC_ECG_AMPL_S_V1')] },
  { name: 'sokolowUv', unit: 'uV', codes: [local('ECG-RV5-SV1', 'RV5+SV1')] },
];

/** How QTc was made from QT (PS3.16 CID 3678), and the number's own code where it has one for that formula. */
const qtc: Record<EcgNumbers['qtcFormula'], { formula: Code; code: SystemCode }> = {
  bazett: {
    formula: { code: '122730', text: 'Bazett QT Correction Algorithm' },
    code: mdc(15_880, 'MDC_ECG_TIME_PD_QTcB'),
  },
  hodges: {
    formula: { code: '122731', text: 'Hodges QT Correction Algorithm' },
    code: mdc(16_164, 'MDC_ECG_TIME_PD_QTc'),
  },
  fridericia: {
    formula: { code: '122732', text: 'Fridericia QTc Algorithm' },
    code: mdc(15_892, 'MDC_ECG_TIME_PD_QTcF'),
  },
  framingham: {
    formula: { code: '122733', text: 'Framingham QTc Algorithm' },
    code: mdc(16_164, 'MDC_ECG_TIME_PD_QTc'),
  },
};
/** PS3.16 CID 3678. */
export const qtcFormula = (of: EcgNumbers['qtcFormula']): Code => qtc[of].formula;

export interface EcgNumber extends EcgTerm {
  value: number;
  /** Only of QTc. */
  formula?: Code;
}

/** What was measured, each number with its codes; what was not has no entry. No more digits than a thousandth. */
export function ecgNumbers({ numbers }: EcgPart): EcgNumber[] {
  return terms.flatMap((term): EcgNumber[] => {
    if (term.name === 'qtcFormula') return [];
    const found = term.name === 'sokolowUv' ? sokolowUv(numbers) : numbers[term.name];
    if (found === null) return [];
    const value = Number(found.toFixed(3));
    if (term.name !== 'qtcMs') return [{ ...term, value }];
    const { formula, code } = qtc[numbers.qtcFormula];
    return [{ ...term, value, codes: [...term.codes, code], formula }];
  });
}
