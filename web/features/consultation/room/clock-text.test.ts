import { expect, test } from 'vitest';
import { clockText } from './clock-text.ts';

test.each([
  [-5000, '0:00'],
  [9999, '0:09'],
  [245_000, '4:05'],
  [3_729_000, '1:02:09'],
])('%d ms is %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
