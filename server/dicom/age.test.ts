import { expect, test } from 'vitest';
import { ageAt, parseAge } from './age.ts';

test.each([
  ['19700312', '20250605', { value: 55, unit: 'year' }],
  ['19700605', '20250605', { value: 55, unit: 'year' }],
  ['19700606', '20250605', { value: 54, unit: 'year' }],
  ['20240229', '20250228', { value: 1, unit: 'year' }],
  ['20240606', '20250605', { value: 11, unit: 'month', days: 30 }],
  ['20250405', '20250605', { value: 2, unit: 'month', days: 0 }],
  ['20250131', '20250228', { value: 1, unit: 'month', days: 0 }],
  ['20250520', '20250605', { value: 16, unit: 'day' }],
  ['20250605', '20250605', { value: 0, unit: 'day' }],
  ['20250606', '20250605', undefined],
  ['', '20250605', undefined],
])('born %s, seen %s', (birth, study, expected) => {
  expect(ageAt({ da: birth }, { da: study })).toEqual(expected);
});

test('the first day is told in hours where the time of birth is known', () => {
  expect(ageAt({ da: '20250604', tm: '2200' }, { da: '20250605', tm: '0830' })).toEqual({ value: 10, unit: 'hour' });
  expect(ageAt({ da: '20250604', tm: '0700' }, { da: '20250605', tm: '0830' })).toEqual({ value: 1, unit: 'day' });
  expect(ageAt({ da: '20250605', tm: '0900' }, { da: '20250605', tm: '0830' })).toBeUndefined();
});

test('AS', () => {
  expect(parseAge('034Y')).toEqual({ value: 34, unit: 'year' });
  expect(parseAge('6W')).toEqual({ value: 6, unit: 'week' });
  expect(parseAge('Y')).toBeUndefined();
});
