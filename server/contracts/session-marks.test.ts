import { expect, test } from 'vitest';
import type { RoomEntry, RoomFact } from './room-signals.ts';
import { foldEntries } from './session-marks.ts';
import type { Mark } from './shared-view.ts';

const place = (number: number) => ({ studyUid: '1', seriesUid: '1.2', sopInstanceUid: `1.2.${number}`, frame: 1 });
const mark = (id: string, number: number, x = 0): Mark => ({
  ...place(number),
  id,
  kind: 'point',
  points: [{ x, y: 0 }],
  text: '',
  calibration: 'none',
  values: [],
});
const entries = (...facts: RoomFact[]): RoomEntry[] =>
  facts.map((what, at) => ({
    seq: at + 1,
    at: `2026-11-22T06:00:0${at}.000Z`,
    peerId: null,
    seatId: 's1',
    name: '李主任',
    what,
  }));
const looked = (number: number): RoomFact => ({ kind: 'looked', ...place(number) });
const fold = (...facts: RoomFact[]) => foldEntries('1', entries(...facts), [{ seatId: 's1', colour: '#ffb000' }]);

test('a mark that was changed is there once, as it was last; one that was taken away is gone', () => {
  const { marks } = fold(
    { kind: 'marked', mark: mark('a', 1) },
    { kind: 'marked', mark: mark('b', 1) },
    { kind: 'marked', mark: mark('a', 1, 9) },
    { kind: 'unmarked', id: 'b' },
  );
  expect(marks).toMatchObject([{ id: 'a', points: [{ x: 9, y: 0 }], author: '李主任', colour: '#ffb000' }]);
});

test('frames are those that were looked at or marked, each once', () => {
  const { frames, last } = fold(looked(2), { kind: 'marked', mark: mark('a', 1) }, looked(2), { kind: 'away' });
  expect(frames).toEqual([place(2), place(1)]);
  expect(last).toEqual({ seq: 3, at: new Date('2026-11-22T06:00:02.000Z') });
});

test('a mark that claims another series for an image takes nothing away from a look at it', () => {
  const { frames } = fold(looked(1), { kind: 'marked', mark: { ...mark('a', 1), seriesUid: '6.6' } });
  expect(frames).toEqual([place(1), { ...place(1), seriesUid: '6.6' }]);
});

test('what belongs to another study, and words of the chat, leave nothing', () => {
  const other = { ...mark('a', 1), studyUid: '9' };
  const said = fold(
    { kind: 'marked', mark: other },
    { kind: 'unmarked', id: 'a' },
    { kind: 'opened', studyUid: '1' },
    { kind: 'chat', id: 'c', text: 'a' },
  );
  expect(said).toEqual({ marks: [], frames: [], last: undefined, touched: new Map() });
});

test('an image is touched by its last mark, and by one that is taken away; not by a look', () => {
  const { touched } = fold(
    { kind: 'marked', mark: mark('a', 1) },
    { kind: 'marked', mark: mark('b', 2) },
    { kind: 'unmarked', id: 'a' },
    { kind: 'looked', ...place(2) },
  );
  expect([...touched]).toEqual([
    ['1.2.1', 3],
    ['1.2.2', 2],
  ]);
});
