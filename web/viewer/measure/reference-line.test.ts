import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Vector } from '../source/study-model.ts';
import { cross, dot } from './plane.ts';
import { referenceLine, type Slice } from './reference-line.ts';

interface Change {
  origin?: Vector;
  row?: Vector;
  column?: Vector;
  frameOfReferenceUid?: string;
  spacing?: readonly [number, number];
}

/** 100 columns and 80 rows of a millimetre, lying flat at z = 0, the middle of the first pixel in the origin. */
const axial = ({ spacing = [1, 1], ...plane }: Change = {}): Slice => ({
  plane: { origin: [0, 0, 0], row: [1, 0, 0], column: [0, 1, 0], frameOfReferenceUid: 'f', ...plane },
  columns: 100,
  rows: 80,
  spacing,
});
/** Upright, looking along x, its rows from front to back and its columns downwards. */
const sagittal = (x: number, change: Change = {}): Slice =>
  axial({ origin: [x, 0, 40], row: [0, 1, 0], column: [0, 0, -1], ...change });

test('an upright slice is an upright line in a flat one, through the column where it stands', () => {
  const line = referenceLine(sagittal(30), axial());
  expect(line?.map(({ x }) => x)).toEqual([30.5, 30.5]);
  expect(line?.map(({ y }) => y).toSorted((a, b) => a - b)).toEqual([0, 100]);
});

test('a flat slice is a level line in an upright one, at its height', () => {
  const line = referenceLine(axial(), sagittal(30));
  expect(line?.map(({ y }) => y)).toEqual([40.5, 40.5]);
});

test('the distance between rows comes before that between columns', () => {
  const line = referenceLine(sagittal(30), axial({ spacing: [2, 0.5] }));
  expect(line?.map(({ x }) => x)).toEqual([60.5, 60.5]);
  expect(line?.map(({ y }) => y).toSorted((a, b) => a - b)).toEqual([0.25, 50.25]);
});

test.each<[string, Slice, Slice]>([
  ['of another frame of reference', sagittal(30, { frameOfReferenceUid: 'g' }), axial()],
  ['without a frame of reference', sagittal(30, { frameOfReferenceUid: '' }), axial({ frameOfReferenceUid: '' })],
  ['that are parallel', axial({ origin: [0, 0, 5] }), axial()],
  ['that do not reach each other', sagittal(30, { origin: [30, 0, 140] }), axial()],
])('slices %s have none', (_, of, onto) => {
  expect(referenceLine(of, onto)).toBeNull();
});

const angle = fc.double({ min: -3, max: 3, noNaN: true });
const place = fc.double({ min: -60, max: 60, noNaN: true });
const tilted = fc.tuple(angle, angle, place, place, place).map(([around, up, x, y, z]): Slice => {
  const row: Vector = [Math.cos(around), Math.sin(around), 0];
  const side: Vector = [-Math.sin(around), Math.cos(around), 0];
  const column: Vector = [side[0] * Math.cos(up), side[1] * Math.cos(up), Math.sin(up)];
  return axial({ origin: [x, y, z], row, column, spacing: [0.7, 0.4] });
});

test('both ends lie in both slices, however they are tilted', () => {
  fc.assert(
    fc.property(tilted, tilted, (of, onto) => {
      for (const { x, y } of referenceLine(of, onto) ?? []) {
        const { origin, row, column } = onto.plane;
        const point = origin.map(
          (start, i) => start + (row[i] ?? 0) * (x - 0.5) * 0.4 + (column[i] ?? 0) * (y - 0.5) * 0.7,
        );
        const away = point.map((one, i) => one - (of.plane.origin[i] ?? 0)) as unknown as Vector;
        expect(Math.abs(dot(cross(of.plane.row, of.plane.column), away))).toBeLessThan(1e-6);
        const [column1, row1] = [dot(away, of.plane.row) / 0.4 + 0.5, dot(away, of.plane.column) / 0.7 + 0.5];
        expect(Math.min(column1, row1)).toBeGreaterThan(-1e-6);
        expect(column1).toBeLessThan(100 + 1e-6);
        expect(row1).toBeLessThan(80 + 1e-6);
      }
    }),
  );
});
