import { expect, test, vi } from 'vitest';
import { atMostEvery, gatherStale } from './live.ts';

function gathering() {
  const told: unknown[] = [];
  const waiting: (() => void)[] = [];
  const cache = { invalidateQueries: async (filter?: unknown) => void told.push(filter ?? 'everything') };
  const stale = gatherStale(cache, (tell) => waiting.push(tell));
  return { told, stale, waiting, settle: () => waiting.splice(0).forEach((tell) => void tell()) };
}

test('a burst of events is one look per word', () => {
  const { told, stale, waiting, settle } = gathering();
  stale(['orders', 'worklist']);
  stale(['orders']);
  stale(['delivery']);
  expect(waiting).toHaveLength(1);
  expect(told).toEqual([]);
  settle();
  expect(told).toEqual([{ queryKey: ['orders'] }, { queryKey: ['worklist'] }, { queryKey: ['delivery'] }]);
});

test('everything outweighs single words, whichever came first', () => {
  const { told, stale, settle } = gathering();
  stale(['orders']);
  stale(undefined);
  stale(['patients']);
  settle();
  expect(told).toEqual(['everything']);
});

test('the next burst is told of its own words alone', () => {
  const { told, stale, settle } = gathering();
  stale(['orders']);
  settle();
  stale(['patients']);
  settle();
  expect(told).toEqual([{ queryKey: ['orders'] }, { queryKey: ['patients'] }]);
});

test('a wide look happens at once, then at the end of the span, however often it is asked for', () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const ask = atMostEvery(1000, act);
  ask();
  ask();
  ask();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(2);
  ask();
  expect(act).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});
