import { applyPatch, emptyView, type SharedView, type ViewPatch } from '@lianzhen/contracts/shared-view.ts';
import { expect, test } from 'vitest';
import { emptyViewport, type ViewerState } from '../../../viewer/state.ts';
import { Allowance, leaderBytes } from './allowance.ts';
import { PretendClock } from './pretend-clock.ts';
import { ViewSender } from './view-sender.ts';
import { chosenView, isHung, viewerState, wantedView } from './view-state.ts';

const frame = (number: number): ViewerState => ({
  layout: '1x1',
  active: 0,
  viewports: [{ ...emptyViewport, seriesUid: '1.2', sopInstanceUid: `1.2.${number}`, frame: 1 }],
});

function room() {
  const clock = new PretendClock();
  const told: { at: number; patch: ViewPatch }[] = [];
  const held = { view: emptyView as SharedView, isRefusing: false };
  const sender = new ViewSender({
    send: async (patch) => {
      told.push({ at: clock.now(), patch });
      if (held.isRefusing) throw new Error('no link');
      held.view = applyPatch(held.view, patch);
    },
    held: () => held.view,
    allowance: new Allowance(leaderBytes, clock),
    clock,
  });
  return { clock, told, held, sender };
}

test('a room ends up with what its leader sees, and hears nothing while nothing changes', async () => {
  const { clock, told, held, sender } = room();
  sender.show(wantedView('1', frame(1)));
  await clock.pass(1000);
  expect(held.view).toMatchObject({ revision: 1, studyUid: '1', viewports: [{ sopInstanceUid: '1.2.1' }] });
  sender.show(wantedView('1', frame(1)));
  await clock.pass(60_000);
  expect(told).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});

test('while one leafs, at most ten changes a second go, and the last frame is the one that stays', async () => {
  const { clock, told, held, sender } = room();
  for (let number = 1; number <= 100; number++) {
    sender.show(wantedView('1', frame(number)));
    await clock.pass(10);
  }
  await clock.pass(1000);
  expect(told.length).toBeGreaterThan(3);
  expect(told.every(({ at }, i) => i === 0 || at - (told[i - 1]?.at ?? 0) >= 100)).toBe(true);
  expect(held.view.viewports[0]?.sopInstanceUid).toBe('1.2.100');
  expect(told.at(-1)?.patch).toEqual({ tiles: [{ at: 0, set: { sopInstanceUid: '1.2.100' } }] });
});

test('a change that was lost goes again, against what the room holds by then', async () => {
  const { clock, held, sender } = room();
  sender.show(wantedView('1', frame(1)));
  await clock.pass(500);
  held.isRefusing = true;
  sender.show(wantedView('1', frame(2)));
  await clock.pass(300);
  held.isRefusing = false;
  await clock.pass(2000);
  expect(held.view.viewports[0]?.sopInstanceUid).toBe('1.2.2');
});

test('a room that was joined anew and holds an older view is told again', async () => {
  const { clock, held, sender } = room();
  sender.show(wantedView('1', frame(1)));
  await clock.pass(500);
  held.view = emptyView;
  sender.compare();
  await clock.pass(2500);
  expect(held.view.viewports[0]?.sopInstanceUid).toBe('1.2.1');
  expect(clock.waiting).toBe(0);
});

test('after it was closed nothing goes', async () => {
  const { clock, told, sender } = room();
  sender.show(wantedView('1', frame(1)));
  sender.show(wantedView('1', frame(2)));
  sender.close();
  await clock.pass(5000);
  expect(told).toHaveLength(1);
});

test('who comes late sees what the leader sees', () => {
  const look = { windowCenter: 40, windowWidth: 400.25, scale: 2.345678, translation: { x: 12.345, y: -6 } };
  const led: ViewerState = {
    layout: '1x2',
    active: 1,
    viewports: [{ ...emptyViewport, seriesUid: '1.2', sopInstanceUid: '1.2.7', frame: 3, ...look }, emptyViewport],
  };
  const view: SharedView = { revision: 9, ...wantedView('1', led) };
  expect(viewerState(JSON.parse(JSON.stringify(view)))).toEqual({
    ...led,
    viewports: [{ ...led.viewports[0], scale: 2.3457, translation: { x: 12.3, y: -6 } }, emptyViewport],
  });
  expect(isHung(view)).toBe(true);
  expect(isHung({ revision: 1, ...chosenView('1') })).toBe(false);
});
