import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DurableFile } from './durable-file.ts';
import { atBlock, blockBytes, giveRoom, roomBytes, takeRoom } from './rooms.ts';

/** Each from the beginning of a room. */
async function writeRooms(file: DurableFile, all: Buffer[], position: number): Promise<void> {
  const rooms = all.map((bytes) => {
    const room = takeRoom();
    if (!room) throw new Error('no room is free');
    room.set(bytes);
    return { room, blocks: room.subarray(0, atBlock(bytes.length)) };
  });
  const blocks = rooms.map((one) => one.blocks);
  await file.write(blocks, position);
  for (const { room } of rooms) giveRoom(room);
}

/** The second lies in memory, which does not take writes past its cache on every kernel. */
test.each([tmpdir(), '/dev/shm'])('what is written in %s is there, each at a block of its own', async (parent) => {
  const folder = mkdtempSync(join(parent, 'durable-'));
  try {
    const file = await DurableFile.create(join(folder, 'file'));
    const [first, second, third] = [randomBytes(100), randomBytes(blockBytes + 1), randomBytes(7)];
    await writeRooms(file, [first], 0);
    await writeRooms(file, [second, third], blockBytes);
    const bytes = readFileSync(join(folder, 'file'));
    expect(bytes).toHaveLength(4 * blockBytes);
    expect(bytes.subarray(0, 100).equals(first)).toBe(true);
    expect(bytes.subarray(blockBytes, blockBytes + second.length).equals(second)).toBe(true);
    expect(bytes.subarray(3 * blockBytes, 3 * blockBytes + 7).equals(third)).toBe(true);
    await file.truncate(100);
    await file.close();
    expect(readFileSync(join(folder, 'file')).equals(first)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('many files at once do not write into each other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'durable-'));
  const written = await Promise.all(
    Array.from({ length: 12 }, async (_, at) => {
      const path = join(folder, `${at}`);
      const bytes = randomBytes(roomBytes - at * 1000);
      const file = await DurableFile.create(path);
      await writeRooms(file, [bytes], 0);
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
