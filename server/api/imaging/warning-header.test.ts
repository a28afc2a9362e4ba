import { expect, test } from 'vitest';
import { warningHeader } from './warning-header.ts';

test('each reason is told once, and no quote ends it', () => {
  expect(warningHeader(['a', 'b', 'a'])).toBe('299 lianzhen "a", 299 lianzhen "b"');
  expect(warningHeader(['x" y\\'])).toBe(`299 lianzhen "x' y'"`);
});

test('many reasons stay a header that clients take', () => {
  const header = warningHeader(Array.from({ length: 1500 }, (_, at) => `Attribute${at} is not supported`));
  expect(header.length).toBeLessThan(4096);
  expect(header).toContain('"1480 more"');
});
