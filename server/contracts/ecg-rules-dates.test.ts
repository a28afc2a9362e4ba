import { expect, test } from 'vitest';
import { standingsOf } from './ecg-rules-dates.ts';

test('the last published whose day has come counts; what was replaced before its day never does', () => {
  const at = (version: number, day: string) => ({ version, validFrom: new Date(`${day}T00:00:00Z`) });
  const versions = [at(1, '2026-01-01'), at(10, '2026-12-01'), at(9, '2026-12-15'), at(2, '2026-06-01')];
  const on = (day: string) =>
    [...standingsOf(versions, new Date(`${day}T12:00:00Z`))].map(([version, { standing }]) => [version, standing]);
  expect(on('2026-11-22')).toEqual([
    [1, 'past'],
    [2, 'in-force'],
    [9, 'passed-over'],
    [10, 'coming'],
  ]);
  expect(on('2026-12-20')).toEqual([
    [1, 'past'],
    [2, 'past'],
    [9, 'passed-over'],
    [10, 'in-force'],
  ]);
  expect(standingsOf(versions, new Date()).get(2)?.until).toEqual(new Date('2026-12-01T00:00:00Z'));
  expect(standingsOf([], new Date()).size).toBe(0);
});
