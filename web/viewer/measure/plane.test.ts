import { expect, test } from 'vitest';
import type { PlanePosition, Vector } from '../source/study-model.ts';
import { nearestSlice } from './plane.ts';

const slice = (z: number, change: Partial<PlanePosition> = {}): PlanePosition => ({
  origin: [0, 0, z],
  row: [1, 0, 0],
  column: [0, 1, 0],
  frameOfReferenceUid: 'f',
  ...change,
});

test('the nearest slice of a series with other distances', () => {
  expect(nearestSlice(slice(12), [slice(0), slice(5), slice(10), slice(15)])).toBe(2);
});

test('slices that were taken from the other side are as near', () => {
  const fromBelow: Vector = [0, -1, 0];
  expect(nearestSlice(slice(12), [slice(20, { column: fromBelow }), slice(11, { column: fromBelow })])).toBe(1);
});

test('series that lie across each other or elsewhere are not tied', () => {
  expect(nearestSlice(slice(1), [slice(1, { row: [0, 1, 0], column: [0, 0, -1] })])).toBeNull();
  expect(nearestSlice(slice(1), [slice(1, { frameOfReferenceUid: 'other' }), null])).toBeNull();
});
