import { recorderTime } from '@lianzhen/contracts/ecg-layout.ts';
import { measuredBy } from '@lianzhen/contracts/ecg-report.ts';
import { reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { localCodes, localSystem } from './codes.ts';
import { type EcgNumber, ecgNumbers, ucum } from './ecg-codes.ts';
import { local, type Observation } from './hl7-rows.ts';
import { components, formatted, value } from './hl7-text.ts';

/**
 * The rows of an electrocardiogram: a number for each measurement that was made (OBX-3 by LOINC with the name of
 * ISO/IEEE 11073 beside it, OBX-17 the formula of QTc), a code for each sentence of the library in the order of the
 * conclusion, what it was compared with, and which trace it was read from.
 */
export function ecgRows({ ecg }: ReportContent): Observation[] {
  if (!ecg) return [];
  const { statements, comparison, comparedWith } = ecg;
  const earlier = comparedWith && [recorderTime(comparedWith.acquiredAt), comparedWith.facilityName].filter(Boolean);
  const compared = [comparison.trim(), earlier ? earlier.join(' ') : ''].filter(Boolean).join('\n');
  const by = measuredBy(ecg);
  return [
    ...ecgNumbers(ecg).map(numberRow),
    ...(by ? [local('CE', localCodes.ecgMeasuredBy, components(by, reportWords.zh.ecg.by[by], localSystem))] : []),
    ...statements.map(({ code, zh }, at) => ({
      ...local('CE', localCodes.ecgStatement, components(code, zh, localSystem)),
      sub: String(at + 1),
    })),
    ...(compared ? [local('FT', localCodes.ecgComparison, formatted(compared))] : []),
    local('ST', localCodes.ecgTrace, value(ecg.sopInstanceUid)),
  ];
}

const numberRow = ({ codes: [code, alternate], value: number, unit, formula }: EcgNumber): Observation => ({
  ...{ type: 'NM', code, system: code.system, alternate },
  ...{ value: value(String(number)), unit: { code: unit, text: ucum[unit] }, method: formula },
});
