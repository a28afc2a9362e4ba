import { expect, test } from 'vitest';
import { measurementReducer, openBook } from './measurements.ts';
import type { Measurement } from './state.ts';

const measurement = (id: string, x = 0): Measurement => ({
  id,
  kind: 'length',
  studyUid: '1',
  seriesUid: '2',
  sopInstanceUid: '3',
  frame: 1,
  points: [
    { x, y: 0 },
    { x: 9, y: 0 },
  ],
  calibration: 'patient',
  values: [],
  author: 'r',
  createdAt: '2026-01-01T00:00:00.000Z',
});

const ids = (book: { now: readonly Measurement[] }) => book.now.map(({ id }) => id);

test('what is added can be undone and done again', () => {
  let book = openBook();
  for (const id of ['a', 'b']) book = measurementReducer(book, { type: 'add', measurement: measurement(id) });
  book = measurementReducer(book, { type: 'undo' });
  expect(ids(book)).toEqual(['a']);
  book = measurementReducer(book, { type: 'redo' });
  expect(ids(book)).toEqual(['a', 'b']);
  expect(measurementReducer(book, { type: 'redo' })).toBe(book);
});

test('a change and a removal are steps of their own', () => {
  let book = openBook([measurement('a')]);
  book = measurementReducer(book, { type: 'change', measurement: measurement('a', 5) });
  book = measurementReducer(book, { type: 'remove', id: 'a' });
  expect(ids(book)).toEqual([]);
  book = measurementReducer(book, { type: 'undo' });
  expect(book.now[0]?.points[0]?.x).toBe(5);
  book = measurementReducer(book, { type: 'undo' });
  expect(book.now[0]?.points[0]?.x).toBe(0);
});

test('a new step forgets what was undone, and removing nothing is no step', () => {
  let book = openBook([measurement('a')]);
  expect(measurementReducer(book, { type: 'remove', id: 'x' })).toBe(book);
  book = measurementReducer(book, { type: 'add', measurement: measurement('b') });
  book = measurementReducer(book, { type: 'undo' });
  book = measurementReducer(book, { type: 'add', measurement: measurement('c') });
  expect(measurementReducer(book, { type: 'redo' })).toBe(book);
});

test('measurements from outside replace the book', () => {
  const book = measurementReducer(openBook([measurement('a')]), { type: 'replace', measurements: [measurement('z')] });
  expect({ ids: ids(book), past: book.past }).toEqual({ ids: ['z'], past: [] });
});
