import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { gatherStale, lookAtDraft } from './live.ts';

function gathering() {
  const told: unknown[] = [];
  const waiting: (() => void)[] = [];
  const cache = new QueryClient();
  cache.invalidateQueries = async (filter?: unknown) => void told.push(filter ?? 'everything');
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

test('a draft saved elsewhere makes the one report stale, and not where it was saved', () => {
  const cache = new QueryClient();
  const keyOf = (caseId: string) => ['reporting', 'ofCase', { caseId }];
  cache.setQueryData(keyOf('a'), { id: 'r1', revision: 4 });
  cache.setQueryData(keyOf('b'), { id: 'r2', revision: 1 });
  cache.setQueryData(['worklist', 'list', {}], { rows: [] });
  const stale = () =>
    cache
      .getQueryCache()
      .getAll()
      .filter(({ state }) => state.isInvalidated)
      .map(({ queryKey }) => queryKey);
  lookAtDraft(cache, { id: 'r1', revision: 4 });
  expect(stale()).toEqual([]);
  lookAtDraft(cache, { id: 'r1', revision: 5 });
  expect(stale()).toEqual([keyOf('a')]);
});

test('a first read that was under way when the event came is read once more', async () => {
  const cache = new QueryClient();
  const answers: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
  const inbox = new QueryObserver(cache, { queryKey: ['delivery', 'inbox'], queryFn });
  const stop = inbox.subscribe(() => {});
  gatherStale(cache, queueMicrotask)(['delivery']);
  answers[0]?.('as it was before the event');
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('as it is');
  await expect.poll(() => inbox.getCurrentResult().data).toBe('as it is');
  stop();
});
