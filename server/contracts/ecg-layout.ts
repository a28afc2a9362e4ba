import type { Row } from './consultation-layout.ts';
import { type EcgNumbers, type EcgPart, measuredBy } from './ecg-report.ts';
import type { ReportWords } from './report-words.ts';

const unknown = '—';
const whole = (value: number | null): string => (value === null ? unknown : String(Math.round(value)));
const withUnit = (value: number | null, unit: string): string | null => (value === null ? null : whole(value) + unit);
/** S waves are signed; on paper they are their size. */
const millivolts = (uv: number | null): string | null =>
  uv === null ? null : `${(Math.abs(uv) / 1000).toFixed(2)} mV`;

/** `2026-03-01T08:05:00.250+08:00` of a recorder as people read it: `2026-03-01 08:05:00+08:00`. */
export const recorderTime = (at: string | null): string | null => at?.replace('T', ' ').replace(/\.\d+/, '') ?? null;

/** QT and QTc as a pair with the formula named; null where neither was measured. */
function qtText({ qtMs, qtcMs, qtcFormula }: EcgNumbers, words: ReportWords): string | null {
  if (qtcMs === null) return withUnit(qtMs, ' ms');
  return `${whole(qtMs)}/${whole(qtcMs)} ms${words.ecg.correctedBy(words.ecg.formulas[qtcFormula])}`;
}

function axesText({ pAxis, qrsAxis, tAxis }: EcgNumbers): string | null {
  const axes = [pAxis, qrsAxis, tAxis];
  return axes.every((axis) => axis === null) ? null : `${axes.map(whole).join('/')}°`;
}

/** R in V5 and S in V1 together (Sokolow and Lyon 1949), in microvolts. */
export const sokolowUv = ({ rv5Uv, sv1Uv }: EcgNumbers): number | null =>
  rv5Uv === null || sv1Uv === null ? null : Math.abs(rv5Uv) + Math.abs(sv1Uv);

/** Codes in the order of the conclusion; the words only of those that the conclusion does not have in words. */
function statementsText({ statements }: EcgPart, impression: string, words: ReportWords): string {
  const isSaid = ({ zh, en }: EcgPart['statements'][number]) => impression.includes(zh) || impression.includes(en);
  const { language } = words.ecg;
  return statements.map((one) => (isSaid(one) ? one.code : `${one.code} ${one[language]}`)).join(words.ecg.between);
}

/** The numbers, the codes and the comparison of a report on an electrocardiogram, a line each. */
export function ecgFacts(ecg: EcgPart, impression: string, words: ReportWords): Row[] {
  const { labels } = words.ecg;
  const { numbers, comparedWith } = ecg;
  const earlier = comparedWith && [recorderTime(comparedWith.acquiredAt), comparedWith.facilityName];
  const by = measuredBy(ecg);
  return [
    ['acquiredAt', labels.acquiredAt, recorderTime(ecg.acquiredAt)],
    ['heartRate', labels.heartRate, withUnit(numbers.heartRate, ` ${words.ecg.perMinute}`)],
    ['pMs', labels.p, withUnit(numbers.pMs, ' ms')],
    ['prMs', labels.pr, withUnit(numbers.prMs, ' ms')],
    ['qrsMs', labels.qrs, withUnit(numbers.qrsMs, ' ms')],
    ['qtMs', labels.qt, qtText(numbers, words)],
    ['axes', labels.axes, axesText(numbers)],
    ['rv5Uv', labels.rv5, millivolts(numbers.rv5Uv)],
    ['sv1Uv', labels.sv1, millivolts(numbers.sv1Uv)],
    ['sokolowUv', labels.sokolow, millivolts(sokolowUv(numbers))],
    ['numbersBy', labels.by, by && words.ecg.by[by]],
    ['statements', labels.statements, statementsText(ecg, impression, words), true],
    ['comparison', labels.comparison, ecg.comparison.trim(), true],
    ['comparedWith', labels.comparedWith, earlier?.filter(Boolean).join(' ') ?? null, true],
  ];
}
