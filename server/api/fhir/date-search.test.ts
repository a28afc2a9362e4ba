import { expect, test } from 'vitest';
import { beginningOf } from './date-search.ts';

test.each([
  ['2026', '2025-12-31T16:00:00.000Z'],
  ['2026-11', '2026-10-31T16:00:00.000Z'],
  ['2026-11-23', '2026-11-22T16:00:00.000Z'],
  ['2026-11-23T08:30', '2026-11-23T00:30:00.000Z'],
  ['2026-11-23T08:30:15Z', '2026-11-23T08:30:15.000Z'],
  ['2026-11-23T08:30:15.250+08:00', '2026-11-23T00:30:15.250Z'],
  ['2026-11-23T08:30:15 08:00', '2026-11-23T00:30:15.000Z'],
  ['2026-11-23T08:30-05:00', '2026-11-23T13:30:00.000Z'],
])('%s begins at %s', (text, instant) => {
  expect(beginningOf(text, 'Asia/Shanghai')?.toISOString()).toBe(instant);
});

test.each([
  '',
  'soon',
  'Nov 23',
  '0000-01-01',
  '+275760-09-13',
  '2026-02-30',
  '2026-11-23T25:00Z',
  '2026-11-23T08:30+99:99',
])('%j is no date', (text) => {
  expect(beginningOf(text, 'Asia/Shanghai')).toBeUndefined();
});
