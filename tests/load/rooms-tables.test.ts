import { expect, test } from 'vitest';
import { streamsIn } from './rooms-people.ts';
import { joinTable, signalTable } from './rooms-tables.ts';
import { percentile } from './tables.ts';

test('a percentile is one of the numbers, and none of none', () => {
  const numbers = [50, 10, 40, 20, 30];
  expect([percentile(numbers, 50), percentile(numbers, 95), percentile(numbers, 1)]).toEqual([30, 50, 10]);
  expect(percentile([7], 95)).toBe(7);
  expect(percentile([], 50)).toBeNaN();
});

test('four speak and are seen; whoever comes later gets no more streams', () => {
  expect([0, 1, 4, 5, 200].map(streamsIn)).toEqual([0, 2, 8, 8, 8]);
});

const cellsOf = (table: string) => table.split('\n').map((line) => line.trim().split(/\s{2,}/));

test('joins are listed by the size of the room', () => {
  const steps = [
    { people: 1, streams: 2, p50Ms: 40.4, p95Ms: 61 },
    { people: 200, streams: 8, p50Ms: 80.6, p95Ms: 140 },
  ];
  expect(cellsOf(joinTable(steps, 20)).slice(-3)).toEqual([
    ['people there', 'streams', 'p50 ms', 'p95 ms'],
    ['1', '2', '40', '61'],
    ['200', '8', '81', '140'],
  ]);
});

test('signals are listed by room and kind, with what one core would carry', () => {
  const step = { people: 50, signal: 'point' as const, askedPerSecond: 280, toldPerSecond: 13_720 };
  const rest = { p50Ms: 2, p95Ms: 9, nodeCpuPercent: 70, httpCpuPercent: 40, perCoreSecond: 20_000 };
  const numbers = ['280', '13720', '2', '9', '70', '40', '20000'];
  expect(cellsOf(signalTable([{ ...step, ...rest }])).at(-1)).toEqual(['50 cursors by 4', ...numbers]);
});
