import {
  applyPatch,
  type Cursor,
  emptyView,
  type SharedView,
  type ViewPatch,
} from '@lianzhen/contracts/shared-view.ts';
import { expect, test } from 'vitest';
import { firstLook } from '../../../ecg-viewer/look.ts';
import { emptyViewport, type ViewportState } from '../../../viewer/state.ts';
import { Allowance, bytesOf, followerBytes, leaderBytes } from './allowance.ts';
import { CursorSender } from './cursor-sender.ts';
import { PretendClock } from './pretend-clock.ts';
import { wantedTrace } from './trace-state.ts';
import { ViewSender } from './view-sender.ts';
import { wantedView } from './view-state.ts';

/** As long as UIDs of devices are; the longest that DICOM allows is 64. */
const uid = (number: number): string => `1.3.12.2.1107.5.1.4.73104.3000002611221234567890000${1000 + number}.2`;
const tenKilobits = 10_000 / 8;

function line(perSecond: number, clock: PretendClock) {
  const sent: { at: number; bytes: number }[] = [];
  const count = (message: unknown) => sent.push({ at: clock.now(), bytes: bytesOf(message) });
  let view: SharedView = emptyView;
  const allowance = new Allowance(perSecond, clock);
  const send = async (patch: ViewPatch) => {
    count({ patch });
    view = applyPatch(view, patch);
  };
  const views = new ViewSender({ send, held: () => view, allowance, clock });
  const point = async (cursor: Cursor) => void count({ cursor });
  const cursors = new CursorSender({ send: point, allowance, clock, isHeard: () => true });
  const between = (from: number, to: number) =>
    sent.filter(({ at }) => at >= from && at < to).reduce((sum, { bytes }) => sum + bytes, 0);
  return { views, cursors, between, sent, view: () => view };
}

/** Twenty seconds each of leafing, windowing with the pointer on its way, and pointing; a minute of nothing after it. */
async function busyMinute(clock: PretendClock, leader: ReturnType<typeof line>) {
  let tile: ViewportState = { ...emptyViewport, seriesUid: uid(0), sopInstanceUid: uid(1) };
  const show = (change: Partial<ViewportState>) => {
    tile = { ...tile, ...change };
    leader.views.show(wantedView(uid(9), { layout: '1x1', active: 0, viewports: [tile] }));
  };
  const point = (step: number) => {
    const at = { x: 256 + 200 * Math.sin(step / 9), y: 256 + 200 * Math.cos(step / 7) };
    leader.cursors.point({ sopInstanceUid: tile.sopInstanceUid ?? '', frame: 1, at });
  };
  // A mouse tells sixty times a second where it is.
  for (let step = 0; step < 60 * 60; step++) {
    if (step < 1200) {
      if (step % 2 === 0) show({ sopInstanceUid: uid(step / 2) });
    } else if (step < 2400) {
      show({ windowCenter: 40 + (step % 300), windowWidth: 400 + (step % 77), scale: 1 + step / 999 });
      point(step);
    } else point(step);
    await clock.pass(1000 / 60);
  }
  return tile;
}

test('a leader who never rests sends less than 10 kb/s, all in all and in every ten seconds', async () => {
  const clock = new PretendClock();
  const leader = line(leaderBytes, clock);
  const last = await busyMinute(clock, leader);
  const perSecond = leader.between(0, 60_000) / 60;
  console.log(
    `the leader: ${((perSecond * 8) / 1000).toFixed(2)} kb/s, ${(leader.sent.length / 60).toFixed(1)} a second`,
  );
  expect(perSecond).toBeLessThan(tenKilobits);
  expect(perSecond).toBeGreaterThan(300);
  for (let from = 0; from < 60_000; from += 10_000) {
    expect(leader.between(from, from + 10_000) / 10).toBeLessThan(tenKilobits);
  }
  await clock.pass(2000);
  expect(leader.view().viewports[0]).toMatchObject({
    sopInstanceUid: last.sopInstanceUid,
    windowCenter: last.windowCenter,
    windowWidth: last.windowWidth,
  });
});

/** Half a minute of scrolling a long recording with the pointer on it, and of changing how it is drawn and pointing. */
async function busyTrace(clock: PretendClock, leader: ReturnType<typeof line>) {
  const place = { studyUid: uid(9), seriesUid: uid(0), sopInstanceUid: uid(1) };
  let startMs = 80_000_000;
  let look = firstLook;
  for (let step = 0; step < 60 * 60; step++) {
    if (step < 1800) startMs += 1000 / 60;
    else if (step % 10 === 0) {
      const zoom = 1 + (step % 500) / 333;
      look = { ...look, zoom, isMagnified: step % 20 === 0, lead: step % 30 === 0 ? 'V5' : 'aVR' };
    }
    leader.views.show(wantedTrace(place, { look, startMs }));
    const at = { x: startMs + 3000 + 900 * Math.sin(step / 9), y: 700 * Math.cos(step / 7) };
    leader.cursors.point({ sopInstanceUid: uid(1), frame: 1, at, lead: 'V5' });
    await clock.pass(1000 / 60);
  }
  return wantedTrace(place, { look, startMs });
}

test('a trace that is scrolled, drawn otherwise and pointed at stays below 10 kb/s, and costs nothing at rest', async () => {
  const clock = new PretendClock();
  const leader = line(leaderBytes, clock);
  const last = await busyTrace(clock, leader);
  const perSecond = leader.between(0, 60_000) / 60;
  console.log(`the leader of a trace: ${((perSecond * 8) / 1000).toFixed(2)} kb/s`);
  expect(perSecond).toBeLessThan(tenKilobits);
  expect(perSecond).toBeGreaterThan(300);
  for (let from = 0; from < 60_000; from += 10_000) {
    expect(leader.between(from, from + 10_000) / 10).toBeLessThan(tenKilobits);
  }
  await clock.pass(3000);
  expect(leader.view()).toMatchObject(last);
  const from = clock.now();
  await clock.pass(60_000);
  expect([leader.between(from, clock.now()), clock.waiting]).toEqual([0, 0]);
});

test('at rest nothing is sent, and nothing waits to be', async () => {
  const clock = new PretendClock();
  const leader = line(leaderBytes, clock);
  await busyMinute(clock, leader);
  await clock.pass(3000);
  const from = clock.now();
  await clock.pass(60_000);
  expect(leader.between(from, clock.now())).toBe(0);
  expect(clock.waiting).toBe(0);
});

test('everyone else only points, at a third of it', async () => {
  const clock = new PretendClock();
  const follower = line(followerBytes, clock);
  for (let step = 0; step < 60 * 60; step++) {
    follower.cursors.point({ sopInstanceUid: uid(1), frame: 1, at: { x: step % 500, y: step % 300 } });
    await clock.pass(1000 / 60);
  }
  expect((follower.between(0, 60_000) / 60) * 8).toBeLessThan(3600);
  const before = follower.sent.length;
  follower.cursors.point({ sopInstanceUid: uid(1), frame: 1, at: { x: 1, y: 1 } });
  await clock.pass(5000);
  follower.cursors.point({ sopInstanceUid: uid(1), frame: 1, at: { x: 1.3, y: 0.8 } });
  await clock.pass(5000);
  expect(follower.sent.length).toBe(before + 1);
});
