import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, type ApiErrorCode } from '../../api/api-error.ts';
import { type Body, bodyOf } from './report-body.ts';
import { ReportSaver, type SaveStatus } from './report-saver.ts';
import { reportShelf } from './report-shelf.ts';

const blank: ReportView = {
  id: 'r',
  caseId: 'c',
  state: 'draft',
  revision: 1,
  findings: '',
  impression: '',
  advice: '',
  positive: null,
  critical: false,
  criticalText: null,
  templateId: null,
  ecg: null,
  signatures: 'two',
  writerId: null,
  writerName: null,
  submittedAt: null,
  rejectedReason: null,
  amendmentReason: null,
  amendedById: null,
  versions: [],
  warnings: [],
};
const typed = (findings: string): Body => ({ ...bodyOf(blank), findings });

/** A hub that keeps one report, refuses what is stale, and fails as it is told to. */
function open(kept?: Record<string, string>) {
  const hub = { view: blank, saves: 0, fails: [] as (ApiErrorCode | 'answer-lost')[] };
  const store = new Map(Object.entries(kept ?? {}));
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  };
  const shelf = reportShelf(storage, 'a', 'c');
  const told: SaveStatus[] = [];
  const lost = vi.fn();
  const saver = new ReportSaver({
    view: blank,
    shelf,
    save: async (revision, body) => {
      const fails = hub.fails.shift();
      if (fails && fails !== 'answer-lost') throw new ApiError(fails);
      hub.saves += 1;
      if (revision !== hub.view.revision) throw new ApiError('stale-revision');
      hub.view = { ...hub.view, ...body, revision: revision + 1 };
      if (fails) throw new ApiError('unreachable');
      return hub.view;
    },
    read: async () => hub.view,
    onStatus: (status) => told.push(status),
    onView: () => undefined,
    onLost: lost,
    restMs: 1000,
    retryMs: 5000,
  });
  return { saver, hub, shelf, told, lost, last: () => told.at(-1) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('typing is kept here at once and saved once it rests, in one save', async () => {
  const { saver, hub, shelf, last } = open();
  saver.change(typed('双'));
  saver.change(typed('双肺'));
  expect(shelf.get()?.body.findings).toBe('双肺');
  expect(hub.saves).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(hub.saves).toBe(1);
  expect(hub.view.findings).toBe('双肺');
  expect(last()?.kind).toBe('saved');
  expect(shelf.get()).toBeUndefined();
});

test('what is typed during a save is saved after it', async () => {
  const { saver, hub } = open();
  saver.change(typed('a'));
  const first = saver.flush();
  saver.change(typed('ab'));
  await first;
  expect(await saver.flush()).toBe(true);
  expect(hub.view.findings).toBe('ab');
  expect(saver.revision).toBe(hub.view.revision);
});

test('a dead link keeps the text here and is tried again', async () => {
  const { saver, hub, shelf, last } = open();
  hub.fails = ['unreachable', 'unavailable'];
  saver.change(typed('a'));
  expect(await saver.flush()).toBe(false);
  expect(last()).toEqual({ kind: 'local' });
  expect(shelf.get()?.body.findings).toBe('a');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(hub.view.findings).toBe('a');
  expect(last()?.kind).toBe('saved');
});

test('one’s own save whose answer was lost is no conflict', async () => {
  const { saver, hub, last } = open();
  hub.fails = ['answer-lost'];
  saver.change(typed('a'));
  await saver.flush();
  saver.change(typed('ab'));
  expect(await saver.flush()).toBe(true);
  expect(hub.view.findings).toBe('ab');
  expect(last()?.kind).toBe('saved');
});

test('a revision that rose without a change of text is no conflict', async () => {
  const { saver, hub } = open();
  hub.view = { ...hub.view, revision: 5 };
  saver.change(typed('a'));
  expect(await saver.flush()).toBe(true);
  expect(hub.view).toMatchObject({ findings: 'a', revision: 6 });
});

test('another window’s text is not overwritten: the person keeps his own …', async () => {
  const { saver, hub, shelf, last } = open();
  hub.view = { ...hub.view, findings: 'theirs', revision: 2 };
  saver.change(typed('mine'));
  expect(await saver.flush()).toBe(false);
  expect(last()).toMatchObject({ kind: 'conflict', theirs: { findings: 'theirs' } });
  saver.change(typed('mine too'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.view.findings).toBe('theirs');
  expect(shelf.get()?.body.findings).toBe('mine too');
  await saver.keepMine(hub.view);
  expect(hub.view.findings).toBe('mine too');
});

test('… or takes the other one', async () => {
  const { saver, hub, shelf, last } = open();
  hub.view = { ...hub.view, findings: 'theirs', revision: 2 };
  saver.change(typed('mine'));
  await saver.flush();
  expect(saver.takeTheirs(hub.view).findings).toBe('theirs');
  expect(last()?.kind).toBe('saved');
  expect(shelf.get()).toBeUndefined();
  saver.change(typed('theirs, and more'));
  expect(await saver.flush()).toBe(true);
});

test('another window’s text is taken over where nothing here waits', async () => {
  const { saver } = open();
  expect(saver.hear({ ...blank, findings: 'new', revision: 2 })?.findings).toBe('new');
  expect(saver.hear({ ...blank, findings: 'old', revision: 2 })).toBeUndefined();
  saver.change(typed('mine'));
  expect(saver.hear({ ...blank, findings: 'newer', revision: 3 })).toBeUndefined();
});

test('after a lost hold nothing is sent and nothing thrown away, until it is there again', async () => {
  const { saver, hub, shelf, last, lost } = open();
  hub.fails = ['lease-lost'];
  saver.change(typed('a'));
  expect(await saver.flush()).toBe(false);
  expect(lost).toHaveBeenCalledOnce();
  saver.change(typed('ab'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.saves).toBe(0);
  expect(shelf.get()?.body.findings).toBe('ab');
  await saver.resume();
  expect(hub.view.findings).toBe('ab');
  expect(last()?.kind).toBe('saved');
});

test('after a lost hold the other’s text does not take the place of one’s own, and what is saved is not said to be lost', async () => {
  const { saver, hub, last } = open();
  saver.change(typed('所见'));
  await vi.runAllTimersAsync();
  saver.lose();
  hub.view = { ...hub.view, findings: '他人所见', revision: 3 };
  expect(saver.hear(hub.view)).toBeUndefined();
  expect(last()?.kind).toBe('saved');
  await saver.resume();
  expect(saver.hear(hub.view)?.findings).toBe('他人所见');
});

test('what was typed when the hold went stays here and is said not to be saved, also after a save under way', async () => {
  const { saver, hub, shelf, last } = open();
  saver.change(typed('所见'));
  const saving = saver.flush();
  saver.change(typed('所见与后来的字'));
  saver.lose();
  await saving;
  await vi.runAllTimersAsync();
  expect([hub.saves, last()?.kind]).toEqual([1, 'lost']);
  expect(shelf.get()?.body.findings).toBe('所见与后来的字');
});

test('a refusal for what the text is says so, and is tried again with the next text only', async () => {
  const { saver, hub, last } = open();
  hub.fails = ['bad-input'];
  saver.change(typed('a'));
  expect(await saver.flush()).toBe(false);
  expect(last()).toEqual({ kind: 'failed', code: 'bad-input' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.saves).toBe(0);
  saver.change(typed('ab'));
  expect(await saver.flush()).toBe(true);
});

test('what is finished is forgotten and never saved again', async () => {
  const { saver, hub, shelf } = open();
  saver.change(typed('a'));
  await saver.flush();
  saver.finish();
  saver.change(typed('b'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.view.findings).toBe('a');
  expect(shelf.get()).toBeUndefined();
});

test('leaving the desk saves the last letters', async () => {
  const { saver, hub } = open();
  saver.change(typed('a'));
  saver.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(hub.view.findings).toBe('a');
});

test('half a write of a dead browser is as good as none', () => {
  expect(open({ 'lianzhen.report.a.c': '{"body":' }).shelf.get()).toBeUndefined();
  expect(open({ 'lianzhen.report.a.c': '{"body":{},"revision":1}' }).shelf.get()).toBeUndefined();
});
