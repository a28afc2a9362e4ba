import { expect, test } from 'vitest';
import { reportContent } from '../../tests/factories/report-content.ts';
import { reportLayout } from './report-layout.ts';

const session = {
  ...{ kind: 'joint', specialty: '心血管内科', reason: '胸痛待查', durationSeconds: 1210 },
  startedAt: '2026-03-01T02:00:00.000Z',
  endedAt: '2026-03-01T02:25:00.000Z',
  experts: [
    {
      id: '018f0000-0000-7000-8000-000000000099',
      name: '何静',
      title: 'chief',
      licenceNumber: '62',
      facilityName: '省医院',
    },
  ],
  participants: [{ name: '李文军', facilityName: '柳溪镇卫生院' }],
};
const opinion = () => {
  const content = reportContent({ consultation: session, reviewer: null });
  return { ...content, centre: { ...content.centre, line: 'consultation' as const } };
};

test('an opinion says who took part, when and for how long, in either language', () => {
  const layout = reportLayout(opinion(), 'zh');
  expect(layout.title).toBe('会诊意见书');
  const keys = layout.sections.map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(['consultation', 'images', 'impression', 'signatures']));
  const shown = JSON.stringify(layout.sections);
  for (const said of [
    '多学科会诊',
    '2026-03-01 10:00:00',
    '21 分钟',
    '何静 主任医师 62 省医院',
    '李文军 柳溪镇卫生院',
    '会诊意见',
  ])
    expect(shown).toContain(said);
  expect(reportLayout(opinion(), 'en').title).toBe('Consultation opinion');
});

test('it is neither positive nor negative, and waits for no reviewer', () => {
  const layout = reportLayout(opinion(), 'zh');
  expect(layout.sections.map(({ key }) => key)).not.toContain('result');
  expect(JSON.stringify(layout.sections)).not.toContain('待审核');
  expect(JSON.stringify(layout.sections)).not.toContain('检查所见');
});
