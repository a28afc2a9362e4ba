import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { expect, test } from 'vitest';
import { toSend, withoutArrived } from './outbox.ts';

const word = (id: string, failed: string | null = null) => ({ id, text: id, failed });
const chat = (id: string): RoomEntry => ({
  seq: 1,
  at: '2026-11-22T06:00:00Z',
  peerId: null,
  seatId: null,
  name: '',
  what: { kind: 'chat', id, text: id },
});

test('a word is on its way until it stands among the entries', () => {
  const words = [word('a'), word('b')];
  expect(withoutArrived(words, [chat('a')])).toEqual([word('b')]);
  expect(withoutArrived(words, [chat('z')])).toBe(words);
});

test('what the room has refused is not sent again by itself', () => {
  expect(toSend([word('a'), word('b', 'rate-limited'), word('c')]).map(({ id }) => id)).toEqual(['a', 'c']);
});
