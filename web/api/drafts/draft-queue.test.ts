import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api-error.ts';
import { draftKeeper, type Shelf } from './draft-keeper.ts';
import { DraftQueue, type DraftRemote, type DraftStatus } from './draft-queue.ts';

function memoryShelf(): Shelf {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    key: (at) => [...items.keys()][at] ?? null,
    get length() {
      return items.size;
    },
  };
}

/** A hub with one account's drafts, that can be cut off before or after it has done what it was asked. */
function hub() {
  const drafts = new Map<
    string,
    { id: string; content: Record<string, unknown>; revision: number; updatedAt: string }
  >();
  const state = {
    link: 'up' as 'up' | 'down' | 'answers-lost',
    calls: [] as string[],
    gate: undefined as Promise<void> | undefined,
  };
  const answer = async <T>(name: string, act: () => T): Promise<T> => {
    state.calls.push(name);
    await state.gate;
    if (state.link === 'down') throw new ApiError('unreachable');
    const done = act();
    if (state.link === 'answers-lost') throw new ApiError('unreachable');
    return structuredClone(done);
  };
  const remote: DraftRemote = {
    create: (content) =>
      answer('create', () => {
        const draft = { id: `d${drafts.size + 1}`, content, revision: 1, updatedAt: '2026-03-01T06:00:00Z' };
        drafts.set(draft.id, draft);
        return draft;
      }),
    save: (id, revision, content) =>
      answer('save', () => {
        const draft = drafts.get(id);
        if (!draft) throw new ApiError('not-found');
        if (draft.revision !== revision) throw new ApiError('stale-revision');
        Object.assign(draft, { content, revision: revision + 1 });
        return draft;
      }),
    list: () => answer('list', () => [...drafts.values()]),
  };
  return { drafts, state, remote };
}

function typing(key = 'k1') {
  const { drafts, state, remote } = hub();
  const keeper = draftKeeper(memoryShelf(), 'account', 'orders');
  const statuses: DraftStatus[] = [];
  const open = (known?: { id: string; revision: number }) =>
    new DraftQueue({
      key,
      keeper,
      remote,
      known,
      onStatus: (status) => statuses.push(status),
      restMs: 500,
      retryMs: 5000,
    });
  const type = (queue: DraftQueue, purpose: string) => queue.change({ key, purpose });
  return { drafts, state, keeper, statuses, open, type };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('every letter is kept here at once; the hub is told when the typing rests', async () => {
  const { state, drafts, keeper, statuses, open, type } = typing();
  const queue = open();
  type(queue, '咳');
  type(queue, '咳嗽');
  expect(keeper.get('k1')).toMatchObject({ content: { purpose: '咳嗽' }, isSynced: false });
  expect(state.calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(500);
  expect(state.calls).toEqual(['create']);
  expect([...drafts.values()]).toMatchObject([{ content: { purpose: '咳嗽' } }]);
  expect(statuses.at(-1)).toEqual({ kind: 'saved', at: '2026-03-01T06:00:00Z' });
  expect(keeper.get('k1')).toMatchObject({ id: 'd1', revision: 1, isSynced: true });
});

test('text typed during a save is saved after it, with the revision of that save', async () => {
  const { state, drafts, open, type, keeper } = typing();
  const queue = open();
  let release = () => {};
  state.gate = new Promise((resolve) => (release = resolve));
  type(queue, 'a');
  await vi.advanceTimersByTimeAsync(500);
  type(queue, 'ab');
  release();
  state.gate = undefined;
  await vi.advanceTimersByTimeAsync(0);
  expect(keeper.get('k1')).toMatchObject({ content: { purpose: 'ab' }, isSynced: false });
  await vi.advanceTimersByTimeAsync(500);
  expect(state.calls).toEqual(['create', 'save']);
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'ab' }, revision: 2 });
});

test('a dead link keeps the text here and is tried again by itself', async () => {
  const { state, drafts, statuses, open, type } = typing();
  const queue = open();
  state.link = 'down';
  type(queue, 'a');
  await vi.advanceTimersByTimeAsync(500);
  expect(statuses.at(-1)).toMatchObject({ kind: 'local' });
  state.link = 'up';
  await vi.advanceTimersByTimeAsync(5000);
  expect(statuses.at(-1)).toMatchObject({ kind: 'saved' });
  expect(drafts.size).toBe(1);
});

test('a first save whose answer was lost does not make a second draft', async () => {
  const { state, drafts, open, type } = typing();
  const queue = open();
  state.link = 'answers-lost';
  type(queue, 'a');
  await vi.advanceTimersByTimeAsync(500);
  state.link = 'up';
  type(queue, 'ab');
  await vi.advanceTimersByTimeAsync(500);
  expect(drafts.size).toBe(1);
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'ab' } });
  expect(queue.draftId).toBe('d1');
});

test('a save whose answer was lost is not taken for another window', async () => {
  const { state, drafts, statuses, open, type } = typing();
  const queue = open();
  type(queue, 'a');
  await vi.advanceTimersByTimeAsync(500);
  state.link = 'answers-lost';
  type(queue, 'ab');
  await vi.advanceTimersByTimeAsync(500);
  expect(drafts.get('d1')).toMatchObject({ revision: 2 });
  state.link = 'up';
  type(queue, 'abc');
  await vi.advanceTimersByTimeAsync(500);
  expect(statuses.map(({ kind }) => kind)).not.toContain('conflict');
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'abc' }, revision: 3 });
});

test('two windows: the older one stops and asks; nothing is overwritten until it is told to', async () => {
  const { drafts, statuses, open, type } = typing();
  const first = open();
  type(first, 'first');
  await vi.advanceTimersByTimeAsync(500);
  const second = open({ id: 'd1', revision: 1 });
  type(second, 'second');
  await vi.advanceTimersByTimeAsync(500);
  type(first, 'first again');
  await vi.advanceTimersByTimeAsync(500);
  expect(statuses.at(-1)).toEqual({ kind: 'conflict' });
  type(first, 'first once more');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'second' }, revision: 2 });
  await first.keepMine();
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'first once more' }, revision: 3 });
});

test('giving up one’s own text brings the other window’s', async () => {
  const { drafts, open, type, keeper } = typing();
  const first = open();
  type(first, 'first');
  await vi.advanceTimersByTimeAsync(500);
  Object.assign(drafts.get('d1') ?? {}, { content: { key: 'k1', purpose: 'theirs' }, revision: 7 });
  type(first, 'mine');
  await vi.advanceTimersByTimeAsync(500);
  expect(await first.takeTheirs()).toMatchObject({ content: { purpose: 'theirs' } });
  expect(keeper.get('k1')).toMatchObject({ content: { purpose: 'theirs' }, revision: 7, isSynced: true });
  type(first, 'theirs, and mine');
  await vi.advanceTimersByTimeAsync(500);
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'theirs, and mine' }, revision: 8 });
});

test('a draft discarded elsewhere is not brought back by typing', async () => {
  const { drafts, statuses, open, type } = typing();
  const queue = open();
  type(queue, 'a');
  await vi.advanceTimersByTimeAsync(500);
  drafts.clear();
  type(queue, 'ab');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(statuses.at(-1)).toEqual({ kind: 'gone' });
  expect(drafts.size).toBe(0);
});

test('once sent, nothing is saved any more and nothing stays on this machine', async () => {
  const { state, keeper, open, type } = typing();
  const queue = open();
  type(queue, 'a');
  await queue.flush();
  type(queue, 'ab');
  queue.finish();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.calls).toEqual(['create']);
  expect(keeper.all()).toEqual([]);
});

test('leaving the page sends the last text and leaves no timer', async () => {
  const { state, drafts, open, type } = typing();
  const queue = open();
  type(queue, 'a');
  queue.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(drafts.get('d1')).toMatchObject({ content: { purpose: 'a' } });
  state.calls.length = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.calls).toEqual([]);
});
