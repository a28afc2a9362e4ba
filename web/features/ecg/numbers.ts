import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { correctQt } from '@lianzhen/contracts/ecg-qtc.ts';
import type { EcgNumbers } from '@lianzhen/contracts/ecg-report.ts';

export type Formula = EcgNumbers['qtcFormula'];
export const formulas = ['bazett', 'fridericia', 'framingham', 'hodges'] as const satisfies readonly Formula[];
/** A number of the report; the formula of QTc is chosen, not measured. */
export type NumberName = Exclude<keyof EcgNumbers, 'qtcFormula'>;

const whole = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : Math.round(value);

/** The numbers of a report from what was measured: whole milliseconds, degrees, microvolts; S in V1 as its depth. */
export function numbersOf(measured: EcgMeasurements | null, qtcFormula: Formula = 'bazett'): EcgNumbers {
  const lead = (code: string) => measured?.leads.find((one) => one.code === code);
  const depth = whole(lead('V1')?.sUv);
  return {
    heartRate: whole(measured?.heartRate),
    rrMs: whole(measured?.rrMs),
    pMs: whole(measured?.pMs),
    prMs: whole(measured?.prMs),
    qrsMs: whole(measured?.qrsMs),
    qtMs: whole(measured?.qtMs),
    qtcMs: whole(measured?.qtc[`${qtcFormula}Ms`]),
    qtcFormula,
    pAxis: whole(measured?.axis.p),
    qrsAxis: whole(measured?.axis.qrs),
    tAxis: whole(measured?.axis.t),
    rv5Uv: whole(lead('V5')?.rUv),
    sv1Uv: depth === null ? null : Math.abs(depth),
  };
}

/** QTc by another formula, from the QT and RR that stand in the report; what is missing there stays missing. */
export function withFormula(numbers: EcgNumbers, qtcFormula: Formula): EcgNumbers {
  const rrMs = numbers.rrMs ?? (numbers.heartRate ? 60_000 / numbers.heartRate : null);
  return { ...numbers, qtcFormula, qtcMs: correctQt(numbers.qtMs, rrMs)[`${qtcFormula}Ms`] };
}

export const sameNumbers = (a: EcgNumbers, b: EcgNumbers): boolean =>
  (Object.keys(a) as (keyof EcgNumbers)[]).every((name) => a[name] === b[name]);

/** What counts of a trace: what a person measured last, else the hub's proposal. */
export function newestSet(view: TraceView) {
  return view.measured.find(({ measurements }) => measurements !== null) ?? view.automatic;
}
