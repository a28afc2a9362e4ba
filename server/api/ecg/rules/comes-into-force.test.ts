import { expect, test } from 'vitest';
import { comesIntoForce } from './comes-into-force.ts';

test('a list counts at once or from a day on, never backwards, never years ahead', () => {
  const now = new Date('2026-11-22T17:00:00Z');
  const from = (day: string) => comesIntoForce(day, 'Asia/Shanghai', now)?.toISOString();
  expect(from('2026-11-22')).toBeUndefined();
  expect(from('2026-11-23')).toBe(now.toISOString());
  expect(from('2026-11-24')).toBe('2026-11-23T16:00:00.000Z');
  expect(from('2027-11-23')).toBe('2027-11-22T16:00:00.000Z');
  expect(from('2028-01-01')).toBeUndefined();
});
