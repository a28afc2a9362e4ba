import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, type ApiErrorCode } from '../../api/api-error.ts';
import { markOf, measurementOf } from '../../viewer/mark.ts';
import type { Measurement } from '../../viewer/state.ts';
import { MarkSaver, type MarkState } from './mark-saver.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mark = (number: number, text = ''): Measurement => ({
  id: `018f0000-0000-4000-8000-00000000000${number}`,
  ...{ kind: 'length', studyUid: '1', seriesUid: '1.2', sopInstanceUid: '1.2.3', frame: 1 },
  points: [
    { x: 1.2345, y: 2 },
    { x: 30, y: 40 },
  ],
  ...{ calibration: 'patient', values: [], text, author: '陈雨桐', createdAt: '2026-11-23T06:00:00.000Z' },
});
/** As the hub gives it back. */
const stored = (one: Measurement) => measurementOf({ ...markOf(one), author: one.author, at: one.createdAt });

/** A hub that refuses as often as there are codes. */
function open(...refusals: ApiErrorCode[]) {
  const hub = new Map<string, string>();
  const states: MarkState[] = [];
  let calls = 0;
  const answer = async (act: () => void) => {
    calls += 1;
    const code = refusals.shift();
    if (code) throw new ApiError(code);
    act();
  };
  const saver = new MarkSaver({
    place: (one) => answer(() => void hub.set(one.id, one.text ?? '')),
    remove: (id) => answer(() => void hub.delete(id)),
    onState: (state) => states.push(state),
  });
  return { saver, hub, states, calls: () => calls };
}

test('what is drawn while one only looks is sent once the case is one’s own', async () => {
  const { saver, hub } = open();
  expect(saver.hear([])).toEqual([]);
  saver.change([mark(1)]);
  await saver.flush();
  expect(hub.size).toBe(0);
  saver.hold('token');
  await saver.flush();
  expect([...hub.keys()]).toEqual([mark(1).id]);
});

test('only what changed is sent, and what is taken away goes', async () => {
  const { saver, hub, calls } = open();
  saver.hold('token');
  const [first, second] = [mark(1), mark(2)];
  saver.change([first]);
  saver.change([first, second]);
  await saver.flush();
  saver.change([{ ...first, text: '结节' }]);
  await saver.flush();
  expect([...hub]).toEqual([[first.id, '结节']]);
  expect(calls()).toBe(4);
});

test('a dead link is tried again by itself', async () => {
  const { saver, hub, states } = open('unreachable', 'unavailable');
  saver.hold('token');
  saver.change([mark(1)]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(hub.size).toBe(1);
  expect(states).toEqual(['waiting', 'saved']);
});

test('one that the hub does not take keeps none of the others waiting, and is not asked for again', async () => {
  const { saver, hub, states, calls } = open('bad-input');
  saver.hold('token');
  const refused = mark(1);
  saver.change([refused, mark(2)]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...hub.keys()]).toEqual([mark(2).id]);
  expect([states, calls()]).toEqual([['refused'], 2]);
  saver.change([mark(2)]);
  await saver.flush();
  expect(states.at(-1)).toBe('saved');
});

test('after a lost hold nothing is sent any more', async () => {
  const { saver, hub, calls } = open('lease-lost');
  saver.hold('token');
  saver.change([mark(1)]);
  await vi.advanceTimersByTimeAsync(60_000);
  saver.change([mark(1), mark(2)]);
  await saver.flush();
  expect([hub.size, calls()]).toEqual([0, 1]);
});

test('what the hub has is shown beside what was drawn before it answered', async () => {
  const { saver, hub } = open();
  saver.hold('token');
  const own = mark(2);
  saver.change([own]);
  expect(saver.hear([stored(mark(1))]).map(({ id }) => id)).toEqual([mark(1).id, own.id]);
  await saver.flush();
  expect([...hub.keys()]).toEqual([own.id]);
});

test('one’s own marks as the hub gives them back change nothing on the screen', async () => {
  const { saver } = open();
  saver.hold('token');
  saver.hear([]);
  const drawn = [mark(1)];
  saver.change(drawn);
  await saver.flush();
  saver.hold(null);
  expect(saver.hear([stored(mark(1))])).toBe(drawn);
  expect(saver.hear([stored(mark(1, '别人改的'))])).not.toBe(drawn);
});
