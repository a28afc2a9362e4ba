import { expect, test } from 'vitest';
import { applyPatch, Cursor, emptyView, Mark, patchBetween, SharedView, ViewPatch } from './shared-view.ts';
import { emptyTrace } from './shared-view-trace.ts';

const opened = applyPatch(emptyView, {
  studyUid: '1.2.3',
  layout: '1x2',
  tiles: [
    { at: 0, set: { seriesUid: '1.2.3.1', sopInstanceUid: '1.2.3.1.1', frame: 4 } },
    { at: 3, set: { frame: 9 } },
  ],
});

test('a patch changes what it names and nothing else', () => {
  expect(opened).toMatchObject({ revision: 1, studyUid: '1.2.3', layout: '1x2', active: 0 });
  expect(opened.viewports).toHaveLength(2);
  const scrolled = applyPatch(opened, { tiles: [{ at: 0, set: { frame: 5 } }] });
  expect(scrolled.viewports).toEqual([{ ...opened.viewports[0], frame: 5 }, opened.viewports[1]]);
  expect(scrolled.revision).toBe(2);
});

test('another study begins with empty tiles', () => {
  const other = applyPatch(opened, { studyUid: '9.9' });
  expect(other).toEqual({ ...emptyView, studyUid: '9.9', revision: 2 });
});

test('fewer tiles keep what they show, and the active one is one of them', () => {
  const single = applyPatch(applyPatch(opened, { active: 1 }), { layout: '1x1' });
  expect(single).toMatchObject({ active: 0, viewports: [{ frame: 4 }] });
});

test('the patch between two views makes one of the other, and is small', () => {
  const { revision: _, ...target } = applyPatch(opened, {
    tiles: [{ at: 1, set: { windowCenter: 40, windowWidth: 400 } }],
  });
  const patch = patchBetween(opened, target);
  expect(patch).toEqual({ tiles: [{ at: 1, set: { windowCenter: 40, windowWidth: 400 } }] });
  expect(applyPatch(opened, patch ?? {})).toMatchObject(target);
  expect(patchBetween(opened, opened)).toBeUndefined();
  const { revision: __, ...fromNothing } = opened;
  expect(applyPatch(emptyView, patchBetween(emptyView, fromNothing) ?? {})).toMatchObject(fromNothing);
});

const traced = applyPatch(emptyView, {
  studyUid: '1.2.9',
  trace: { seriesUid: '1.2.9.1', sopInstanceUid: '1.2.9.1.1', startMs: 1200, layout: '6x2', lead: 'V5' },
});

test('a patch changes of a trace what it names; another study begins without one', () => {
  expect(traced.trace).toEqual({
    ...emptyTrace,
    ...{ seriesUid: '1.2.9.1', sopInstanceUid: '1.2.9.1.1', startMs: 1200, layout: '6x2', lead: 'V5' },
  });
  const faster = applyPatch(traced, { trace: { speed: 50 } });
  expect(faster.trace).toEqual({ ...traced.trace, speed: 50 });
  expect(applyPatch(faster, { tiles: [] }).trace).toEqual(faster.trace);
  expect(applyPatch(faster, { studyUid: '1.2.3' }).trace).toEqual(emptyTrace);
});

test('while one scrolls a trace only the time travels', () => {
  const { revision: _, ...scrolled } = applyPatch(traced, { trace: { startMs: 1300 } });
  expect(patchBetween(traced, scrolled)).toEqual({ trace: { startMs: 1300 } });
  expect(patchBetween(traced, traced)).toBeUndefined();
  const { revision: __, ...target } = traced;
  expect(applyPatch(emptyView, patchBetween(emptyView, target) ?? {})).toMatchObject(target);
});

test('a room of before traces has none open', () => {
  const { trace: _, ...before } = emptyView;
  expect(SharedView.parse(before)).toEqual(emptyView);
});

const caliper = {
  ...{
    id: '018f0000-0000-4000-8000-000000000001',
    kind: 'voltage',
    studyUid: '1',
    seriesUid: '1',
    sopInstanceUid: '1',
  },
  ...{ frame: 1, lead: 'V5', calibration: '', values: [{ name: 'voltage', value: -850, unit: 'uV' }] },
};
test('a caliper lies anywhere in a week of a recording, and no further than a trace can be', () => {
  const points = [
    { x: 604_800_000, y: -420 },
    { x: 604_800_000, y: 430 },
  ];
  expect(Mark.parse({ ...caliper, points })).toMatchObject({ points, lead: 'V5' });
  for (const wrong of [
    { x: 2e10, y: 0 },
    { x: 0, y: 2e6 },
    { x: Number.NaN, y: 0 },
  ])
    expect(Mark.safeParse({ ...caliper, points: [wrong] }).success).toBe(false);
  expect(Mark.safeParse({ ...caliper, points, lead: 'V5'.repeat(9) }).success).toBe(false);
  expect(Cursor.parse({ sopInstanceUid: '1', frame: 1, at: { x: 9000, y: -40 }, lead: 'II' })).toMatchObject({
    lead: 'II',
  });
});

test.each([
  { trace: { startMs: -1 } },
  { trace: { startMs: 1e11 } },
  { trace: { layout: '4x3' } },
  { trace: { speed: 12 } },
  { trace: { gain: 40 } },
  { trace: { zoom: 0 } },
  { trace: { lowPassHz: Number.POSITIVE_INFINITY } },
  { trace: { sopInstanceUid: '<img>' } },
  { trace: { lead: '\u0000' } },
  { tiles: [{ at: 4, set: {} }] },
  { tiles: [{ at: 0, set: { scale: 0 } }] },
  { tiles: [{ at: 0, set: { seriesUid: '<img>' } }] },
  { studyUid: '1'.repeat(65) },
  { tiles: Array.from({ length: 5 }, () => ({ at: 0, set: {} })) },
])('%j is no patch', (patch) => {
  expect(ViewPatch.safeParse(patch).success).toBe(false);
});
