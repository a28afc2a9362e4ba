import { expect, test } from 'vitest';
import { CursorBook } from './cursor-book.ts';
import { PretendClock } from './pretend-clock.ts';

const people = [{ peerId: 'a', name: '李主任', colour: '#ffb000' }];
const at = (x: number) => ({ sopInstanceUid: '1.2', frame: 1, at: { x, y: 5 } });

test('a cursor has its person’s name and colour, and one of nobody is not drawn', () => {
  const book = new CursorBook(() => people, new PretendClock());
  book.take({ peerId: 'a', cursor: at(3) });
  book.take({ peerId: 'stranger', cursor: at(4) });
  expect(book.get()).toEqual([{ ...at(3), id: 'a', name: '李主任', colour: '#ffb000', isFading: false }]);
});

test('a cursor that rests fades and goes, and then nothing is looked at any more', async () => {
  const clock = new PretendClock();
  const book = new CursorBook(() => people, clock);
  book.take({ peerId: 'a', cursor: at(3) });
  await clock.pass(3000);
  expect(book.get()).toMatchObject([{ isFading: true }]);
  book.take({ peerId: 'a', cursor: at(4) });
  expect(book.get()).toMatchObject([{ isFading: false }]);
  await clock.pass(6000);
  expect(book.get()).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test('who points at nothing is gone at once', () => {
  const book = new CursorBook(() => people, new PretendClock());
  book.take({ peerId: 'a', cursor: at(3) });
  book.take({ peerId: 'a', cursor: null });
  expect(book.get()).toEqual([]);
});
