import { expect, test } from 'vitest';
import { dayOf, instantOf } from './hl7-time.ts';

test('days', () => {
  expect([dayOf('19600501'), dayOf('19600501083000+0800'), dayOf(''), dayOf('1960')]).toEqual([
    '1960-05-01',
    '1960-05-01',
    null,
    '1960',
  ]);
});

test('instants, in their own offset or in the clock of the place', () => {
  expect(instantOf('20261122090000+0800', 'UTC')).toBe('2026-11-22T09:00:00+08:00');
  expect(instantOf('202611220900', 'Asia/Shanghai')).toBe('2026-11-22T01:00:00.000Z');
  expect(instantOf('20260701090000.1234', 'Europe/Berlin')).toBe('2026-07-01T07:00:00.000Z');
  expect(instantOf('20260101090000', 'Europe/Berlin')).toBe('2026-01-01T08:00:00.000Z');
});

test.each(['', '20261122', 'today', '20261322090000', '2026-11-22T09:00:00Z'])('%j is no time stamp', (text) => {
  expect(instantOf(text, 'Asia/Shanghai')).toBe(text);
});

test.each([
  '20261122090060',
  '20261122090060+0800',
  '20261122090099',
  '202611220960',
  '202611222400',
  '20261122090000+0860',
])('the clock never shows %j: it stays as it is, as a day as well', (text) => {
  expect([instantOf(text, 'Asia/Shanghai'), dayOf(text)]).toEqual([text, text]);
});
