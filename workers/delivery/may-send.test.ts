import { maxDeliveryAttempts } from '@lianzhen/contracts/delivery.ts';
import { expect, test } from 'vitest';
import { decide, type Standing } from './may-send.ts';
import { abandonAfterMs, failuresToPause, pauseMs, placesOf, placesPerDestination, retryAfterMs } from './pace.ts';

const now = new Date('2026-03-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const healthy = { enabled: true, pausedUntil: null, failures: 0 };
const timeoutMs = 20_000;
const waiting: Standing = {
  state: 'waiting',
  attemptCount: 0,
  nextAttemptAt: null,
  sentAt: null,
  hasDocument: true,
  destination: healthy,
  timeoutMs,
  inFlight: 0,
  isEarlierInFlight: false,
  later: null,
};
const decision = (changes: Partial<Standing>) => decide({ ...waiting, ...changes }, now);
const wait = (why: string) => ({ do: 'wait', why });

test('a waiting delivery that is due goes out', () => {
  expect(decision({})).toEqual({ do: 'send' });
  expect(decision({ nextAttemptAt: now })).toEqual({ do: 'send' });
});

test('what is decided or out already stays', () => {
  for (const state of ['accepted', 'rejected', 'failed', 'superseded'])
    expect(decision({ state })).toEqual(wait('decided'));
  expect(decision({ state: 'sent', sentAt: ago(abandonAfterMs(timeoutMs)) })).toEqual(wait('out'));
});

test('an attempt whose worker is gone is taken over, but not after the last one', () => {
  const lost = { state: 'sent', sentAt: ago(abandonAfterMs(timeoutMs) + 1) };
  expect(decision(lost)).toEqual({ do: 'send' });
  expect(decision({ ...lost, attemptCount: maxDeliveryAttempts })).toEqual({ do: 'give-up' });
  expect(decision({ attemptCount: maxDeliveryAttempts })).toEqual({ do: 'send' });
});

test('an old version never follows a newer one, and a newer one waits for one that is out', () => {
  expect(decision({ later: { version: 3 }, nextAttemptAt: ago(-1) })).toEqual({ do: 'supersede', by: { version: 3 } });
  expect(decision({ state: 'sent', sentAt: ago(1), later: { version: 3 } })).toEqual(wait('out'));
  expect(decision({ isEarlierInFlight: true })).toEqual(wait('behind'));
});

test.each<[string, Partial<Standing>]>([
  ['not-due', { nextAttemptAt: ago(-1) }],
  ['disabled', { destination: { ...healthy, enabled: false } }],
  ['paused', { destination: { ...healthy, pausedUntil: ago(-1) } }],
  ['no-document', { hasDocument: false }],
  ['busy', { inFlight: placesPerDestination }],
])('%s waits', (why, changes) => {
  expect(decision(changes)).toEqual(wait(why));
});

test('one that has not been answering gets one attempt at a time', () => {
  const silent = { ...healthy, failures: failuresToPause, pausedUntil: ago(1) };
  expect(decision({ destination: silent, inFlight: 1 })).toEqual(wait('busy'));
  expect(decision({ destination: silent })).toEqual({ do: 'send' });
  expect(placesOf(0)).toBe(placesPerDestination);
});

test('waits grow, are spread and end somewhere', () => {
  expect(retryAfterMs(1, 5000, 0.5)).toBe(5000);
  expect(retryAfterMs(3, 5000, 0.5)).toBe(45_000);
  expect(retryAfterMs(11, 5000, 0.5)).toBe(7_200_000);
  expect([retryAfterMs(1, 5000, 0), retryAfterMs(1, 5000, 1)]).toEqual([2500, 7500]);
  expect([1, 2, 3, 4, 40].map((failures) => pauseMs(failures, 5000))).toEqual([0, 0, 5000, 10_000, 320_000]);
});
