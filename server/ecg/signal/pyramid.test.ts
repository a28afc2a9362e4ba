import { expect, test } from 'vitest';
import { buildPyramid, finestBin, levelFor, PyramidBuilder, type PyramidLevel, readColumns } from './pyramid.ts';
import { binRanges, decodePyramid, encodePyramid, headerBytes, intsOf, readPyramidHeader } from './pyramid-bytes.ts';
import { seededRandom } from './test-kit/synthetic-leads.ts';

const noise = (length: number, seed: number) => {
  const random = seededRandom(seed);
  return Int32Array.from({ length }, () => Math.round((random() - 0.5) * 4000));
};
const extremes = (units: Int32Array) => [Math.min(...units), Math.max(...units)];

test('every bin of every level holds the extremes of its samples', () => {
  const units = noise(70_001, 1);
  const [levels] = buildPyramid([units]).leads;
  expect(levels?.map((level) => level.min.length)).toEqual([2188, 547]);
  for (const { samplesPerBin, min, max } of levels ?? []) {
    for (const bin of [0, 1, 100, min.length - 1]) {
      const piece = units.subarray(bin * samplesPerBin, (bin + 1) * samplesPerBin);
      expect([min[bin], max[bin]]).toEqual(extremes(piece));
    }
  }
});

test('chunks of any size give the pyramid of the whole', () => {
  const leads = [noise(50_000, 2), noise(50_000, 3)];
  const builder = new PyramidBuilder(2);
  for (let from = 0, size = 1; from < 50_000; from += size, size = (size * 3) % 7919) {
    builder.add(leads.map((units) => units.subarray(from, Math.min(50_000, from + size))));
    if (size === 0) size = 1;
  }
  expect(builder.finish()).toEqual(buildPyramid(leads));
});

test('leads of different lengths are refused', () => {
  expect(() => new PyramidBuilder(2).add([noise(10, 1), noise(11, 1)])).toThrow(RangeError);
  expect(() => new PyramidBuilder(2).add([noise(10, 1)])).toThrow(RangeError);
});

test('a single sample that stands out is seen in the overview of a day', () => {
  const units = new Int32Array(250 * 3600 * 24);
  units[12_345_678] = 3000;
  const levels = buildPyramid([units]).leads[0] ?? [];
  const level = levelFor(levels.length, units.length, 1200);
  const { max } = readColumns(levels[level ?? 0] as PyramidLevel, 0, units.length, 1200);
  expect([...max].filter((unit) => unit === 3000).length).toBeGreaterThanOrEqual(1);
  expect(max[Math.floor((12_345_678 / units.length) * 1200)]).toBe(3000);
});

test('the level fits the columns, and close by the samples themselves are read', () => {
  expect(levelFor(6, 1000 * finestBin, 1000)).toBe(0);
  expect(levelFor(6, 1000 * finestBin * 4, 1000)).toBe(1);
  expect(levelFor(6, 1000 * finestBin * 3.9, 1000)).toBe(0);
  expect(levelFor(2, 1e9, 1000)).toBe(1);
  expect(levelFor(6, 10_000, 1000)).toBeNull();
});

test('columns hold at least the extremes of their samples', () => {
  const units = noise(40_000, 4);
  const level = buildPyramid([units]).leads[0]?.[0] as PyramidLevel;
  const { min, max } = readColumns(level, 5000, 29_000, 300);
  for (const column of [0, 17, 299]) {
    const [low, high] = extremes(units.subarray(5000 + column * 80, 5000 + (column + 1) * 80));
    expect(min[column]).toBeLessThanOrEqual(low ?? 0);
    expect(max[column]).toBeGreaterThanOrEqual(high ?? 0);
  }
});

test('bytes come back as they went, and a piece is read without the rest', () => {
  const pyramid = buildPyramid([noise(90_000, 5), noise(90_000, 6)]);
  const bytes = encodePyramid(pyramid);
  expect(decodePyramid(bytes)).toEqual(pyramid);
  const header = readPyramidHeader(bytes.subarray(0, headerBytes));
  const { max } = binRanges(header, 1, 1, 10, 20);
  expect(intsOf(bytes.subarray(max.offset, max.offset + max.length))).toEqual(pyramid.leads[1]?.[1]?.max.slice(10, 20));
});

test('an empty recording has an empty pyramid', () => {
  expect(decodePyramid(encodePyramid(buildPyramid([])))).toEqual({ sampleCount: 0, leads: [] });
});

test('what is not a pyramid is refused', () => {
  const bytes = encodePyramid(buildPyramid([noise(1000, 7)]));
  for (const broken of [bytes.subarray(0, 10), bytes.subarray(0, bytes.length - 4), new Uint8Array(100)]) {
    expect(() => decodePyramid(broken)).toThrow();
  }
  for (const place of [0, 4, 8, 12, 20]) {
    const forged = bytes.slice();
    forged[place] = 255;
    expect(() => decodePyramid(forged)).toThrow();
  }
});
