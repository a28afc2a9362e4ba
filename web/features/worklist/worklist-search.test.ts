import { expect, test } from 'vitest';
import {
  countConditions,
  countOfTab,
  countShown,
  listQueryOf,
  purposeWanted,
  queryOf,
  tabOf,
  WorklistSearch,
} from './worklist-search.ts';

test('what an address says wrongly is left out, the rest stays', () => {
  const search = WorklistSearch.parse({
    state: ['ready', 'nonsense'],
    urgency: ['urgent'],
    page: -1,
    from: 'soon',
    q: '',
  });
  expect(search).toEqual({ urgency: ['urgent'] });
});

test('the hub is asked with its own names and without what is not set', () => {
  const facility = '0191a000-0000-7000-8000-000000000001';
  expect(queryOf({ facility, mine: true, page: 3, q: undefined })).toEqual({ facilityId: facility, mine: true });
});

test('order and page are no conditions', () => {
  expect(countConditions({ sort: 'due', direction: 'desc', page: 2 })).toBe(0);
  expect(countConditions({ state: ['ready'], urgency: ['urgent'], q: 'li' }, ['state'])).toBe(2);
});

test('a tab is all that is owed, one state, or none of them', () => {
  expect(tabOf({})).toBe('owed');
  expect(tabOf({ state: ['submitted'] })).toBe('submitted');
  expect(tabOf({ state: ['submitted', 'ready'] })).toBeUndefined();
  expect(countOfTab('owed', { ready: 2, waiting: 1, reported: 40 })).toBe(3);
  expect(countOfTab('returned', { ready: 2 })).toBe(0);
});

test('for who reviews, what waits for review is what he may review; for others it is all of it', () => {
  const toReview = { state: ['submitted' as const] };
  expect(listQueryOf(toReview, true)).toEqual({ state: ['submitted'], reviewable: 'true' });
  expect(listQueryOf(toReview, false)).toEqual({ state: ['submitted'] });
  expect(listQueryOf({}, true)).toEqual({});
  expect(countOfTab('submitted', { submitted: 3 }, 2)).toBe(2);
  expect(countOfTab('submitted', { submitted: 3 })).toBe(3);
  expect(countOfTab('owed', { submitted: 3 }, 2)).toBe(3);
});

test('what is owed has its number, what is over one that ends', () => {
  expect([countShown('ready', { ready: 350 }), countShown('owed', { ready: 350, submitted: 3 }, 2)]).toEqual([
    '350',
    '353',
  ]);
  expect([countShown('reported', { reported: 199 }), countShown('reported', { reported: 200 })]).toEqual([
    '199',
    '200+',
  ]);
});

test('next means review only where nothing else is shown', () => {
  expect(purposeWanted({ state: ['submitted'] })).toBe('review');
  expect(purposeWanted({ state: ['submitted', 'ready'] })).toBe('read');
  expect(purposeWanted({})).toBe('read');
});
