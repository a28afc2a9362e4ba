import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { expect, test } from 'vitest';
import { firstLook } from './look.ts';
import { type EcgState, firstState, lookOnScreen, maxCalipers } from './state.ts';
import { type EcgAction, reduce } from './state-reducer.ts';

const caliper = (id: string, toMs = 500): Caliper => ({
  id,
  kind: 'time',
  lead: 'II',
  fromMs: 0,
  toMs,
  fromUv: null,
  toUv: null,
  label: '',
});
const after = (actions: readonly EcgAction[], from: EcgState = firstState([], false)) => actions.reduce(reduce, from);
const ids = (state: EcgState) => state.calipers.map(({ id }) => id);

test('a new caliper is chosen by its second end; undo takes it away, redo brings it back', () => {
  const added = after([{ kind: 'add', caliper: caliper('a') }]);
  expect(added.selected).toEqual({ id: 'a', end: 'to' });
  const undone = reduce(added, { kind: 'undo' });
  expect(ids(undone)).toEqual([]);
  expect(undone.selected).toBeNull();
  expect(ids(reduce(undone, { kind: 'redo' }))).toEqual(['a']);
});

test('a whole drag is one step back', () => {
  const dragged = after([
    { kind: 'add', caliper: caliper('a', 100) },
    { kind: 'move', caliper: caliper('a', 150), isOneStroke: false },
    { kind: 'move', caliper: caliper('a', 200), isOneStroke: true },
    { kind: 'move', caliper: caliper('a', 250), isOneStroke: true },
  ]);
  expect(dragged.calipers[0]?.toMs).toBe(250);
  expect(reduce(dragged, { kind: 'undo' }).calipers[0]?.toMs).toBe(100);
});

test('what is agreed with others changes what lies there, keeps what is chosen of it, and is no step back', () => {
  const added = after([{ kind: 'add', caliper: caliper('a') }]);
  const agreed = reduce(added, { kind: 'agree', calipers: [caliper('a', 700), caliper('b')] });
  expect([ids(agreed), agreed.selected?.id, agreed.past]).toEqual([['a', 'b'], 'a', added.past]);
  expect(reduce(agreed, { kind: 'agree', calipers: [caliper('b')] }).selected).toBeNull();
});

test('a new step ends what could be redone', () => {
  const state = after([
    { kind: 'add', caliper: caliper('a') },
    { kind: 'undo' },
    { kind: 'add', caliper: caliper('b') },
    { kind: 'redo' },
  ]);
  expect(ids(state)).toEqual(['b']);
});

test('removing takes the chosen one alone; without a choice nothing happens', () => {
  const two = after([
    { kind: 'add', caliper: caliper('a') },
    { kind: 'add', caliper: caliper('b') },
    { kind: 'select', id: 'a' },
  ]);
  const left = reduce(two, { kind: 'remove' });
  expect(ids(left)).toEqual(['b']);
  expect(reduce(left, { kind: 'remove' })).toBe(left);
  expect(reduce(two, { kind: 'select', id: 'nobody' }).selected).toBeNull();
});

test('there are never more calipers than can be saved', () => {
  const full = firstState(
    Array.from({ length: maxCalipers + 20 }, (_, i) => caliper(String(i))),
    false,
  );
  expect(full.calipers).toHaveLength(maxCalipers);
  expect(reduce(full, { kind: 'add', caliper: caliper('x') })).toBe(full);
});

test('zoom stays within bounds, whatever two fingers do', () => {
  const zoomed = (zoom: number) => after([{ kind: 'look', change: { zoom } }]).look.zoom;
  expect([zoomed(0), zoomed(100), zoomed(Number.NaN), zoomed(2)]).toEqual([0.25, 8, 1, 2]);
});

test('a phone begins with rows over the whole width and without the panel', () => {
  expect(firstState([], true)).toMatchObject({ look: { layout: '12x1' }, isPanelOpen: false });
});

test('on a phone the leader’s leads, scale and filter are carried over and his four columns are not', () => {
  const wide = { ...firstLook, speed: 50, gain: 20, lead: 'V3', zoom: 1.5, isMagnified: true } as const;
  const led = after([{ kind: 'lead', look: wide }], firstState([], true));
  expect(lookOnScreen(led, true)).toEqual({ ...wide, layout: '12x1' });
  expect(lookOnScreen(led, false)).toEqual(wide);
  // What is told of it stays the leader's: who takes the lead on a phone changes nobody's paper.
  expect(led.look).toEqual(wide);
});

test('who chooses a layout for himself has it on a phone too, until somebody leads again', () => {
  const led: EcgAction = { kind: 'lead', look: firstLook };
  const chosen = after([led, { kind: 'look', change: { gain: 5 } }, { kind: 'look', change: { layout: '6x2' } }]);
  expect(lookOnScreen(chosen, true)).toMatchObject({ layout: '6x2', gain: 5 });
  expect(lookOnScreen(after([{ kind: 'look', change: { gain: 5 } }], reduce(chosen, led)), true).layout).toBe('12x1');
});
