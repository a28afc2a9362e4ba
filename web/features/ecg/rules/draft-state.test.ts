import type { RuleListView } from '@lianzhen/contracts/ecg-rules.ts';
import { PublishedRules } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { defaultRules } from '@lianzhen/ecg/signal/critical-rule-sets.ts';
import { expect, test } from 'vitest';
import { patternsOf, resultOf, startDraft, withEdit } from './draft-state.ts';

const list: RuleListView = {
  ...PublishedRules.parse(defaultRules),
  ...{ origin: 'hub', from: null, publishedAt: null, publishedByName: null },
};
const rule = (code: string, of = list) => of.rules.find((one) => one.code === code) as RuleListView['rules'][number];
const begun = startDraft(list, '2026-11-22');

test('what was touched and put back is no change', () => {
  const changed = withEdit(begun, rule('slow'), { values: { '0.0.value': 40 } });
  expect(patternsOf(changed)).toEqual([
    { code: 'slow', off: false, reason: '', thresholds: [{ at: '0.0.value', value: 40 }] },
  ]);
  expect(patternsOf(withEdit(changed, rule('slow'), { values: { '0.0.value': 35 } }))).toEqual([]);
  const off = withEdit(begun, rule('slow'), { off: true, reason: 'x' });
  expect(patternsOf(off)).toMatchObject([{ code: 'slow', off: true, reason: 'x' }]);
  expect(patternsOf(withEdit(off, rule('slow'), { off: false }))).toEqual([]);
});

test('what is off stays off until it is switched on', () => {
  const old = { ...list, rules: list.rules.map((one) => (one.code === 'slow' ? { ...one, off: '监护仪' } : one)) };
  const draft = startDraft(old, '2026-11-22');
  expect(patternsOf(draft)).toEqual([]);
  expect(resultOf(draft).rules.find(({ code }) => code === 'slow')?.off).toBe('监护仪');
  const on = withEdit(draft, rule('slow', old), { off: false });
  expect(resultOf(on).rules.find(({ code }) => code === 'slow')?.off).toBeNull();
  const other = withEdit(draft, rule('slow', old), { reason: '另一原因' });
  expect(patternsOf(other)).toMatchObject([{ off: true, reason: '另一原因' }]);
});

test('faults are told by the name of their field, an empty number and a missing source among them', () => {
  const draft = withEdit(begun, rule('slow'), { values: { '0.0.value': null } });
  const faulty = withEdit(draft, rule('pause'), { off: true, reason: ' ' });
  expect([...resultOf(faulty).faults]).toEqual(['patterns.slow.0.0.value', 'patterns.pause.reason', 'source']);
  const whole = { ...withEdit(begun, rule('slow'), { values: { '0.0.value': 45 } }), source: ' 文件 ' };
  const { faults, changed, rules } = resultOf(whole);
  expect([faults.size, changed]).toEqual([0, ['slow']]);
  expect(rules.find(({ code }) => code === 'slow')).toMatchObject({ zh: '平均心室率<45次/分', source: '文件' });
});
