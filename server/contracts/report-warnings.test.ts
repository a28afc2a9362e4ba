import { expect, test } from 'vitest';
import { type ReportFacts, reportWarnings } from './report-warnings.ts';

const facts = (changes: Partial<ReportFacts> = {}): ReportFacts => ({
  findings: '双肺野清晰，心影大小正常。',
  impression: '心肺膈未见明确异常。',
  advice: '',
  positive: false,
  critical: false,
  criticalText: null,
  sex: 'male',
  exams: [{ bodyPart: 'CHEST', examName: '胸部正位', laterality: null }],
  evidence: [{ studyId: 's1', revision: 1 }],
  studies: [{ studyId: 's1', revision: 1 }],
  ...changes,
});
const codes = (changes: Partial<ReportFacts>) => reportWarnings(facts(changes), 'zh').map(({ code }) => code);
const leftHand = [{ bodyPart: 'HAND', examName: '手正斜位', laterality: 'left' }];

test('an ordinary report has no warning', () => {
  expect(reportWarnings(facts(), 'zh')).toEqual([]);
});

test.each<[string, Partial<ReportFacts>]>([
  ['side-mismatch', { exams: leftHand, findings: '右手第二掌骨骨皮质连续。' }],
  ['organ-mismatch', { findings: '双肺清晰，子宫形态正常。' }],
  ['organ-mismatch', { sex: 'female', findings: '双肺清晰，前列腺增大。' }],
  ['body-part', { findings: '膝关节诸骨骨质未见异常。', impression: '膝关节未见骨折。' }],
  ['late-images', { studies: [{ studyId: 's1', revision: 2 }] }],
  [
    'late-images',
    {
      studies: [
        { studyId: 's1', revision: 1 },
        { studyId: 's2', revision: 1 },
      ],
    },
  ],
  ['critical-unmarked', { impression: '右侧气胸，肺组织压缩约 60%。', positive: true }],
  ['critical-negated', { critical: true, criticalText: '气胸', impression: '胸片未见气胸。' }],
  ['critical-absent', { critical: true, criticalText: '张力性气胸', impression: '肺部感染。', positive: true }],
  ['critical-dropped', { criticalBefore: '右侧气胸' }],
  ['polarity', { positive: true }],
  ['polarity', { positive: false, impression: '右肺中叶肺炎。' }],
  ['unfilled', { findings: '【部位】肺野见片状模糊影。' }],
  ['unfilled', { findings: '双肺见【】mm 结节影。' }],
])('warns of %s', (code, changes) => {
  expect(codes(changes)).toEqual([code]);
});

test.each<[string, Partial<ReportFacts>]>([
  ['the side that was asked for', { exams: leftHand, findings: '左手第二掌骨骨皮质连续。' }],
  ['both sides as a pair', { exams: leftHand, findings: '左手骨质，左右径正常，双侧对称。' }],
  [
    'two exams of different sides',
    { exams: [...leftHand, { bodyPart: 'HAND', examName: '手', laterality: 'right' }], findings: '右手正常。' },
  ],
  ['both sides in a chest', { findings: '左肺清晰，右肺清晰。' }],
  ['organs where the sex is not known', { sex: 'unknown', findings: '双肺清晰，子宫正常。' }],
  ['附件 of a vertebra', { findings: '双肺清晰，胸椎椎体及附件骨质正常。' }],
  [
    'a body part that is of no known region',
    { exams: [{ bodyPart: 'WHOLEBODY', examName: '全身', laterality: null }], findings: '膝正常' },
  ],
  ['a critical term that is denied', { findings: '双肺清晰，未见气胸、肺栓塞及积液。' }],
  [
    'a critical term that is marked',
    { critical: true, criticalText: '右侧气胸', impression: '右侧气胸。', positive: true },
  ],
  ['a finding that is denied', { positive: false, impression: '肺部未见骨折及积液。' }],
  ['a notice in brackets', { impression: '心肺未见异常。【危急】已通知' }],
])('is silent about %s', (_, changes) => {
  expect(codes(changes)).toEqual([]);
});

test('a denial does not reach over the end of its clause', () => {
  expect(codes({ positive: true, impression: '未见骨折，右侧气胸。' })).toEqual(['critical-unmarked']);
});

test('speaks the language of the reader', () => {
  const [warning] = reportWarnings(facts({ exams: leftHand, findings: '右手正常。' }), 'en');
  expect(warning?.text).toContain('left');
  expect(warning?.text).toContain('右手');
});
