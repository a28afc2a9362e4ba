import { expect, test } from 'vitest';
import { unreadOf } from './unread-of.ts';

const word = (seq: number, seatId: string) => ({
  seq,
  seatId,
  what: { kind: 'chat' as const, id: String(seq), text: '' },
});
const entries = [
  word(1, 'other'),
  { seq: 2, seatId: 'other', what: { kind: 'joined' as const, role: 'guest' as const } },
  word(3, 'own'),
  word(4, 'other'),
];

test('words of others after the last one seen are unread; one’s own, and facts, are not', () => {
  expect(unreadOf(entries, 0, 'own')).toBe(2);
  expect(unreadOf(entries, 1, 'own')).toBe(1);
  expect(unreadOf(entries, 4, 'own')).toBe(0);
});
