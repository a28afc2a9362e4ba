import { expect, test } from 'vitest';
import { nameAfter } from './ecg-rules-names.ts';
import type { ThresholdUnit } from './ecg-rules-thresholds.ts';

test.each<[string, ThresholdUnit, number, number, string]>([
  ['平均心室率<35次/分', 'bpm', 35, 40, '平均心室率<40次/分'],
  ['RR长间歇≥3.0秒', 'ms', 3000, 2500, 'RR长间歇≥2.5秒'],
  ['RR长间歇≥3.0秒', 'ms', 3000, 2750, 'RR长间歇≥2.75秒'],
  ['QTc≥550 ms', 'ms', 550, 500, 'QTc≥500 ms'],
  ['QTc≥550ms', 'ms', 550, 500, 'QTc≥500ms'],
  ['动态心电图:≥3.0秒长间歇≥3次', 'count', 3, 5, '动态心电图:≥3.0秒长间歇≥5次'],
  ['动态心电图:≥3.0秒长间歇≥3次', 'ms', 3000, 4000, '动态心电图:≥4.0秒长间歇≥3次'],
  ['Holter: three or more pauses of 3.0 s', 'count', 3, 5, 'Holter: five or more pauses of 3.0 s'],
  ['心室率≥180次/分，持续≥30秒', 's', 30, 10, '心室率≥180次/分，持续≥10秒'],
  ['a rate of 1350, or 35', 'bpm', 35, 40, 'a rate of 1350, or 40'],
  ['ST elevation of 0.1 mV', 'uV', 100, 150, 'ST elevation of 0.15 mV'],
  ['三度房室传导阻滞', 'bpm', 35, 40, '三度房室传导阻滞'],
])('%s: %s from %s to %s', (name, unit, from, to, after) => {
  expect(nameAfter(name, unit, from, to)).toBe(after);
});
