import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runningHub, takeLock } from './hub-lock.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lock-'));
  folders.push(dir);
  return dir;
}

test('a second hub on the same folder is refused with the number and the address of the first', async () => {
  const dir = folder();
  const lock = await takeLock(dir, 'http://localhost:8080');
  await expect(takeLock(dir, 'http://localhost:8081')).rejects.toThrow(`process ${process.pid}, http://localhost:8080`);
  expect(runningHub(dir)).toMatchObject({ pid: process.pid });
  lock.release();
  expect(runningHub(dir)).toBeUndefined();
  (await takeLock(dir, 'http://localhost:8081')).release();
});

test('the lock of a dead hub is taken over, even when its number belongs to someone else by now', async () => {
  const dir = folder();
  mkdirSync(join(dir, 'run'));
  writeFileSync(
    join(dir, 'run', 'hub.lock'),
    JSON.stringify({ pid: process.pid, started: 'long ago', url: 'http://old' }),
  );
  expect(runningHub(dir)).toBeUndefined();
  const lock = await takeLock(dir, 'http://new');
  expect(runningHub(dir)?.url).toBe('http://new');
  lock.release();
});

test('a lock that was cut off while it was written counts as none', async () => {
  const dir = folder();
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'run', 'hub.lock'), '{"pid":');
  (await takeLock(dir, 'http://new')).release();
});

test('only one of many starts at once gets the lock', async () => {
  const dir = folder();
  const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => takeLock(dir, `http://${index}`)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
