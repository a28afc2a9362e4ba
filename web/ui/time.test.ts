import { expect, test } from 'vitest';
import { ageText, shortTime, spanText } from './time.ts';

test.each([
  [30_000, '不到 1 分钟'],
  [59 * 60_000, '59 分钟'],
  [60 * 60_000, '1 小时'],
  [125 * 60_000, '2 小时 5 分'],
  [49 * 3_600_000, '2 天'],
  [-10 * 60_000, '10 分钟'],
])('%i ms is %s', (ms, text) => {
  expect(spanText(ms, 'zh')).toBe(text);
});

test('today has a time alone, another day its date, another year its year', () => {
  const now = new Date(2026, 2, 1, 14, 0);
  expect(shortTime(new Date(2026, 2, 1, 9, 5), now)).toBe('09:05');
  expect(shortTime(new Date(2026, 1, 28, 9, 5), now)).toBe('02-28 09:05');
  expect(shortTime(new Date(2025, 11, 31, 23, 59), now)).toBe('2025-12-31 23:59');
});

test.each([
  ['1950-03-02', '75 岁'],
  ['2023-03-01', '3 岁'],
  ['2023-03-02', '35 月'],
  ['2026-02-27', '2 天'],
  ['2027-01-01', ''],
  ['not a day', ''],
  [null, ''],
])('born %s is %s on 1 March 2026', (birthDate, text) => {
  expect(ageText(birthDate, 'zh', new Date(2026, 2, 1, 12))).toBe(text);
});

test('a month is full on its own day, on the screen as in the report', () => {
  expect(ageText('2026-01-31', 'en', new Date(2026, 1, 28, 12))).toBe('28 d');
});
