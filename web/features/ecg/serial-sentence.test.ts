import type { EcgMeasurements, LeadMeasurement } from '@lianzhen/contracts/ecg-measurements.ts';
import { expect, test } from 'vitest';
import { findingsText, isProposed } from './findings-text.ts';
import { numbersOf, sameNumbers, withFormula } from './numbers.ts';
import { serialSentence } from './serial-sentence.ts';

const lead = (code: string, part: Partial<LeadMeasurement> = {}): LeadMeasurement => ({
  ...{ code, pUv: 100, qUv: -50, rUv: 1200, sUv: -800, rPrimeUv: null, sPrimeUv: null },
  ...{ qMs: 20, rMs: 40, sMs: 30, rPrimeMs: null, sPrimeMs: null, jUv: 0, stMidUv: 0, tUv: 300 },
  ...part,
});
const measured = (part: Partial<EcgMeasurements> = {}) =>
  ({
    ...{ durationMs: 10_000, heartRate: 75, rrMs: 800, pMs: 100, prMs: 160, qrsMs: 90, qtMs: 380, sokolowUv: 2000 },
    qtc: { bazettMs: 425, fridericiaMs: 409, framinghamMs: 411, hodgesMs: 406 },
    axis: { p: 50, qrs: 60, t: 40 },
    leads: ['V1', 'V2', 'V3', 'V5'].map((code) => lead(code)),
    ...part,
  }) as EcgMeasurements;
const earlier = { acquiredAt: '2026-11-20T09:00:00+08:00', facilityName: '青山镇卫生院' };

test('nothing notable is said to be nothing notable', () => {
  expect(serialSentence(earlier, measured(), measured({ heartRate: 78 }))).toBe(
    '与 2026-11-20 09:00（青山镇卫生院）心电图比较：各项测量值无明显变化。',
  );
});

test('changes of the whole and of leads together are named', () => {
  const now = measured({
    heartRate: 102,
    leads: [lead('V1'), lead('V2', { jUv: 300 }), lead('V3', { jUv: 250, tUv: -200 })],
  });
  expect(serialSentence(earlier, measured(), now)).toContain(
    '心率由 75 增至 102 次/分；V2、V3 导联 ST 段较前抬高；V3 导联 T 波较前倒置。',
  );
  expect(serialSentence(earlier, null, now)).toBeNull();
});

test('findings say what was measured and leave out what was not', () => {
  const numbers = numbersOf(measured());
  expect(findingsText(numbers)).toBe(
    '心率 75 次/分，PR 间期 160 ms，QRS 时限 90 ms，QT 间期 380 ms，QTc 425 ms（Bazett），QRS 电轴 60°，RV5+SV1 2.00 mV。',
  );
  expect(findingsText(numbersOf(null))).toBe('');
  expect(isProposed(findingsText(numbers), numbers)).toBe(true);
  expect(isProposed('自己写的', numbers)).toBe(false);
});

test('another formula corrects the QT that stands there', () => {
  const numbers = numbersOf(measured());
  expect(withFormula(numbers, 'fridericia')).toMatchObject({ qtcFormula: 'fridericia', qtcMs: 409 });
  expect(withFormula({ ...numbers, qtMs: null }, 'hodges').qtcMs).toBeNull();
  expect(sameNumbers(numbers, { ...numbers })).toBe(true);
  expect(sameNumbers(numbers, { ...numbers, prMs: 200 })).toBe(false);
});
