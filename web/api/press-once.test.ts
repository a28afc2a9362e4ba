import { expect, test } from 'vitest';
import { pressOnce } from './press-once.ts';

test('a double click is one press', () => {
  const presses = pressOnce();
  expect(presses.begin({ id: 'a', text: '补充' })).toBe(true);
  expect(presses.begin({ id: 'a', text: '补充' })).toBe(false);
});

test('another row, and the same one again after its answer, are presses of their own', () => {
  const presses = pressOnce();
  expect(presses.begin({ id: 'a' })).toBe(true);
  expect(presses.begin({ id: 'b' })).toBe(true);
  presses.end({ id: 'a' });
  expect(presses.begin({ id: 'a' })).toBe(true);
  expect(presses.begin({ id: 'b' })).toBe(false);
});

test('an act without content is told apart too', () => {
  const presses = pressOnce();
  expect(presses.begin(undefined)).toBe(true);
  expect(presses.begin(undefined)).toBe(false);
  presses.end(undefined);
  expect(presses.begin(undefined)).toBe(true);
});
