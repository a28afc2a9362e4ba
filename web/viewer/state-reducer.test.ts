import { expect, test } from 'vitest';
import { applyState } from './apply-state.ts';
import { hangStudy } from './modes.ts';
import { emptyViewport, type ViewerState } from './state.ts';
import { type FrameChoice, viewerReducer } from './state-reducer.ts';
import { viewerSeries, viewerStudy } from './test-kit/formats.ts';

const choice = (seriesUid: string, number = 1): FrameChoice => ({
  seriesUid,
  sopInstanceUid: `${seriesUid}.${number}`,
  frame: 1,
});
const showing = (...series: string[]): ViewerState => ({
  layout: series.length === 1 ? '1x1' : series.length === 2 ? '1x2' : '2x2',
  active: 0,
  viewports: series.map((uid) => ({ ...emptyViewport, ...choice(uid) })),
});
const shown = (state: ViewerState) => state.viewports.map(({ seriesUid }) => seriesUid);

test('another series begins with a fresh look, another image keeps the look', () => {
  const bright = viewerReducer(showing('a'), {
    type: 'look',
    tile: 0,
    look: { windowCenter: 40, windowWidth: 80, rotation: 90 },
  });
  const leafed = viewerReducer(bright, { type: 'leaf', tile: 0, choice: choice('a', 5) });
  expect(leafed.viewports[0]).toMatchObject({ sopInstanceUid: 'a.5', windowWidth: 80, rotation: 90 });
  const opened = viewerReducer(leafed, { type: 'open', tile: 0, choice: choice('b') });
  expect(opened.viewports[0]).toMatchObject({ sopInstanceUid: 'b.1', windowWidth: null, rotation: 0 });
  const again = viewerReducer(leafed, { type: 'open', tile: 0, choice: choice('a', 2) });
  expect(again.viewports[0]).toMatchObject({ sopInstanceUid: 'a.2', windowWidth: 80 });
});

test('what changes nothing is the same state', () => {
  const state = showing('a', 'b');
  expect(viewerReducer(state, { type: 'leaf', tile: 0, choice: choice('a') })).toBe(state);
  expect(viewerReducer(state, { type: 'activate', tile: 9 })).toBe(state);
  expect(viewerReducer(state, { type: 'look', tile: 7, look: { invert: true } })).toBe(state);
});

test('a reset forgets the look and keeps the image', () => {
  const looked = viewerReducer(showing('a'), { type: 'look', tile: 0, look: { scale: 3, invert: true } });
  expect(viewerReducer(looked, { type: 'reset', tile: 0 })).toEqual(showing('a'));
});

test('more tiles take the series that are not on screen yet', () => {
  const state = viewerReducer(showing('b'), {
    type: 'layout',
    layout: '2x2',
    fill: ['a', 'b', 'c'].map((uid) => choice(uid)),
  });
  expect(shown(state)).toEqual(['b', 'a', 'c', null]);
});

test('fewer tiles keep the active one', () => {
  const state = { ...showing('a', 'b', 'c', 'd'), active: 3 };
  const two = viewerReducer(state, { type: 'layout', layout: '1x2', fill: [] });
  expect({ shown: shown(two), active: two.active }).toEqual({ shown: ['a', 'd'], active: 1 });
  const one = viewerReducer(state, { type: 'layout', layout: '1x1', fill: [] });
  expect({ shown: shown(one), active: one.active }).toEqual({ shown: ['d'], active: 0 });
});

test('a picture does not give way to an empty tile, though that one is active', () => {
  const two = viewerReducer(showing('a'), { type: 'layout', layout: '1x2', fill: [] });
  const active = { ...two, active: 1 };
  expect(shown(active)).toEqual(['a', null]);
  const back = viewerReducer(active, { type: 'layout', layout: '1x1', fill: [] });
  expect({ shown: shown(back), active: back.active }).toEqual({ shown: ['a'], active: 0 });
});

const study = viewerStudy([viewerSeries('a', 3), viewerSeries('b', 2)]);

test('a state from elsewhere is followed as far as this study goes', () => {
  const incoming = { ...showing('a', 'x'), active: 1 };
  const followed = applyState(incoming, study);
  expect(followed).toEqual({ ...showing('a', 'x'), active: 1, viewports: [incoming.viewports[0], emptyViewport] });
});

test('who follows somebody waits for an image that is not here, instead of seeing another one', () => {
  const incoming = { ...showing('a'), viewports: [{ ...emptyViewport, ...choice('a', 9), windowWidth: 80 }] };
  expect(applyState(incoming, study, true)).toEqual(incoming);
  expect(applyState(incoming, study).viewports[0]).toMatchObject({ sopInstanceUid: 'a.1' });
});

test('numbers that are none, and layouts that are none, do no harm', () => {
  const broken = {
    layout: '9x9',
    active: 5,
    viewports: [
      { ...emptyViewport, ...choice('a', 2), scale: Number.NaN, rotation: 45, windowWidth: Number.POSITIVE_INFINITY },
    ],
  } as unknown as ViewerState;
  expect(applyState(broken, study)).toEqual({
    layout: '1x1',
    active: 0,
    viewports: [{ ...emptyViewport, ...choice('a', 2) }],
  });
});

test('the state survives the way over a wire', () => {
  const state = viewerReducer(showing('a'), { type: 'look', tile: 0, look: { translation: { x: 1.5, y: -2 } } });
  expect(applyState(JSON.parse(JSON.stringify(state)), study)).toEqual(state);
});

const chest = (modality: string, images: number) => viewerStudy([{ ...viewerSeries('a', images), modality }]);

test('studies are hung by their modality', () => {
  expect(hangStudy(chest('CT', 300), false)).toMatchObject({ layout: '1x1', viewports: [{ sopInstanceUid: 'a.1' }] });
  expect(hangStudy(chest('DX', 2), false)).toMatchObject({
    layout: '1x2',
    viewports: [{ sopInstanceUid: 'a.1' }, { sopInstanceUid: 'a.2' }],
  });
  expect(hangStudy(chest('MG', 4), false).layout).toBe('2x2');
  expect(hangStudy(chest('DX', 2), true).layout).toBe('1x1');
});
