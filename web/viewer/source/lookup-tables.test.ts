import { expect, test } from 'vitest';
import { lookUp, lookupTable, toPalette } from './lookup-tables.ts';

const source = (entries: number, first: number, bits: number) => ({
  entries,
  first,
  bits,
  data: { inline: new Uint8Array() },
  explanation: '',
});
const words = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);

test('entries are words, or bytes where there are only so many', () => {
  expect([...lookupTable(source(3, 0, 16), words(1, 300, 65_535), 't').values]).toEqual([1, 300, 65_535]);
  expect([...lookupTable(source(3, 0, 8), Uint8Array.from([1, 2, 3]), 't').values]).toEqual([1, 2, 3]);
});

test('values outside the table take its ends, values inside are counted from the first mapped one', () => {
  const table = lookupTable(source(3, -1, 8), words(10, 20, 30), 't');
  expect([-5, -1, 0, 1, 9].map((value) => lookUp(table, value))).toEqual([10, 10, 20, 30, 30]);
});

test('a table with more bits than it says is believed', () => {
  expect(lookupTable(source(2, 0, 8), words(0, 4095), 't').bits).toBe(12);
});

test('a table that is too short is refused by its tag', () => {
  expect(() => lookupTable(source(3, 0, 16), words(1, 2), '(0028,3010)')).toThrow(/0028,3010/);
});

test('palettes keep the upper half of sixteen bits, unless only the lower half is used', () => {
  const deep = lookupTable(source(2, 5, 16), words(0x1234, 0xff00), 't');
  const shallow = lookupTable(source(2, 5, 16), words(18, 255), 't');
  expect([...toPalette(deep, deep, deep).red]).toEqual([0x12, 0xff]);
  expect(toPalette(shallow, shallow, shallow)).toMatchObject({ first: 5, blue: Uint8Array.from([18, 255]) });
});
