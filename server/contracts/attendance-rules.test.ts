import { expect, test } from 'vitest';
import { interruptionsOf, type Presence, secondsTogether } from './attendance-rules.ts';

const second = 1000;
const seat = (seatId: string, isExpert: boolean, from: number, until: number | null): Presence => ({
  ...{ seatId, isExpert, from: from * second },
  until: until === null ? null : until * second,
});

test('one side alone makes no consultation', () => {
  expect(secondsTogether([], 100)).toBe(0);
  expect(secondsTogether([seat('a', false, 0, 600), seat('b', false, 0, 600)], 600_000)).toBe(0);
});

test('the time of both sides is counted once, however many there are', () => {
  const all = [
    seat('a', false, 0, 600),
    seat('b', false, 10, 600),
    seat('x', true, 100, 500),
    seat('y', true, 300, 700),
  ];
  expect(secondsTogether(all, 700_000)).toBe(500);
});

test('a dead link is left out, and whoever is still there counts until now', () => {
  const all = [seat('a', false, 0, null), seat('x', true, 0, 100), seat('x', true, 184, null)];
  expect(secondsTogether(all, 300 * second)).toBe(216);
  expect(interruptionsOf(all)).toEqual([{ seatId: 'x', from: 100 * second, to: 184 * second }]);
});

test('an exchange in the same instant loses nothing', () => {
  expect(secondsTogether([seat('a', false, 0, 200), seat('x', true, 0, 100), seat('y', true, 100, 200)], 0)).toBe(200);
});

test('intervals that overlap are no interruption, and who does not come back was not interrupted', () => {
  const all = [seat('a', false, 0, 100), seat('a', false, 50, 200), seat('b', false, 0, 50)];
  expect(interruptionsOf(all)).toEqual([]);
});

test('a clock that went back makes no negative time', () => {
  expect(secondsTogether([seat('a', false, 100, 50), seat('x', true, 0, 200)], 200_000)).toBe(0);
});
