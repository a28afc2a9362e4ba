import { expect, test } from 'vitest';
import { CriticalRule } from './ecg-critical.ts';
import { editRules, ListedRule, type PatternEdit, PublishedRules, rulesSwitchedOn } from './ecg-rules-draft.ts';
import { thresholdsOf } from './ecg-rules-thresholds.ts';

const rule = (code: string, zh: string, anyOf: unknown): ListedRule =>
  ListedRule.parse({ code, zh, en: `${code} 35`, anyOf, source: 'a list' });
const heights = { I: 100, II: 100, V1: 300, V2: 300, V3: 200, V4: 100, V5: 100 };
const st = { kind: 'st', point: 'jUv', fromUv: heights, groups: [['I', 'II']], atLeast: 2 };
const rrMin = { kind: 'number', measure: 'rrMinMs', op: '<=', value: 250 };
const rules = [
  rule('slow', '心室率<35次/分', [[{ kind: 'number', measure: 'heartRate', op: '<', value: 35 }]]),
  rule('st-elevation', 'ST段抬高', [[st], [{ kind: 'statement', says: 'acute-infarction' }]]),
  rule('pre-excited', '最短RR间期≤250 ms', [
    [{ kind: 'run', op: '>=', rateBpm: 100, wide: true }, rrMin],
    [{ kind: 'statement', says: 'pre-excitation' }, rrMin],
  ]),
];
const edit = (code: string, thresholds: PatternEdit['thresholds'], more: Partial<PatternEdit> = {}): PatternEdit => ({
  ...{ code, off: false, reason: '', thresholds },
  ...more,
});

test('the numbers of a pattern: leads of one height together, a number that stands twice once', () => {
  const of = (place: number) =>
    thresholdsOf(rules[place] as ListedRule).map(({ at, value, unit }) => [at, value, unit]);
  expect(of(0)).toEqual([['0.0.value', 35, 'bpm']]);
  expect(of(1)).toEqual([
    ['0.0.I+II', 100, 'uV'],
    ['0.0.V1', 300, 'uV'],
    ['0.0.V2', 300, 'uV'],
    ['0.0.V3', 200, 'uV'],
    ['0.0.V4+V5', 100, 'uV'],
  ]);
  expect(of(2)).toEqual([
    ['0.0.rateBpm', 100, 'bpm'],
    ['0.0.forSeconds', 0, 's'],
    ['0.1.value', 250, 'ms'],
  ]);
});

test('a change is made wherever the number stands, in the names too, and names the new source', () => {
  const patterns = [
    edit('slow', [{ at: '0.0.value', value: 40 }]),
    edit('st-elevation', [{ at: '0.0.V4+V5', value: 150 }]),
    edit('pre-excited', [{ at: '0.1.value', value: 220 }], { zh: '房颤伴预激' }),
  ];
  const { rules: after, changed, faults } = editRules({ rules }, patterns, '县卫健局〔2026〕8号');
  expect(faults).toEqual([]);
  expect(changed).toEqual(['slow', 'st-elevation', 'pre-excited']);
  expect(after[0]).toMatchObject({ zh: '心室率<40次/分', en: 'slow 40', source: '县卫健局〔2026〕8号' });
  expect(after[1]?.anyOf[0]?.[0]).toMatchObject({ fromUv: { ...heights, V4: 150, V5: 150 } });
  expect(after[2]?.anyOf.map((group) => group.at(-1))).toEqual([
    { ...rrMin, value: 220 },
    { ...rrMin, value: 220 },
  ]);
  expect(after[2]?.zh).toBe('房颤伴预激');
  for (const one of after) expect(CriticalRule.safeParse(one).success).toBe(true);
  // What one begins with stays as it was.
  expect(thresholdsOf(rules[0] as ListedRule)[0]?.value).toBe(35);
  expect(editRules({ rules }, [edit('slow', [{ at: '0.0.value', value: 35 }])], 'x').changed).toEqual([]);
});

test.each<[string, PatternEdit[], string, RegExp]>([
  [
    'below its bounds',
    [edit('slow', [{ at: '0.0.value', value: 19 }])],
    'patterns.slow.0.0.value',
    /from 20 to 50 bpm/,
  ],
  ['above its bounds', [edit('slow', [{ at: '0.0.value', value: 51 }])], 'patterns.slow.0.0.value', /from 20 to 50/],
  ['a fraction', [edit('slow', [{ at: '0.0.value', value: 35.5 }])], 'patterns.slow.0.0.value', /whole/],
  ['no number', [edit('slow', [{ at: '0.0.value', value: Number.NaN }])], 'patterns.slow.0.0.value', /whole/],
  ['a place that is none', [edit('slow', [{ at: '0.0.op', value: 40 }])], 'patterns.slow.0.0.op', /0\.0\.value/],
  ['a second place', [edit('pre-excited', [{ at: '1.1.value', value: 240 }])], 'patterns.pre-excited.1.1.value', /./],
  ['a pattern that is none', [edit('fast', [])], 'patterns.fast', /of the list/],
  ['a pattern twice', [edit('slow', []), edit('slow', [])], 'patterns.slow', /once/],
  ['off without a reason', [edit('slow', [], { off: true, reason: ' ' })], 'patterns.slow.reason', /why/],
  ['no name', [edit('slow', [], { en: ' ' })], 'patterns.slow.en', /name/],
  ['nothing left', rules.map(({ code }) => edit(code, [], { off: true, reason: '停用' })), 'patterns', /at least one/],
])('refused: %s', (_, patterns, field, expected) => {
  const [fault, another] = editRules({ rules }, patterns, 'x').faults;
  expect(another).toBeUndefined();
  expect(fault).toMatchObject({ field, expected: expect.stringMatching(expected) });
});

test('recordings are judged by what is switched on', () => {
  const { rules: after } = editRules({ rules }, [edit('slow', [], { off: true, reason: '由监护仪报警' })], 'x');
  const list = PublishedRules.parse({
    ...{ code: 'own', version: 2, zh: '甲', en: 'a', province: null, source: 'x', validFrom: '2026-12-01' },
    rules: after,
  });
  expect(list.rules.map(({ off }) => off)).toEqual(['由监护仪报警', null, null]);
  expect(rulesSwitchedOn(list).rules.map(({ code }) => code)).toEqual(['st-elevation', 'pre-excited']);
});
