import { mkdtempSync, readdirSync, readlinkSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OpenFiles } from './open-files.ts';

let folder: string;
let files: OpenFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-files-'));
  files = new OpenFiles();
});
afterEach(() => {
  files.close();
  rmSync(folder, { recursive: true });
});

const text = (path: string) =>
  files.with(path, async (file) =>
    String(await file.read(Buffer.alloc(9), 0, 9, 0).then(({ buffer, bytesRead }) => buffer.subarray(0, bytesRead))),
  );
const make = (name: string) => {
  const path = join(folder, name);
  writeFileSync(path, name);
  return path;
};
/** Which files of the folder this process holds. */
const held = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;

test('a file is opened once for many readers, and let go at the end', async () => {
  const path = make('one');
  expect(await Promise.all([text(path), text(path), text(path)])).toEqual(['one', 'one', 'one']);
  expect(held()).toBe(1);
  files.close();
  await expect.poll(held).toBe(0);
});

test('never more than a few stay open, and each is read right', async () => {
  const paths = Array.from({ length: 40 }, (_, at) => make(`file ${at}`));
  expect(await Promise.all(paths.map(text))).toEqual(paths.map((_, at) => `file ${at}`));
  await expect.poll(held).toBeLessThanOrEqual(16);
});

test('a reader whose file is let go meanwhile reads on', async () => {
  const path = make('kept');
  const read = files.with(path, async (file) => {
    files.close();
    return (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer.toString();
  });
  expect(await read).toBe('kept');
  await expect.poll(held).toBe(0);
});

test('a file that was not there is looked for again', async () => {
  const path = join(folder, 'late');
  await expect(text(path)).rejects.toMatchObject({ code: 'ENOENT' });
  make('late');
  expect(await text(path)).toBe('late');
  unlinkSync(path);
});
