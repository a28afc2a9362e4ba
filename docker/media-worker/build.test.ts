import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adaptSources } from './build.mjs';
import { cachedWorker, isRunnable, lockedVersion } from './locate.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const worker = join(root, 'node_modules', 'mediasoup', 'worker');
let tree = '';
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'adapt-'));
  for (const part of ['meson.build', 'subprojects', 'src/RTC/DtlsTransport.cpp'])
    cpSync(join(worker, part), join(tree, part), { recursive: true });
});
afterEach(() => rmSync(tree, { recursive: true }));

test('the sources of the installed mediasoup can be adapted, and nothing is left to download', () => {
  adaptSources(tree);
  expect(readFileSync(join(tree, 'src/RTC/DtlsTransport.cpp'), 'utf8')).toContain(
    '(operationType & BIO_CB_RETURN) != 0',
  );
  const build = readFileSync(join(tree, 'meson.build'), 'utf8');
  const asked = [...build.matchAll(/subproject\(\s*'([^']+)'/g)].map(([, name]) => name ?? '');
  const needed = asked.filter((name) => !['wingetopt', 'catch2'].includes(name));
  expect(needed.length).toBeGreaterThan(3);
  for (const name of needed) expect(existsSync(join(tree, 'subprojects', name, 'meson.build')), name).toBe(true);
  expect(readFileSync(join(tree, 'subprojects', 'unordered-dense.wrap'), 'utf8')).not.toContain('url');
});

test('a mediasoup that has changed underneath is refused', () => {
  writeFileSync(join(tree, 'src/RTC/DtlsTransport.cpp'), 'int main() {}');
  expect(() => adaptSources(tree)).toThrow('DtlsTransport.cpp does not hold');
});

test('the worker is kept by version, system and processor', () => {
  const version = lockedVersion(root);
  expect(version).toMatch(/^3\.\d+\.\d+$/);
  expect(cachedWorker(version, { XDG_CACHE_HOME: '/cache' })).toBe(
    `/cache/lianzhen/mediasoup-worker-${version}-${process.platform}-${process.arch}`,
  );
});

test('only a media worker counts as one', () => {
  expect(isRunnable(join(tree, 'missing'))).toBe(false);
  mkdirSync(join(tree, 'bin'));
  const file = join(tree, 'bin', 'worker');
  writeFileSync(file, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  expect(isRunnable(file)).toBe(false);
  writeFileSync(file, '#!/bin/sh\nexit 41\n', { mode: 0o755 });
  expect(isRunnable(file)).toBe(true);
});
