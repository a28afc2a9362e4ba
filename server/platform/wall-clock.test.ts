import { expect, test } from 'vitest';
import { instantAt, startOfDay } from './wall-clock.ts';

test.each([
  ['2026-12-01', 'Asia/Shanghai', '2026-11-30T16:00:00.000Z'],
  ['2026-12-01', 'UTC', '2026-12-01T00:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-12-01', 'America/Los_Angeles', '2026-12-01T08:00:00.000Z'],
])('%s begins in %s at %s', (day, timeZone, instant) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(instant);
});

test.each([
  ['2026-11-22T09:00', 'Asia/Shanghai', '2026-11-22T01:00:00.000Z'],
  ['2026-07-01T09:00:30', 'Europe/Berlin', '2026-07-01T07:00:30.000Z'],
  ['2026-01-01T09:00:30.25', 'Europe/Berlin', '2026-01-01T08:00:30.250Z'],
  // Skipped, and shown twice.
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['0001-01-01T00:00', 'UTC', '0001-01-01T00:00:00.000Z'],
])('a clock shows %s in %s at %s', (wall, timeZone, instant) => {
  expect(instantAt(wall, timeZone)?.toISOString()).toBe(instant);
});

test.each([
  '',
  '2026',
  '2026-02-30',
  '2026-13-01',
  '2026-11-22T24:30',
  '2026-11-22T09:60',
  '2026-11-22T09:00Z',
  '0-1-1',
])('%j is no time of the calendar', (wall) => {
  expect(instantAt(wall, 'Asia/Shanghai')).toBeUndefined();
});

test('what is no day and what is no place are refused', () => {
  expect(() => startOfDay('2026-02-29', 'UTC')).toThrow(RangeError);
  expect(() => startOfDay('2026-02-28', 'Nowhere/There')).toThrow(RangeError);
});
