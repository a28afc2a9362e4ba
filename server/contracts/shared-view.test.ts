import { expect, test } from 'vitest';
import { applyPatch, emptyView, patchBetween, ViewPatch } from './shared-view.ts';

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

test.each([
  { tiles: [{ at: 4, set: {} }] },
  { tiles: [{ at: 0, set: { scale: 0 } }] },
  { tiles: [{ at: 0, set: { seriesUid: '<img>' } }] },
  { studyUid: '1'.repeat(65) },
  { tiles: Array.from({ length: 5 }, () => ({ at: 0, set: {} })) },
])('%j is no patch', (patch) => {
  expect(ViewPatch.safeParse(patch).success).toBe(false);
});
