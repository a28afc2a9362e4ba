import { expect, test } from 'vitest';
import { hashPassword, oneTimePassword, oneTimeUntil } from './passwords.ts';

test('a one-time password can be read out, and is never the same', () => {
  const made = Array.from({ length: 500 }, oneTimePassword);
  for (const password of made) expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/);
  expect(new Set(made).size).toBe(500);
  expect(oneTimeUntil(new Date('2026-11-22T02:00:00Z'))).toEqual(new Date('2026-11-29T02:00:00Z'));
});

test('what is stored is argon2id with a salt of its own', async () => {
  const [first, second] = [await hashPassword('Sonnenblume-am-Weg-7'), await hashPassword('Sonnenblume-am-Weg-7')];
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(second).not.toBe(first);
});
