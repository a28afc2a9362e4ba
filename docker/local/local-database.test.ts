import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { localDatabase } from './local-database.ts';

test('the database of the hub beside a tool is found in its data folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'local-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  expect(localDatabase({ HUB_DATA_DIR: dir })).toBeUndefined();
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'run', 'store-ports.json'), JSON.stringify({ postgres: 54_321, redis: 1 }));
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ postgresPassword: 'a/b' }));
  expect(localDatabase({ HUB_DATA_DIR: dir })).toBe('postgresql://hub:a%2Fb@127.0.0.1:54321/lianzhen');
});
