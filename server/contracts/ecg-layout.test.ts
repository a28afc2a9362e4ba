import { expect, test } from 'vitest';
import { ecgPart, ecgReport } from '../../tests/factories/ecg-report.ts';
import { reportSections } from './report-layout.ts';
import type { ReportContent } from './reporting.ts';

const shown = (changes: Partial<ReportContent> = {}, language: 'zh' | 'en' = 'zh') => {
  const section = reportSections(ecgReport(changes), language).find(({ key }) => key === 'ecg');
  return section?.kind === 'facts' ? section.facts.map(({ label, value }) => `${label}: ${value}`) : undefined;
};

test('the numbers stand before the findings, with their units and the formula of QTc', () => {
  expect(reportSections(ecgReport(), 'zh').map(({ key }) => key)).toEqual([
    ...['patient', 'order', 'exam-1', 'ecg', 'findings', 'impression', 'result', 'signatures', 'version'],
  ]);
  expect(shown()).toEqual([
    '采集时间: 2026-03-02 08:05:00+08:00',
    '心率: 72 次/分',
    'P 波时限: 104 ms',
    'PR 间期: 158 ms',
    'QRS 时限: 92 ms',
    'QT/QTc: 388/426 ms（QTc：Bazett 公式）',
    'P/QRS/T 电轴: 48/-13/35°',
    'RV5: 1.43 mV',
    'SV1: 0.87 mV',
    'RV5+SV1: 2.30 mV',
    '测量方式: 人工校正',
    '诊断编码: SR；LAD',
    '与前次比较: 与 2025 年 11 月比较无明显变化。',
    '对比心电图: 2025-11-03 09:00:00 柳溪镇卫生院',
  ]);
  expect(shown({}, 'en')).toEqual(
    expect.arrayContaining(['QT/QTc: 388/426 ms (QTc: Bazett)', 'Measured: corrected by a person']),
  );
});

test('a sentence that was edited out of the conclusion stands with its code, in the reader’s language', () => {
  expect(shown({ impression: '窦性心律' })).toContain('诊断编码: SR；LAD 电轴左偏');
  expect(shown({ impression: '窦性心律' }, 'en')).toContain('Statement codes: SR; LAD Left axis deviation');
});

test('what was not measured has no line; of a pair the other half is shown', () => {
  const { numbers } = ecgPart();
  const none = { heartRate: null, rrMs: null, pMs: null, prMs: null, qtMs: null, pAxis: null, sv1Uv: null };
  const ecg = ecgPart({
    ...{ numbersBy: 'automatic', numbers: { ...numbers, ...none }, statements: [], comparison: ' ' },
    ...{ acquiredAt: null, comparedWith: null },
  });
  expect(shown({ ecg })).toEqual([
    'QRS 时限: 92 ms',
    'QT/QTc: —/426 ms（QTc：Bazett 公式）',
    'P/QRS/T 电轴: —/-13/35°',
    'RV5: 1.43 mV',
    '测量方式: 自动测量',
  ]);
  const nothing = Object.fromEntries(Object.keys(numbers).map((name) => [name, null]));
  const picture = { ...ecg, numbers: { ...numbers, ...nothing, qtcFormula: numbers.qtcFormula } };
  expect(shown({ ecg: picture })).toEqual([]);
  const { ecg: _, ...without } = ecgReport();
  expect(reportSections(without, 'zh').some(({ key }) => key === 'ecg')).toBe(false);
});
