import { expect, test } from 'vitest';
import { ageText, dayText, instantText } from './report-dates.ts';
import { reportLayout, reportSections } from './report-layout.ts';
import type { ReportContent } from './reporting.ts';
import { visibleText } from './visible-text.ts';

const facility = { id: '018f0000-0000-7000-8000-000000000001', code: 'C01', name: '青山县人民医院' };
const content: ReportContent = {
  schema: 1,
  reportId: '018f0000-0000-7000-8000-000000000010',
  versionNumber: 2,
  kind: 'corrected',
  replacesVersion: 1,
  amendmentReason: '侧别更正',
  patient: {
    id: '018f0000-0000-7000-8000-000000000020',
    name: '张\u202e三',
    namePinyin: 'zhangsan',
    sex: 'female',
    birthDate: '1990-03-02',
    identifiers: [{ type: 'id-card', issuer: 'CN', value: '110101199003020023' }],
  },
  order: {
    id: '018f0000-0000-7000-8000-000000000030',
    number: 'R20260301001',
    placerNumber: null,
    submittedAt: '2026-03-01T16:30:00.000Z',
    urgency: 'urgent',
    purpose: '排除骨折',
    history: '摔伤一天',
    diagnosisCode: 'S82.9',
    diagnosisText: '小腿骨折',
    department: null,
    visitNumber: null,
    requester: '李医生',
    requestingFacility: { ...facility, code: 'T01', name: '柳溪镇卫生院' },
  },
  exams: [
    {
      accessionNumber: 'A1',
      examCode: 'DR-LEG',
      examName: '小腿正侧位',
      modality: 'DX',
      bodyPart: 'LEG',
      laterality: 'left',
      studies: [],
    },
  ],
  centre: { id: '018f0000-0000-7000-8000-000000000040', name: '影像诊断中心', line: 'imaging', facility },
  findings: '未见骨折。',
  impression: '左小腿未见异常。',
  advice: ' ',
  positive: false,
  critical: true,
  criticalText: '气胸',
  writer: { id: '018f0000-0000-7000-8000-000000000050', name: '王一', title: null, licenceNumber: null },
  submittedAt: '2026-03-01T17:00:00.000Z',
  reviewer: null,
  signedAt: '2026-03-01T17:30:00.000Z',
};
const factOf = (sections: ReturnType<typeof reportSections>, key: string) =>
  sections.flatMap((section) => (section.kind === 'facts' ? section.facts : [])).find((fact) => fact.key === key)
    ?.value;

test('a layout says who made it, that it corrects, and every block in order', () => {
  const layout = reportLayout(content, 'zh');
  expect(layout).toMatchObject({ facility: '青山县人民医院 影像诊断中心', title: '影像诊断报告', mark: '更正报告' });
  expect(layout.notices).toEqual(['本报告替代第 1 版，第 1 版作废', '危急值：气胸']);
  expect(layout.sections.map((section) => section.key)).toEqual([
    'patient',
    'order',
    'exam-1',
    'findings',
    'impression',
    'result',
    'signatures',
    'version',
  ]);
  expect(reportLayout(content, 'en', { replacedByNumber: 3 }).notices[0]).toBe(
    'This version is replaced by version 3 and void',
  );
});

test('times are those of the place, numbers of a person are masked, hidden characters are shown', () => {
  const zh = reportSections(content, 'zh', { contentHash: 'ab12' });
  expect(factOf(zh, 'submittedAt')).toBe('2026-03-02 00:30:00');
  expect(factOf(reportSections(content, 'en', { timeZone: 'UTC' }), 'submittedAt')).toBe('2026-03-01 16:30:00');
  expect(factOf(zh, 'identifier-id-card')).toBe('1101**********0023');
  expect(factOf(zh, 'name')).toBe('张[U+202E]三');
  expect(factOf(zh, 'age')).toBe('36岁');
  expect(factOf(zh, 'critical')).toBe('危急：气胸');
  expect(factOf(zh, 'contentHash')).toBe('ab12');
  expect(factOf(zh, 'placerNumber')).toBeUndefined();
});

test('what has no shape of its own is written out and nothing is dropped', () => {
  expect(visibleText('a\r\nb\rc\u2028d\te')).toBe('a\nb\nc\nd    e');
  expect(visibleText('\u0000\u001b\u200b\ufeff\ud800')).toBe('[U+0000][U+001B][U+200B][U+FEFF][U+D800]');
  expect(visibleText('龘𠮷é\ue000')).toBe('龘𠮷é\ue000');
});

test('ages follow the calendar of the place', () => {
  const units = { years: 'y', months: 'm', days: 'd' };
  const age = (birth: string | null, at: string) => ageText(birth, at, 'Asia/Shanghai', units);
  expect(age('1990-03-02', '2026-03-01T15:59:59Z')).toBe('35y');
  expect(age('1990-03-02', '2026-03-01T16:00:00Z')).toBe('36y');
  expect(age('2025-01-31', '2026-03-01T16:00:00Z')).toBe('13m');
  expect(age('2026-02-20', '2026-03-01T16:00:00Z')).toBe('10d');
  expect(age('2027-01-01', '2026-03-01T16:00:00Z')).toBeNull();
  expect(age('199003', '2026-03-01T16:00:00Z')).toBeNull();
});

test('days are written one way', () => {
  expect(dayText('20260301')).toBe('2026-03-01');
  expect(dayText('2026-03-01T10:00:00Z')).toBe('2026-03-01');
  expect(dayText('2026030')).toBe('2026030');
  expect(dayText(null)).toBeNull();
  expect(instantText('2026-12-31T16:00:00Z', 'Asia/Shanghai')).toBe('2027-01-01 00:00:00');
});
