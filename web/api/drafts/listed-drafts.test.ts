import { expect, test } from 'vitest';
import { z } from 'zod';
import type { DraftKind } from './draft-kind.ts';
import { listDrafts as listOf } from './listed-drafts.ts';

const typed = z.string().default('');
const Request = z.object({ key: typed, facilityId: typed, purpose: typed });
const kind: DraftKind<z.infer<typeof Request>> = {
  word: 'orders',
  read: (content) => Request.parse(content),
  hasContent: ({ purpose }) => purpose !== '',
};
const listDrafts = (...known: Parameters<typeof listOf> extends [unknown, ...infer Rest] ? Rest : never) =>
  listOf(kind, ...known);

const view = (id: string, key: string | undefined, purpose: string, updatedAt: string) => ({
  id,
  content: { ...(key ? { key } : {}), purpose },
  revision: 1,
  updatedAt,
});
const shelf = (key: string, purpose: string, at: string, isSynced: boolean, id?: string) => ({
  key,
  kept: { content: { key, purpose }, at, isSynced, ...(id ? { id, revision: 1 } : {}) },
});

test('text that only this machine has is the one shown, newest first', () => {
  const listed = listDrafts(
    [view('1', 'a', 'old text', '2026-03-01T01:00:00Z'), view('2', 'b', 'other', '2026-03-01T02:00:00Z')],
    [shelf('a', 'newer text', '2026-03-01T03:00:00Z', false, '1')],
  );
  expect(listed.map((one) => [one.id, one.draft.purpose, one.isOnlyHere])).toEqual([
    ['1', 'newer text', true],
    ['2', 'other', false],
  ]);
});

test('a copy that the hub has too adds nothing', () => {
  const listed = listDrafts(
    [view('1', 'a', 'text', '2026-03-01T01:00:00Z')],
    [shelf('a', 'text', '2026-03-01T01:00:00Z', true, '1')],
  );
  expect(listed).toHaveLength(1);
  expect(listed[0]).toMatchObject({ name: 'a', isOnlyHere: false });
});

test('a synced copy of a draft that the hub has dropped is not brought back; unsynced text is', () => {
  const gone = [
    shelf('a', 'sent', '2026-03-01T01:00:00Z', true, '1'),
    shelf('b', 'typed since', '2026-03-01T02:00:00Z', false, '2'),
  ];
  expect(listDrafts([], gone).map((one) => one.name)).toEqual(['b']);
});

test('a draft of another maker is named by its id; an empty local one is not listed', () => {
  expect(listDrafts([view('9', undefined, 'x', '2026-03-01T01:00:00Z')], [])[0]).toMatchObject({ name: '9' });
  expect(listDrafts([], [shelf('e', '', '2026-03-01T01:00:00Z', false)])).toEqual([]);
});
