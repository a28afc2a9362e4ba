import { expect, test } from 'vitest';
import { numberText } from './number-rows.ts';
import { timeText } from './time-text.ts';

test('times are read as on a clock, and never say sixty seconds', () => {
  expect([timeText(0), timeText(7530), timeText(59_990), timeText(3_723_000, false)]).toEqual([
    '0:00.0',
    '0:07.5',
    '1:00.0',
    '1:02:03',
  ]);
});

test('what was not measured is a dash and never a zero', () => {
  expect([numberText(null), numberText(Number.NaN), numberText(0), numberText(-31.6)]).toEqual(['—', '—', '0', '−32']);
});
