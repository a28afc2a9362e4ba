import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { localDatabase } from './local-database.ts';
import { postgresUrl } from './postgres.ts';

test('the database of the hub beside a tool is found in its data folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'local-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  expect(localDatabase({ HUB_DATA_DIR: dir })).toBeUndefined();
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'run', 'store-ports.json'), JSON.stringify({ postgres: 54_321, redis: 1 }));
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ postgresPassword: 'a/b' }));
  const socket = encodeURIComponent(join(dir, 'postgres'));
  expect(localDatabase({ HUB_DATA_DIR: dir })).toBe(`postgresql://hub:a%2Fb@127.0.0.1:54321/lianzhen?host=${socket}`);
});

test.each([
  ['is longer than the name of a socket may be', `/${'long/'.repeat(20)}`],
  ['holds what the setting could not carry', '/odd"folder'],
])('a folder whose name %s is reached over the network', (_why, dir) => {
  expect(postgresUrl({ dir, port: 54_321, password: 'a' }, 'one')).toBe('postgresql://hub:a@127.0.0.1:54321/one');
});
