import { expect, test } from 'vitest';
import { markText } from './evidence-layout.ts';
import type { OpinionEvidence } from './opinion-evidence.ts';
import { reportWords } from './report-words.ts';

const caliper: OpinionEvidence['marks'][number] = {
  ...{ author: '何静', kind: 'time', lead: 'V3', text: '', frame: 1, frameCount: 1 },
  values: [
    { name: 'interval', value: 412.25, unit: 'ms' },
    { name: 'rate', value: 145.5, unit: '/min' },
  ],
  ...{ studyInstanceUid: '1', sopInstanceUid: '1.2', seriesNumber: 1, imageNumber: 1 },
};

test('a caliper is a line with its lead and what it measures, in both languages', () => {
  expect(markText(caliper, reportWords.zh)).toBe('何静 时间测量 序列 1 心电图 V3 导联：间期 412.3 ms，频率 145.5 /min');
  expect(markText(caliper, reportWords.en)).toBe(
    '何静 time caliper series 1 ECG lead V3: interval 412.3 ms, rate 145.5 /min',
  );
  const voltage = { ...caliper, kind: 'voltage' as const, values: [{ name: 'voltage', value: -850, unit: 'uV' }] };
  expect(markText(voltage, reportWords.zh)).toContain('电压 -850 µV');
});
