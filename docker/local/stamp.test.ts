import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled } from './install.mjs';
import { digest, makeOnce } from './stamp.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stamp-'));
});
afterEach(() => rmSync(root, { recursive: true }));
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('a product is made once for the same sources, and again when they or it change', async () => {
  write('web/app.ts', 'one');
  const made: string[] = [];
  const make = () => {
    made.push('made');
    write('web/dist/index.html', 'built');
  };
  const build = () =>
    makeOnce({ root, name: 'web', sources: ['web', 'missing'], product: 'web/dist/index.html', make });
  expect(await build()).toBe(true);
  expect(await build()).toBe(false);
  write('web/app.ts', 'two');
  expect(await build()).toBe(true);
  rmSync(join(root, 'web/dist'), { recursive: true });
  expect(await build()).toBe(true);
  expect(made).toHaveLength(3);
});

test('a failed making is tried again', async () => {
  write('web/app.ts', 'one');
  const fail = () => {
    write('web/dist/index.html', 'half');
    throw new Error('broken');
  };
  await expect(
    makeOnce({ root, name: 'web', sources: ['web'], product: 'web/dist/index.html', make: fail }),
  ).rejects.toThrow('broken');
  const make = () => write('web/dist/index.html', 'built');
  expect(await makeOnce({ root, name: 'web', sources: ['web'], product: 'web/dist/index.html', make })).toBe(true);
});

test('a digest tells names and contents apart', () => {
  write('a/x', '1');
  write('b/x', '1');
  write('c/y', '1');
  const digests = ['a', 'b', 'c'].map((path) => digest(join(root, path), ['.']));
  expect(digests[0]).toBe(digests[1]);
  expect(digests[0]).not.toBe(digests[2]);
});

test('packages count as installed while they agree with the lock file, whatever the clock says', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/pg': { version }, 'node_modules/other-cpu': { version: '1', optional: true } },
    });
  const touch = (path: string, seconds: number) => utimesSync(join(root, path), seconds, seconds);
  write('package-lock.json', lock('8.0.0'));
  expect(isInstalled(root)).toBe(false);
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/pg': { version: '8.0.0' } } }));
  touch('package-lock.json', 100);
  expect(isInstalled(root)).toBe(true);
  touch('node_modules/.package-lock.json', 50);
  expect(isInstalled(root)).toBe(true);
  write('package-lock.json', lock('8.0.1'));
  expect(isInstalled(root)).toBe(false);
});
