import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = 'k'.repeat(32);
const secret = 'GEZDGNBVGY3TQOJQ';

test('what is sealed is opened with the same key for the same row, and shows nothing', () => {
  const sealed = seal(key, 'account-1', secret);
  expect(unseal(key, 'account-1', sealed)).toBe(secret);
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(sealed).not.toContain(secret);
  expect(seal(key, 'account-1', secret)).not.toBe(sealed);
});

test('another key, another row or another letter opens nothing', () => {
  const sealed = seal(key, 'account-1', secret);
  const changed = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2);
  for (const attempt of [
    () => unseal('x'.repeat(32), 'account-1', sealed),
    () => unseal(key, 'account-2', sealed),
    () => unseal(key, 'account-1', changed),
    () => unseal(key, 'account-1', sealed.slice(0, 20)),
    () => unseal(key, 'account-1', ''),
    () => unseal(key, 'account-1', secret),
  ])
    expect(attempt).toThrow(expect.objectContaining({ code: 'internal' }));
});
