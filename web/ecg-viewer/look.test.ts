import { expect, test } from 'vitest';
import { filterRounds, firstLook, nextFilter, nextNotch, stepGain } from './look.ts';

test('one key goes through all usual filters and comes back; the notch stays', () => {
  const start = { ...firstLook.filter, notchHz: 50 as const };
  let filter = start;
  for (let i = 0; i < filterRounds.length; i++) filter = nextFilter(filter) as typeof start;
  expect(filter).toEqual(start);
});

test('from a combination that is not among them the first comes next', () => {
  expect(nextFilter({ highPassHz: null, lowPassHz: 40, notchHz: null })).toEqual(filterRounds[0]);
});

test('the notch goes off, 50, 60, off', () => {
  const one = nextNotch(firstLook.filter);
  const two = nextNotch(one);
  expect([one.notchHz, two.notchHz, nextNotch(two).notchHz]).toEqual([50, 60, null]);
});

test('gain has ends', () => {
  expect([stepGain(10, 1), stepGain(20, 1), stepGain(5, -1)]).toEqual([20, 20, 5]);
});
