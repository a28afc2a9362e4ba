import { CriticalRuleSet } from '@lianzhen/contracts/ecg-critical.ts';
import { expect, test } from 'vitest';
import type { Recording } from '../trace.ts';
import { criticalRuleSets, defaultRules, ruleSetFor, shanxiRules, zhejiangRules } from './critical-rule-sets.ts';
import { judgeCritical } from './critical-rules.ts';
import { measureTrace } from './measure.ts';
import { criticalStatements } from './statement-words.ts';
import { type SyntheticOptions, syntheticTrace } from './test-kit/synthetic.ts';

const measured = (options: SyntheticOptions) => measureTrace(syntheticTrace(options).recordings[0] as Recording);
const healthy = measured({ noise: { muscleUv: 8 } });
const codes = (set: CriticalRuleSet, options: SyntheticOptions, statements: string[] = []) =>
  judgeCritical(set, measured(options), statements).map((finding) => finding.code);
const everyBeat = Array.from({ length: 60 }, (_, i) => i);

test('the lists are of the shape of the contract and name where every row comes from', () => {
  for (const set of criticalRuleSets) expect(CriticalRuleSet.parse(set)).toEqual(set);
});

test('the list is chosen by province and day', () => {
  expect(ruleSetFor('330000', '2026-01-01').code).toBe('zhejiang');
  expect(ruleSetFor('620000', '2026-01-01').code).toBe('default');
  expect(ruleSetFor(null, '2026-01-01').code).toBe('default');
  const next = { ...zhejiangRules, version: 2, validFrom: '2026-07-01' };
  expect(ruleSetFor('330000', '2026-06-30', [...criticalRuleSets, next]).version).toBe(1);
  expect(ruleSetFor('330000', '2026-07-01', [...criticalRuleSets, next]).version).toBe(2);
});

test('a healthy heart is not critical anywhere, at any usual rate', () => {
  for (const set of criticalRuleSets) {
    for (const heartRate of [42, 75, 120]) expect(codes(set, { heartRate }, ['Sinus rhythm', '窦性心律'])).toEqual([]);
  }
});

test('ST elevation counts in two neighbouring leads, by the height of the list', () => {
  const st = { V2: 250, V3: 240 };
  expect(codes(defaultRules, { st })).toEqual(['st-elevation']);
  expect(codes(shanxiRules, { st })).toEqual([]);
  expect(codes(shanxiRules, { st: { V2: 340, V3: 340 } })).toEqual(['st-elevation']);
  expect(codes(shanxiRules, { st: { V2: 340, V5: 160 } })).toEqual([]);
  const [finding] = judgeCritical(shanxiRules, measured({ st: { V5: 160, V6: 150 } }), []);
  expect(finding).toMatchObject({ from: 'measured', ruleSet: { code: 'shanxi', version: 1 } });
  expect(finding?.because.map(({ lead, limit }) => [lead, limit])).toEqual([
    ['V5', '>= 100'],
    ['V6', '>= 100'],
  ]);
});

test('an inferior infarction is seen in leads that are computed from I and II', () => {
  expect(codes(defaultRules, { st: { II: 220 } })).toEqual(['st-elevation']);
});

test.each([
  ['zhejiang, slow', zhejiangRules, { heartRate: 32, seconds: 20 }, 'slow'],
  ['zhejiang, pause', zhejiangRules, { intervalsMs: [800, 800, 3300] }, 'pause'],
  ['zhejiang, wide', zhejiangRules, { heartRate: 165, wideBeats: everyBeat }, 'ventricular-tachycardia'],
  ['shanxi, wide', shanxiRules, { heartRate: 120, wideBeats: everyBeat }, 'ventricular-tachycardia'],
  ['shanxi, narrow', shanxiRules, { heartRate: 190, hasP: false }, 'fast-supraventricular'],
  [
    'zhejiang, irregular',
    zhejiangRules,
    { intervalsMs: [260, 340, 290, 380], hasP: false, qtMs: 200 },
    'fast-atrial-fibrillation',
  ],
  ['default, long QT', defaultRules, { heartRate: 60, qtMs: 580 }, 'long-qt'],
])('%s', (_, set, options: SyntheticOptions, code) => {
  expect(codes(set, options)).toContain(code);
});

test('what is only nearly critical is not', () => {
  expect(codes(zhejiangRules, { heartRate: 38, seconds: 20 })).toEqual([]);
  expect(codes(zhejiangRules, { heartRate: 190, hasP: false })).toEqual([]);
  expect(codes(zhejiangRules, { heartRate: 130, wideBeats: everyBeat })).toEqual([]);
  expect(codes(shanxiRules, { heartRate: 165, hasP: false })).toEqual([]);
  expect(codes(zhejiangRules, { intervalsMs: [800, 800, 2800] })).toEqual([]);
});

test('a fast run that ends within a long enough trace counts only when it lasted', () => {
  const salvo = [...Array.from({ length: 30 }, () => 320), ...Array.from({ length: 60 }, () => 800)];
  expect(codes(shanxiRules, { seconds: 40, hasP: false, qtMs: 220, intervalsMs: salvo })).toEqual([]);
  const sustained = Array.from({ length: 100 }, () => 320);
  expect(
    codes(shanxiRules, {
      seconds: 40,
      hasP: false,
      qtMs: 220,
      intervalsMs: [...sustained, 900, 900, 900, 900, 900, 900, 900, 900],
    }),
  ).toEqual(['fast-supraventricular']);
});

test('Holter rules are for long recordings, resting rules are not', () => {
  const rhythm = { ...healthy.rhythm, longestPauseMs: 5200, pauseCount: 3 };
  const of = (durationMs: number) =>
    judgeCritical(zhejiangRules, { ...healthy, durationMs, rhythm }, []).map((finding) => finding.code);
  expect(of(10_000)).toEqual(['pause']);
  expect(of(86_400_000)).toEqual(['long-pause-holter', 'many-pauses-holter']);
});

test('what was not measured meets nothing', () => {
  const blind = {
    ...healthy,
    heartRate: null,
    rrMinMs: null,
    leads: [],
    qtc: { bazettMs: null, fridericiaMs: null, framinghamMs: null, hodgesMs: null },
  };
  for (const set of criticalRuleSets) expect(judgeCritical(set, blind, [])).toEqual([]);
});

test('the words of the recorder raise as well, and are marked as its words', () => {
  const [finding] = judgeCritical(zhejiangRules, healthy, ['Sinus rhythm', '*** Acute anterior MI ***']);
  expect(finding).toMatchObject({
    code: 'st-elevation',
    from: 'device',
    because: [{ measure: 'statement', value: '*** Acute anterior MI ***', limit: 'acute-infarction' }],
  });
});

test.each([
  ['ACUTE INFERIOR MYOCARDIAL INFARCTION', ['acute-infarction']],
  ['Inferior infarct, possibly acute', ['acute-infarction']],
  ['** ** ** STEMI ** ** **', ['acute-infarction']],
  ['急性前壁心肌梗死', ['acute-infarction']],
  ['不能排除急性下壁心肌梗死', ['acute-infarction']],
  ['Cannot rule out acute infarct', ['acute-infarction']],
  ['Third degree AV block', ['complete-av-block']],
  ['Ⅲ度房室传导阻滞', ['complete-av-block']],
  ['阵发性室速', ['ventricular-tachycardia']],
  ['Atrial fibrillation with WPW', ['atrial-fibrillation', 'pre-excitation']],
  ['Old inferior infarct', []],
  ['陈旧性前壁心肌梗死', []],
  ['No evidence of acute infarction', []],
  ['未见急性心肌梗死征象', []],
  ['Supraventricular tachycardia', []],
  ['室上性心动过速', []],
  ['First degree AV block', []],
  ['一度房室传导阻滞', []],
  ['Anteroseptal infarct, age undetermined', []],
])('%s', (statement, keys) => {
  expect(criticalStatements([statement]).map((said) => said.key)).toEqual(keys);
});

test('a flood of statements is read to its bound', () => {
  expect(criticalStatements([...Array.from({ length: 200 }, () => 'x'), 'STEMI'])).toEqual([]);
  expect(criticalStatements([`${' acute'.repeat(200_000)} mi`])).toEqual([]);
});

test('every built-in list and pattern says its source in Chinese before anything in English', () => {
  const sources = criticalRuleSets.flatMap((list) => [list.source, ...list.rules.map(({ source }) => source)]);
  for (const source of sources) {
    expect(source).toMatch(/^[^a-z]*\p{Script=Han}/u);
    // What stands after a Chinese remark in parentheses is its English wording.
    expect(source).not.toMatch(/; [a-z]/);
  }
});
