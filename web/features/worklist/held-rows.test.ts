import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldRow, holdRows, showRows } from './held-rows.ts';

const row = (id: string, revision = 1) => ({ id, revision });
const open = (...ids: string[]) =>
  holdRows(
    [],
    ids.map((id) => row(id)),
    false,
  ).rows;
const ids = (rows: readonly HeldRow<{ id: string; revision: number }>[]) => rows.map((held) => held.row.id).join('');

test('a list that nobody points at is what the hub says', () => {
  const shown = holdRows(open('b', 'c'), [row('a'), row('c')], false);
  expect(ids(shown.rows)).toBe('ac');
  expect(shown.unseen).toBe(0);
});

test('while held a new first row is only counted, and a changed one changes in its place', () => {
  const shown = holdRows(open('b', 'c'), [row('a'), row('c', 2), row('b')], true);
  expect(ids(shown.rows)).toBe('bc');
  expect(shown.rows[1]).toEqual({ row: row('c', 2), isGone: false, isFresh: true });
  expect(shown.rows[0]?.isFresh).toBe(false);
  expect(shown.unseen).toBe(1);
});

test('while held a row that left keeps its place and is marked', () => {
  const shown = holdRows(open('a', 'b'), [row('b')], true);
  expect(shown.rows.map((held) => [held.row.id, held.isGone])).toEqual([
    ['a', true],
    ['b', false],
  ]);
});

test('what comes at the end moves nothing and is shown', () => {
  const shown = holdRows(open('a'), [row('n'), row('a'), row('y'), row('z')], true);
  expect(ids(shown.rows)).toBe('ayz');
  expect(shown.unseen).toBe(1);
});

test('an empty list holds nothing back', () => {
  expect(holdRows([], [row('a')], true)).toEqual({
    rows: [{ row: row('a'), isGone: false, isFresh: false }],
    unseen: 0,
  });
});

test('another order begins anew under a pointer, also when the answer to the old one is shown meanwhile', () => {
  const before = { view: 'urgent first', rows: open('a', 'b', 'c') };
  const old = [row('a'), row('b'), row('c')];
  const waiting = showRows(before, { view: 'by name', rows: old, isOld: true }, true);
  expect(ids(waiting.list.rows)).toBe('abc');
  const sorted = [row('c'), row('a'), row('b')];
  const answered = showRows(waiting.shown, { view: 'by name', rows: sorted, isOld: false }, true);
  expect(answered.list).toEqual({ rows: open('c', 'a', 'b'), unseen: 0 });
  // From here on the new order is held.
  const later = showRows(answered.shown, { view: 'by name', rows: [row('b'), row('c')], isOld: false }, true);
  expect(ids(later.list.rows)).toBe('cab');
});

test('a held list never moves a row, loses one, or counts wrongly', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (before, now) => {
      const old = open(...before.map(String));
      const next = now.map((id) => row(String(id)));
      const shown = holdRows(old, next, true);
      if (before.length > 0)
        expect(shown.rows.slice(0, old.length).map((held) => held.row.id)).toEqual(before.map(String));
      const here = new Set(shown.rows.map((held) => held.row.id));
      expect(here.size).toBe(shown.rows.length);
      expect(next.filter(({ id }) => !here.has(id)).length).toBe(shown.unseen);
      expect(holdRows(shown.rows, next, true).unseen).toBe(shown.unseen);
    }),
  );
});
