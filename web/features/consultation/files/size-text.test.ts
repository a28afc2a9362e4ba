import { expect, test } from 'vitest';
import { sizeText } from './size-text.ts';

test.each([
  [1, '1 B'],
  [1024, '1 KB'],
  [348_160, '340 KB'],
  [1_048_000, '1023 KB'],
  [1_048_400, '1.0 MB'],
  [1_258_291, '1.2 MB'],
  [20 * 1024 * 1024, '20 MB'],
])('%d bytes are told as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
