import { Mark, type PlacedMark } from '@lianzhen/contracts/shared-view.ts';
import { expect, test } from 'vitest';
import { changesOf, markOf, measurementOf } from '../../../viewer/mark.ts';
import type { Measurement } from '../../../viewer/state.ts';
import { agreedMarks } from './room-marks.ts';

const id = (number: number) => `018f0000-0000-4000-8000-00000000000${number}`;
const measurement = (number: number): Measurement => ({
  id: id(number),
  kind: 'length',
  studyUid: '1',
  seriesUid: '1.2',
  sopInstanceUid: '1.2.3',
  frame: 1,
  points: [
    { x: 1.23456, y: 2 },
    { x: 30, y: 40 },
  ],
  calibration: 'patient',
  values: [{ name: 'length', value: 12.3456789012, unit: 'mm' }],
  text: '此处结节',
  author: '李主任',
  createdAt: '2026-11-22T06:00:00.000Z',
});
const placed = (number: number): PlacedMark => ({
  ...markOf(measurement(number)),
  peerId: id(9),
  author: '李主任',
  at: '2026-11-22T06:00:00.000Z',
});

test('a mark goes to the room in the form the room takes, and comes back as it was drawn', () => {
  const mark = Mark.parse(markOf(measurement(1)));
  expect(mark).toMatchObject({
    points: [
      { x: 1.2, y: 2 },
      { x: 30, y: 40 },
    ],
    values: [{ value: 12.34568 }],
  });
  expect(measurementOf(placed(1))).toMatchObject({ id: id(1), kind: 'length', text: '此处结节', author: '李主任' });
  expect(measurementOf(placed(1)).points).toEqual(mark.points);
});

test('only what is new, changed or gone is told', () => {
  const [a, b] = [measurement(1), measurement(2)];
  const changed = { ...a, frame: 2 };
  expect(changesOf([a, b], [changed])).toEqual({ placed: [changed], removed: [id(2)] });
  expect(changesOf([a, b], [a, b])).toEqual({ placed: [], removed: [] });
});

test('what is under way stays; what the chair took away goes; what was there before comes back', () => {
  const here = [measurement(1), measurement(2)];
  expect(agreedMarks(here, [placed(1), placed(2)], new Set(), measurementOf)).toBe(here);
  expect(agreedMarks(here, [placed(1)], new Set([id(2)]), measurementOf)).toBe(here);
  expect(agreedMarks(here, [placed(1)], new Set(), measurementOf).map((mark) => mark.id)).toEqual([id(1)]);
  expect(agreedMarks([], [placed(3)], new Set(), measurementOf).map((mark) => mark.id)).toEqual([id(3)]);
  // Taken away here, and the room does not know yet.
  expect(agreedMarks([here[0] as Measurement], [placed(1), placed(2)], new Set([id(2)]), measurementOf)).toHaveLength(
    1,
  );
});
