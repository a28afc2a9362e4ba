import { expect, test } from 'vitest';
import { emptyViewport } from '../state.ts';
import { viewerImage, viewerSeries, viewerStudy } from '../test-kit/formats.ts';
import { leafBy, leafTo, neighbourSeries, placeOf, tiedFrames } from './places.ts';
import { nothingSeen, seenPercent, seePartsOf } from './seen.ts';
import { rateOf } from './use-cine.ts';

const a = viewerSeries('a', 5);
const b = viewerSeries('b', 2);
const study = viewerStudy([a, b]);

test('a tile knows where it is, and an unknown image is the first', () => {
  const viewport = { ...emptyViewport, seriesUid: 'a', sopInstanceUid: 'a.3' };
  expect(placeOf(study, viewport)?.index).toBe(2);
  expect(placeOf(study, { ...viewport, sopInstanceUid: 'gone' })).toBeNull();
  expect(placeOf(study, emptyViewport)).toBeNull();
});

test('leafing stops at the ends', () => {
  expect(leafBy({ series: a, index: 3 }, 10)?.sopInstanceUid).toBe('a.5');
  expect(leafBy({ series: a, index: 4 }, 1)).toBeNull();
  expect(leafTo({ series: a, index: 2 }, -7)?.sopInstanceUid).toBe('a.1');
});

test('the series before and after', () => {
  expect(neighbourSeries(study, { series: a, index: 2 }, 1)?.seriesUid).toBe('b');
  expect(neighbourSeries(study, { series: b, index: 0 }, 1)).toBeNull();
  expect(neighbourSeries(study, null, 1)?.seriesUid).toBe('a');
});

test('tied tiles go to the slice at the same place', () => {
  const slices = (uid: string, distance: number) => ({
    ...viewerSeries(uid, 0),
    images: [0, 1, 2, 3].map((i) =>
      viewerImage(uid, i + 1, {
        plane: { origin: [0, 0, i * distance], row: [1, 0, 0], column: [0, 1, 0], frameOfReferenceUid: 'f' },
      }),
    ),
  });
  const [thin, thick] = [slices('thin', 1), slices('thick', 3)];
  const moved = thick.images[1];
  if (!moved) throw new Error('no image');
  const places = [{ series: thick, index: 1 }, { series: thin, index: 0 }, null];
  expect(tiedFrames(places, 0, moved)).toEqual([
    { tile: 1, choice: { seriesUid: 'thin', sopInstanceUid: 'thin.4', frame: 1 } },
  ]);
});

test('a series is seen whole when every part of every image has been on screen', () => {
  let seen = seePartsOf(nothingSeen, 'b.1/1', 0x00ff);
  expect(seePartsOf(seen, 'b.1/1', 0x000f)).toBe(seen);
  expect(seenPercent(seen, b)).toBe(25);
  seen = seePartsOf(seePartsOf(seen, 'b.1/1', 0xff00), 'b.2/1', 0xfffe);
  expect(seenPercent(seen, b)).toBe(96);
  expect(seenPercent(seePartsOf(seen, 'b.2/1', 1), b)).toBe(100);
});

test('a stack is played as the device says, within what a screen can do', () => {
  const withRate = (frameRate: number | null) => ({
    series: { ...a, images: [viewerImage('a', 1, { frameRate })] },
    index: 0,
  });
  expect([withRate(null), withRate(30), withRate(200), withRate(0.2)].map(rateOf)).toEqual([10, 30, 60, 1]);
});
