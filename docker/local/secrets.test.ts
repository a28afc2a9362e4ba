import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSecrets } from './secrets.ts';

test('secrets are made once, kept, and readable by their owner alone', () => {
  const dir = mkdtempSync(join(tmpdir(), 'secrets-'));
  const first = readSecrets(dir);
  expect(new Set(Object.values(first)).size).toBe(5);
  for (const secret of Object.values(first)) expect(secret.length).toBeGreaterThanOrEqual(43);
  expect(readSecrets(dir)).toEqual(first);
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  rmSync(dir, { recursive: true });
});

test('a secret that an older version did not know is added to the others', () => {
  const dir = mkdtempSync(join(tmpdir(), 'secrets-'));
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ SESSION_KEY: 'kept' }), { mode: 0o644 });
  const secrets = readSecrets(dir);
  expect(secrets.SESSION_KEY).toBe('kept');
  expect(secrets.JOIN_TOKEN_KEY).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  rmSync(dir, { recursive: true });
});
