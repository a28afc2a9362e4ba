import type { EcgNumbers } from '@lianzhen/contracts/ecg-report.ts';

const part = (value: number | null, text: (shown: string) => string): string[] =>
  value === null ? [] : [text(String(Math.round(value)).replace('-', '−'))];
const formulaNames = {
  bazett: 'Bazett',
  fridericia: 'Fridericia',
  framingham: 'Framingham',
  hodges: 'Hodges',
} as const;

/** What was measured, in words of a Chinese report; what was not measured is left out. Empty where nothing was. */
export function findingsText(numbers: EcgNumbers): string {
  const parts = [
    ...part(numbers.heartRate, (n) => `心率 ${n} 次/分`),
    ...part(numbers.prMs, (n) => `PR 间期 ${n} ms`),
    ...part(numbers.qrsMs, (n) => `QRS 时限 ${n} ms`),
    ...part(numbers.qtMs, (n) => `QT 间期 ${n} ms`),
    ...part(numbers.qtcMs, (n) => `QTc ${n} ms（${formulaNames[numbers.qtcFormula]}）`),
    ...part(numbers.qrsAxis, (n) => `QRS 电轴 ${n}°`),
    ...voltage(numbers),
  ];
  return parts.length === 0 ? '' : `${parts.join('，')}。`;
}

function voltage({ rv5Uv, sv1Uv }: EcgNumbers): string[] {
  if (rv5Uv === null || sv1Uv === null) return [];
  return [`RV5+SV1 ${((rv5Uv + Math.abs(sv1Uv)) / 1000).toFixed(2)} mV`];
}

/** Whether the findings are still the proposal for these numbers, so that they may follow them. */
export const isProposed = (findings: string, numbers: EcgNumbers): boolean =>
  findings.trim() === '' || findings.trim() === findingsText(numbers);
