import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depthOf } from './json-depth.ts';

const depth = (text: string) => depthOf(Buffer.from(text));
const measured = (value: unknown): number =>
  value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(measured)) : 0;

test('is that of the value that is read', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 3 }), (value, indent) => {
      expect(depth(JSON.stringify(value, null, indent))).toBe(measured(JSON.parse(JSON.stringify(value))));
    }),
  );
});

test('brackets in texts do not count', () => {
  expect(depth('"[[[{{{"')).toBe(0);
  expect(depth('["\\"[[[", "\\\\", {"[": "]"}]')).toBe(2);
  expect(depth('"张[三"')).toBe(0);
});

test('what is not JSON is measured all the same', () => {
  expect(depth('['.repeat(500_000))).toBe(500_000);
  // Text that closes what it did not open ends the parser there.
  expect(depth(']]]][')).toBe(0);
  expect(depth('"')).toBe(0);
  expect(depth('"\\')).toBe(0);
  expect(depth('')).toBe(0);
});
