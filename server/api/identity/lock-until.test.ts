import { expect, test } from 'vitest';
import { assertNotLocked, lockUntil } from './lock-until.ts';
import { UnknownNames } from './unknown-names.ts';

const now = new Date('2026-11-22T02:00:00Z');
const waitAfter = (failures: number): number | null => {
  const until = lockUntil(failures, now);
  return until && (until.getTime() - now.getTime()) / 1000;
};

test('four mistakes are free, then each doubles the wait up to an hour', () => {
  expect([0, 1, 4].map(waitAfter)).toEqual([null, null, null]);
  expect([5, 6, 7, 8, 11].map(waitAfter)).toEqual([30, 60, 120, 240, 1920]);
  expect([12, 40, 5000].map(waitAfter)).toEqual([3600, 3600, 3600]);
});

test('who is locked out is told for how long, in whole seconds', () => {
  const until = new Date(now.getTime() + 1500);
  expect(() => assertNotLocked(until, now)).toThrow(
    expect.objectContaining({ code: 'locked-out', details: { retryAfterSeconds: 2 } }),
  );
  expect(() => assertNotLocked(now, now)).not.toThrow();
  expect(() => assertNotLocked(null, now)).not.toThrow();
});

test('a name that nobody has locks like one that somebody has', () => {
  const names = new UnknownNames();
  for (let guess = 1; guess <= 12; guess++) {
    names.count('nobody', now);
    expect(names.lockedUntil('nobody')).toEqual(lockUntil(guess, now));
  }
  expect(names.lockedUntil('somebody-else')).toBeNull();
});

test('names that nobody has do not pile up', () => {
  const names = new UnknownNames();
  for (let guess = 0; guess < 6; guess++) names.count('first', now);
  for (let at = 0; at < 10_000; at++) names.count(`name-${at}`, now);
  expect(names.lockedUntil('first')).toBeNull();
});
