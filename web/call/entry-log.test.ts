import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { expect, test } from 'vitest';
import { type EntryLog, emptyLog, hearEntry, hearMissed } from './entry-log.ts';

const entry = (seq: number): RoomEntry => ({
  seq,
  at: '2026-11-22T06:00:00Z',
  peerId: null,
  seatId: null,
  name: '',
  what: { kind: 'away' },
});
const hear = (log: EntryLog, ...seqs: number[]) => seqs.reduce((known, seq) => hearEntry(known, entry(seq)).log, log);
const numbers = (log: EntryLog) => log.entries.map(({ seq }) => seq);

test('entries in turn are taken, the same one again is not', () => {
  const log = hear(emptyLog, 1, 2, 2, 1, 3);
  expect(numbers(log)).toEqual([1, 2, 3]);
});

test('an entry before its turn waits, and tells that something is missing', () => {
  const { log, hasGap } = hearEntry(hear(emptyLog, 1), entry(3));
  expect(hasGap).toBe(true);
  expect(numbers(log)).toEqual([1]);
  expect(numbers(hearEntry(log, entry(2)).log)).toEqual([1, 2, 3]);
});

test('the answer fills the gap once, though its entries also come by themselves', () => {
  const gap = hear(emptyLog, 1, 4, 5);
  const filled = hearMissed(gap, { entries: [2, 3, 4].map(entry), isWhole: true });
  expect(numbers(filled)).toEqual([1, 2, 3, 4, 5]);
  expect(filled.early).toEqual([]);
});

test('an answer that is not whole goes on behind the hole', () => {
  const log = hearMissed(hear(emptyLog, 1, 2), { entries: [80, 81].map(entry), isWhole: false });
  expect(numbers(log)).toEqual([1, 2, 80, 81]);
  expect(log.lastSeq).toBe(81);
});

test('an answer said to be whole, but with a hole, is not believed', () => {
  const log = hearMissed(hear(emptyLog, 1), { entries: [entry(3)], isWhole: true });
  expect(numbers(log)).toEqual([1]);
});
