import { expect, test } from 'vitest';
import { planFor } from './layers.ts';

test('a camera is sent in the layer that fills its tile', () => {
  expect(planFor('camera', 320, 'full')).toEqual({ kind: 'moving', spatialLayer: 0, temporalLayer: 2 });
  expect(planFor('camera', 640, 'full')).toMatchObject({ spatialLayer: 1 });
  expect(planFor('examination', 1280, 'full')).toMatchObject({ spatialLayer: 2 });
  expect(planFor('camera', undefined, 'full')).toMatchObject({ spatialLayer: 0 });
  expect(planFor('camera', 0, 'full')).toEqual({ kind: 'off', because: 'tile' });
});

test('a screen is sharp or still', () => {
  expect(planFor('screen', 320, 'full')).toMatchObject({ kind: 'moving', spatialLayer: 2 });
  expect(planFor('screen', 1280, 'thumbnails')).toEqual({ kind: 'still' });
});

test('a step bounds what the tile asks for', () => {
  expect(planFor('camera', 1280, 'thumbnails')).toMatchObject({ kind: 'moving', spatialLayer: 0 });
  expect(planFor('camera', 1280, 'stills')).toEqual({ kind: 'still' });
  expect(planFor('camera', 1280, 'audio')).toEqual({ kind: 'off', because: 'step' });
});
