import { expect, test } from 'vitest';
import { imageHeader } from '../test-kit/formats.ts';
import { directionLetters, edgeLetters } from './orientation.ts';

const axial = imageHeader({ plane: { origin: [0, 0, 0], row: [1, 0, 0], column: [0, 1, 0], frameOfReferenceUid: '' } });
const upright = { rotation: 0, hflip: false, vflip: false };

test('directions are named by their strongest axes', () => {
  expect(directionLetters([1, 0, 0])).toBe('L');
  expect(directionLetters([-0.8, 0.6, 0.1])).toBe('RP');
  expect(directionLetters([0, -0.1, -0.99])).toBe('F');
});

test('the patient’s right is on the left of an axial slice', () => {
  expect(edgeLetters(axial, upright)).toEqual({ top: 'A', right: 'L', bottom: 'P', left: 'R' });
});

test('letters turn and mirror with the picture', () => {
  expect(edgeLetters(axial, { ...upright, rotation: 90 })).toEqual({ top: 'R', right: 'A', bottom: 'L', left: 'P' });
  expect(edgeLetters(axial, { ...upright, hflip: true })).toEqual({ top: 'A', right: 'R', bottom: 'P', left: 'L' });
  expect(edgeLetters(axial, { rotation: 270, hflip: false, vflip: true })).toEqual({
    top: 'L',
    right: 'A',
    bottom: 'R',
    left: 'P',
  });
});

test('radiographs say it in letters, and nonsense is not repeated', () => {
  expect(edgeLetters(imageHeader({ patientOrientation: ['L', 'FP'] }), upright)).toEqual({
    top: 'HA',
    right: 'L',
    bottom: 'FP',
    left: 'R',
  });
  expect(edgeLetters(imageHeader({ patientOrientation: ['<b>', 'F'] }), upright)).toBeNull();
  expect(edgeLetters(imageHeader(), upright)).toBeNull();
});
