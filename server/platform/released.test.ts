import { expect, test } from 'vitest';
import { release } from './released.ts';

test('memory is given back', () => {
  const own = Buffer.allocUnsafeSlow(8);
  release(own);
  expect(own).toHaveLength(0);
});

test('memory that others use as well stays', () => {
  const shared = Buffer.allocUnsafeSlow(13);
  shared.write('shared memory');
  const slice = shared.subarray(0, 6);
  release(slice);
  expect([String(slice), String(shared)]).toEqual(['shared', 'shared memory']);
  const pooled = Buffer.from('pooled');
  release(pooled);
  expect(String(pooled)).toBe('pooled');
});
