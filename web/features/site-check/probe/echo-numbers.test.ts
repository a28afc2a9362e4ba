import { expect, test } from 'vitest';
import { echoNumbers } from './echo-numbers.ts';

test('loss counts what never came back, and the median is not moved by one late packet', () => {
  expect(echoNumbers([20, 22, undefined, 20, 900, 21, 20, 20, 20, 20])).toEqual({
    rttMs: 20,
    // Steps between those that came: 2, 2, 880, 879, 1, 0, 0, 0.
    jitterMs: 220.5,
    lossPercent: 10,
    sent: 10,
  });
});

test('a way on which nothing comes back loses everything', () => {
  expect(echoNumbers([undefined, undefined])).toEqual({ rttMs: null, jitterMs: null, lossPercent: 100, sent: 2 });
});

test('nothing sent is nothing measured', () => {
  expect(echoNumbers([])).toEqual({ rttMs: null, jitterMs: null, lossPercent: null, sent: 0 });
});
