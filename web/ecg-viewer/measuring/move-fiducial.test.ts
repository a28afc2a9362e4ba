import { expect, test } from 'vitest';
import { moveFiducial, placeFor, roomFor } from './move-fiducial.ts';

const points = { pOn: 100, pOff: 180, qrsOn: 250, rPeak: 290, qrsOff: 340, tOn: null, tPeak: 520, tOff: 600 };

test('a point moves between its neighbours and no further', () => {
  expect(moveFiducial(points, 'qrsOn', 240.04, 1000).qrsOn).toBe(240);
  expect(moveFiducial(points, 'qrsOn', 20, 1000).qrsOn).toBe(180);
  expect(moveFiducial(points, 'qrsOn', 900, 1000).qrsOn).toBe(290);
  expect(moveFiducial(points, 'tOff', 5000, 1000).tOff).toBe(1000);
  expect(moveFiducial(points, 'pOn', -5, 1000).pOn).toBe(0);
});

test('a point that is missing has the room between those that are there', () => {
  expect(roomFor(points, 'tOn', 1000)).toEqual({ least: 340, most: 520 });
  expect(placeFor(points, 'tOn', 1000)).toBe(430);
});

test('a point can be taken away', () => {
  expect(moveFiducial(points, 'pOn', null, 1000)).toEqual({ ...points, pOn: null });
});
