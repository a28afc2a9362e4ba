import { expect, test } from 'vitest';
import { clockText } from './clock-text.ts';

test.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [187_000, '3:07'],
  [3_729_000, '1:02:09'],
])('%i ms', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
