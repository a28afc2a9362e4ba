import { expect, test } from 'vitest';
import { boundWidth, readLayout } from './desk-layout.ts';

test('a stored layout comes back, a broken one is as usual', () => {
  expect(readLayout('{"reportWidth":500,"hasReport":false}', false)).toEqual({
    reportWidth: 500,
    hasReport: false,
    hasCase: false,
  });
  const usual = { reportWidth: 420, hasReport: true, hasCase: true };
  expect(readLayout('{half', true)).toEqual(usual);
  expect(readLayout('7', true)).toEqual(usual);
  expect(readLayout('{"reportWidth":-4,"hasReport":"yes"}', true)).toEqual(usual);
});

test('the images keep the larger part', () => {
  expect(boundWidth(2000, 1300)).toBe(780);
  expect(boundWidth(10, 1300)).toBe(300);
  expect(boundWidth(400, 300)).toBe(300);
});
