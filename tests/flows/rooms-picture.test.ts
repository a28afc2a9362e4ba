import { randomUUID } from 'node:crypto';
import type { SeatRole } from '@lianzhen/contracts/room-signals.ts';
import { applyPatch, type Mark, receivePatch, type SharedView } from '@lianzhen/contracts/shared-view.ts';
import { beforeEach, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { type SitOptions, type Sitting, withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const redis = withRedis();
const node = withRoomNode(database, redis, { times: { lookedMs: 80, keptMs: 30 } });

let consultationId: string;
let expert: Sitting;
let doctor: Sitting;
const here = (role: SeatRole, more: SitOptions = {}) => node.sit({ consultationId, role, ...more });
beforeEach(async () => {
  consultationId = randomUUID();
  expert = await here('expert', { name: '王主任' });
  doctor = await here('requester');
});

const idOf = (sitting: Sitting) => sitting.joined?.peerId ?? '';
const opening = {
  studyUid: '1.2.3',
  tiles: [{ at: 0, set: { seriesUid: '1.2.3.4', sopInstanceUid: '1.2.3.4.5', windowCenter: 40, windowWidth: 400 } }],
};
/** What somebody sees, from what he was told. */
function seen(sitting: Sitting): SharedView {
  let view = sitting.joined?.room?.view as SharedView;
  for (const told of sitting.all('view')) {
    const next = receivePatch(view, told);
    if (next === 'gap') throw new Error('a patch is missing');
    view = next;
  }
  return view;
}
const facts = async (kind: string) =>
  (await database.db.roomEntry.findMany({ where: { consultationId, kind }, orderBy: { seq: 'asc' } })).map(
    ({ what }) => what,
  );
const markOf = (more: Partial<Mark> = {}): Mark => ({
  id: randomUUID(),
  kind: 'length',
  studyUid: '1.2.3',
  seriesUid: '1.2.3.4',
  sopInstanceUid: '1.2.3.4.5',
  frame: 1,
  points: [
    { x: 1, y: 2 },
    { x: 30.5, y: 4 },
  ],
  text: '结节',
  calibration: 'mm',
  values: [{ name: 'length', value: 12.5, unit: 'mm' }],
  ...more,
});

test('one leads: everybody sees the same, told together, and a late one has all of it at once', async () => {
  await expect(expert.ask('changeView', { patch: opening })).rejects.toMatchObject({ code: 'wrong-state' });
  await expert.ask('takeLead', {});
  await expect.poll(() => doctor.all('lead')).toEqual([{ leadPeerId: idOf(expert) }]);
  const asked = [opening, ...Array.from({ length: 60 }, (_, n) => ({ tiles: [{ at: 0, set: { windowCenter: n } }] }))];
  for (const patch of asked) expert.ask('changeView', { patch }).catch(() => undefined);
  await expect.poll(() => seen(doctor).viewports[0]?.windowCenter).toBe(59);
  expect(doctor.all('view').length).toBeLessThan(20);
  expect(expert.all('view')).toEqual([]);
  const late = await here('observer');
  expect(late.joined?.room?.view).toEqual(seen(doctor));
  const { revision } = await expert.ask('changeView', { patch: { layout: '1x2' } });
  await expect.poll(() => seen(late)).toMatchObject({ revision, layout: '1x2' });
});

test('another study and a rest on a frame are facts; a glance is none', async () => {
  await expert.ask('takeLead', {});
  const frame = (n: number) => ({ tiles: [{ at: 0, set: { frame: n } }] });
  await expert.ask('changeView', { patch: opening });
  for (let n = 1; n <= 6; n++) await expert.ask('changeView', { patch: frame(n) });
  await expect.poll(() => facts('opened')).toEqual([{ kind: 'opened', studyUid: '1.2.3' }]);
  await expect.poll(() => facts('looked')).toMatchObject([{ frame: 6, studyUid: '1.2.3' }]);
});

test('a trace is led like an image: look, time and calipers are there for the others and for whoever comes later', async () => {
  await expert.ask('takeLead', {});
  const place = { seriesUid: '1.2.9.4', sopInstanceUid: '1.2.9.4.5' };
  const opened = {
    studyUid: '1.2.9',
    trace: { ...place, startMs: 1500, layout: '6x2', gain: 20, lead: 'V3' },
  } as const;
  await expert.ask('changeView', { patch: opened });
  await expect.poll(() => seen(doctor).studyUid).toBe('1.2.9');
  for (let n = 1; n <= 20; n++)
    expert.ask('changeView', { patch: { trace: { startMs: 1500 + n } } }).catch(() => undefined);
  await expect.poll(() => seen(doctor).trace).toMatchObject({ ...opened.trace, startMs: 1520 });
  const told = doctor.all('view').at(-1)?.patch;
  expect(told).toEqual({ trace: { startMs: 1520 } });
  const caliper = markOf({
    ...{ ...place, studyUid: '1.2.9', kind: 'time', lead: 'V3', text: '', calibration: '' },
    points: [
      { x: 604_000_000, y: 0 },
      { x: 604_000_412.5, y: 0 },
    ],
    values: [{ name: 'interval', value: 412.5, unit: 'ms' }],
  });
  await doctor.ask('mark', { mark: caliper });
  await expect.poll(() => expert.all('marked')).toMatchObject([{ id: caliper.id, lead: 'V3', peerId: idOf(doctor) }]);
  const cursor = { sopInstanceUid: place.sopInstanceUid, frame: 1, at: { x: 1700, y: -250 }, lead: 'V3' };
  await doctor.ask('point', { cursor });
  await expect.poll(() => expert.all('cursor')).toEqual([{ peerId: idOf(doctor), cursor }]);
  const late = await here('observer');
  expect(late.joined?.room?.view).toEqual(seen(doctor));
  expect(late.joined?.room?.marks).toMatchObject([{ id: caliper.id, points: caliper.points }]);
  // Scrolled or not, one rest on one trace.
  await expect.poll(() => facts('looked')).toEqual([{ kind: 'looked', studyUid: '1.2.9', ...place, frame: 1 }]);
  await doctor.ask('takeLead', {});
  await doctor.ask('changeView', { patch: { trace: { speed: 50 } } });
  await expect.poll(() => expert.all('view').at(-1)?.patch).toEqual({ trace: { speed: 50 } });
});

test('the lead is handed over by whoever has it, and goes on to the next when he leaves', async () => {
  await doctor.ask('takeLead', {});
  const observer = await here('observer');
  await expect(observer.ask('takeLead', {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(expert.ask('giveLead', { peerId: idOf(expert) })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(doctor.ask('giveLead', { peerId: idOf(observer) })).rejects.toMatchObject({ code: 'forbidden' });
  await doctor.ask('giveLead', { peerId: idOf(expert) });
  await expect.poll(() => doctor.all('lead').at(-1)).toEqual({ leadPeerId: idOf(expert) });
  await expert.ask('leave', {});
  await expect.poll(() => doctor.all('lead').at(-1)).toEqual({ leadPeerId: idOf(doctor) });
  await doctor.ask('leave', {});
});

test('cursors reach who sees the image, and nobody else', async () => {
  const patient = await here('patient');
  await expert.ask('admit', { peerId: idOf(patient) });
  const cursor = { sopInstanceUid: '1.2.3.4.5', frame: 1, at: { x: 10, y: 20 } };
  await expert.ask('point', { cursor });
  await expect.poll(() => doctor.all('cursor')).toEqual([{ peerId: idOf(expert), cursor }]);
  await expert.ask('takeLead', {});
  await expert.ask('changeView', { patch: opening });
  await expect.poll(() => seen(doctor).studyUid).toBe('1.2.3');
  expect([patient.all('cursor'), patient.all('view'), expert.all('cursor')]).toEqual([[], [], []]);
});

test('marks carry their author, are drawn again by him alone, and are there for whoever comes later', async () => {
  const mark = markOf();
  await expert.ask('mark', { mark });
  await expect
    .poll(() => doctor.all('marked'))
    .toMatchObject([{ id: mark.id, author: '王主任', peerId: idOf(expert) }]);
  await expect(doctor.ask('mark', { mark })).rejects.toMatchObject({ code: 'already-exists' });
  await expect(doctor.ask('unmark', { id: mark.id })).rejects.toMatchObject({ code: 'forbidden' });
  const points = [
    { x: 5, y: 5 },
    { x: 6, y: 6 },
  ];
  await expert.ask('mark', { mark: { ...mark, points } });
  const other = markOf({ kind: 'arrow' });
  await doctor.ask('mark', { mark: other });
  await doctor.ask('unmark', { id: other.id });
  const late = await here('observer');
  expect(late.joined?.room?.marks).toMatchObject([{ id: mark.id, points }]);
  const guest = await here('guest');
  await expert.ask('admit', { peerId: idOf(guest) });
  await expect.poll(() => guest.all('admitted')).toHaveLength(1);
  const [told] = guest.all('admitted')[0]?.entries.filter(({ what }) => what.kind === 'marked') ?? [];
  expect(told?.what).toMatchObject({ mark: { text: '', values: [], points: [{ x: 0, y: 0 }] } });
});

test('a process that comes after this one knows the view, the marks, the words and the seats', async () => {
  await expert.ask('takeLead', {});
  await expert.ask('changeView', { patch: opening });
  await expect.poll(() => facts('opened')).toHaveLength(1);
  const mark = markOf();
  await expert.ask('mark', { mark });
  await expert.ask('raiseHand', { isUp: true });
  const { seq } = await doctor.ask('chat', { id: randomUUID(), text: '请看这里' });
  await node.restart();
  await expect.poll(() => doctor.all('closed')).toMatchObject([{ reason: 'moving' }]);
  const { resumeSecret, peerId } = doctor.joined ?? { resumeSecret: '', peerId: '' };
  const back = await here('requester', { seatId: doctor.claims.seatId, resumeSecret, afterSeq: seq - 1 });
  const room = back.joined?.room;
  expect(back.joined).toMatchObject({ peerId, resumeSecret, admission: 'in' });
  expect(room?.view).toEqual({ ...applyPatch(doctor.joined?.room?.view as SharedView, opening) });
  expect(room?.marks).toMatchObject([{ id: mark.id, author: '王主任', text: '结节' }]);
  expect(room?.leadPeerId).toBe(idOf(expert));
  expect(room?.peers).toMatchObject([
    { peerId: idOf(expert), presence: 'away', hasHandUp: true, colour: expert.joined?.room?.you.colour },
  ]);
  expect(room?.entries[0]).toMatchObject({ seq, what: { kind: 'chat', text: '请看这里' } });
});
