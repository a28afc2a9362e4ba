import { expect, test } from 'vitest';
import { isStorable } from './storable.ts';

test('what JSON in PostgreSQL keeps', () => {
  expect(isStorable({ a: ['文', 1, null, true, { b: '🙂' }] })).toBe(true);
});

test.each([
  ['a NUL', { a: ['x\u0000'] }],
  ['a NUL in a key', { 'x\u0000': 1 }],
  ['half a pair', { a: '\ud83d' }],
])('%s is refused', (_, value) => {
  expect(isStorable(value)).toBe(false);
});
