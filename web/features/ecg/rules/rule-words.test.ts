import { criticalRuleSets, defaultRules, shanxiRules, zhejiangRules } from '@lianzhen/ecg/signal/critical-rule-sets.ts';
import { expect, test } from 'vitest';
import { asksTheSame, becauseText, ruleLines, shownNumber } from './rule-words.ts';

const find = (set: (typeof criticalRuleSets)[number], code: string) => {
  const rule = set.rules.find((one) => one.code === code);
  if (!rule) throw new Error(`no ${code}`);
  return rule;
};

test('a pattern is told with its numbers and units, a line for each way to meet it', () => {
  expect(ruleLines(find(shanxiRules, 'st-elevation'), 'zh')).toEqual([
    'ST 抬高 I II III aVL aVF V4 V5 V6 ≥ 0.10 mV，V1 V2 V3 ≥ 0.30 mV（相邻 2 个导联）',
    '设备提示“急性心肌梗死”',
  ]);
  expect(ruleLines(find(zhejiangRules, 'ventricular-tachycardia'), 'zh')[0]).toBe(
    '宽 QRS 的连续搏动 ≥ 150 次/分，持续时间 ≥ 30 秒或贯穿整段记录',
  );
  expect(ruleLines(find(zhejiangRules, 'fast-atrial-fibrillation'), 'en')).toEqual([
    'narrow, irregular run ≥ 180 /min',
    'the recorder says “atrial fibrillation or flutter”, and mean rate ≥ 180 /min',
  ]);
  expect(ruleLines(find(zhejiangRules, 'pause'), 'zh')[0]).toBe('最长停搏 ≥ 3000 ms');
});

test('every pattern of every list can be told in both languages', () => {
  for (const { rules } of criticalRuleSets)
    for (const rule of rules)
      for (const language of ['zh', 'en'] as const)
        for (const line of ruleLines(rule, language)) expect(line).not.toMatch(/undefined|NaN|^$/);
});

test('what asks for the same is told from what does not', () => {
  const slow = find(defaultRules, 'slow');
  expect(asksTheSame(slow, { ...find(zhejiangRules, 'slow') })).toBe(true);
  expect(asksTheSame(find(shanxiRules, 'st-elevation'), find(defaultRules, 'st-elevation'))).toBe(false);
  expect(asksTheSame(slow, { ...slow, trace: 'long' })).toBe(false);
});

test('leads are named in the order of the paper, in whatever order they were kept', () => {
  const rule = find(shanxiRules, 'st-elevation');
  const kept = JSON.parse(JSON.stringify(rule), (key, value) =>
    key === 'fromUv' ? Object.fromEntries(Object.entries(value).toSorted()) : value,
  );
  expect(Object.keys(kept.anyOf[0][0].fromUv)[2]).toBe('III');
  expect(asksTheSame(rule, kept)).toBe(true);
});

test.each([
  [100, '0.10'],
  [50, '0.05'],
  [125, '0.125'],
])('%s microvolts are %s millivolts', (value, text) => {
  expect(shownNumber('uV', value)).toBe(text);
});

test('what met a pattern is said in words, with its unit and the threshold', () => {
  const raised = { measure: 'jUv', lead: 'II', value: 350, limit: '>= 100' };
  expect(becauseText(raised, 'zh')).toBe('II ST 抬高 0.35 mV（≥ 0.10 mV）');
  expect(becauseText(raised, 'en')).toBe('II ST elevation 0.35 mV (≥ 0.10 mV)');
  const slow = { measure: 'heartRate', lead: null, value: 32, limit: '< 35' };
  expect(becauseText(slow, 'zh')).toBe('平均心室率 32 次/分（< 35 次/分）');
  expect(becauseText({ measure: 'runSeconds', lead: null, value: 40, limit: '>= 30' }, 'en')).toBe(
    'lasting 40 s (≥ 30 s)',
  );
  const said = { measure: 'statement', lead: null, value: 'Acute MI', limit: 'acute-infarction' };
  expect([becauseText(said, 'zh'), becauseText(said, 'en')]).toEqual([
    '设备提示“Acute MI”',
    'the recorder says “Acute MI”',
  ]);
});
