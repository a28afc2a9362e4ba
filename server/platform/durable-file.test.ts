import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atBlock, blockBytes, DurableFile, mostPerWrite } from './durable-file.ts';

/** The second lies in memory, which does not take writes past its cache on every kernel. */
test.each([tmpdir(), '/dev/shm'])(
  'what is written in %s is there, with zeros to the end of the block',
  async (parent) => {
    const folder = mkdtempSync(join(parent, 'durable-'));
    try {
      const file = await DurableFile.create(join(folder, 'file'));
      const [first, second] = [randomBytes(100), randomBytes(blockBytes + 1)];
      await file.write([first.subarray(0, 7), first.subarray(7)], 0);
      await file.write([second], blockBytes);
      const bytes = readFileSync(join(folder, 'file'));
      expect(bytes).toHaveLength(3 * blockBytes);
      expect(bytes.subarray(0, 100).equals(first)).toBe(true);
      expect(bytes.subarray(100, blockBytes).every((byte) => byte === 0)).toBe(true);
      expect(bytes.subarray(blockBytes, blockBytes + second.length).equals(second)).toBe(true);
      await file.truncate(100);
      await file.close();
      expect(readFileSync(join(folder, 'file')).equals(first)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test('many files at once do not write into each other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'durable-'));
  const written = await Promise.all(
    Array.from({ length: 12 }, async (_, at) => {
      const path = join(folder, `${at}`);
      const bytes = randomBytes(mostPerWrite - at * 1000);
      const file = await DurableFile.create(path);
      await file.write([bytes], 0);
      await file.close();
      return { path, bytes };
    }),
  );
  for (const { path, bytes } of written) {
    expect(readFileSync(path).subarray(0, bytes.length).equals(bytes)).toBe(true);
  }
  rmSync(folder, { recursive: true });
});

test('a file that is there is not begun again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'durable-'));
  await (await DurableFile.create(join(folder, 'file'))).close();
  await expect(DurableFile.create(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  rmSync(folder, { recursive: true });
});

test('blocks', () => {
  expect([0, 1, blockBytes, blockBytes + 1].map(atBlock)).toEqual([0, blockBytes, blockBytes, 2 * blockBytes]);
});
