import { expect, test } from 'vitest';
import { measureClock } from './clock.ts';

test('the quickest asking decides, and says how far it may be wrong', async () => {
  const delays = [900, 300, 40, 300, 300, 300];
  let ticks = 0;
  const wall = Date.parse('2026-11-22T02:00:00Z');
  const ask = async () => {
    const delay = delays.shift() ?? 0;
    // The answer is written in the middle of the way; this machine is 90 seconds ahead.
    const answer = new Date(wall + ticks + delay / 2).toISOString();
    ticks += delay;
    return answer;
  };
  const measured = await measureClock(ask, { now: () => wall + ticks + 90_000, ticks: () => ticks });
  expect(measured).toEqual({ offsetMs: 90_000, uncertaintyMs: 20 });
});
