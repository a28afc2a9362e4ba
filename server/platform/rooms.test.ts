import { expect, test } from 'vitest';
import { atBlock, blockBytes, giveRoom, roomBytes, takeRoom } from './rooms.ts';

test('rooms begin at a block, overlap nowhere, are bounded in number and used again', () => {
  const taken: Uint8Array[] = [];
  for (let room = takeRoom(); room; room = takeRoom()) taken.push(room);
  expect(taken).toHaveLength(64);
  expect(taken.every(({ byteOffset, length }) => byteOffset % blockBytes === 0 && length === roomBytes)).toBe(true);
  expect(new Set(taken.map(({ byteOffset }) => Math.floor(byteOffset / roomBytes))).size).toBe(64);
  expect(taken.every(({ byteOffset }) => byteOffset % roomBytes === 0)).toBe(true);
  for (const room of taken) giveRoom(room);
  expect(takeRoom()).toBe(taken.at(-1));
  giveRoom(taken.at(-1) as Uint8Array);
});

test('blocks', () => {
  expect([0, 1, blockBytes, blockBytes + 1].map(atBlock)).toEqual([0, blockBytes, blockBytes, 2 * blockBytes]);
});
