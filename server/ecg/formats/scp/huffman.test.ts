import { HubError } from '@lianzhen/contracts/errors.ts';
import { expect, test } from 'vitest';
import { integrate } from './differences.ts';
import { decodeHuffman } from './huffman-decode.ts';
import { buildTable, defaultTable, readHuffmanTables } from './huffman-table.ts';
import { sectionCursor } from './section-cursor.ts';
import { u8, u16 } from './test-kit/byte-parts.ts';
import { code, encodeDefault, encodeWith, packBits, tablesSection } from './test-kit/huffman-encode.ts';

const lead = (bytes: Buffer) => ({ bytes, offset: 100, where: 'section 6 I' });
const read = (bytes: Buffer) => readHuffmanTables(sectionCursor(bytes, 0, bytes.length, 'section 2'));
const detailsOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof HubError && error.code === 'ecg-invalid') return error.details;
    throw error;
  }
  throw new Error('nothing was thrown');
};

test('the example of EN 1064, annex C: second differences in the default table', () => {
  const bytes = Buffer.from('ff837fe0e6f1536559b65b964b9600', 'hex');
  const [values] = decodeHuffman(lead(bytes), 28, [defaultTable]);
  expect([...integrate(values, 2, 'section 6 I', 0)]).toEqual([
    13, 14, 15, 14, 16, 18, 19, 20, 22, 22, 23, 23, 23, 22, 22, 20, 17, 15, 12, 8, 6, 3, 1, 0, -2, -2, -3, -3,
  ]);
});

test('values of 16 bits come back from the default table, all of those near to 0', () => {
  const far = Array.from({ length: 2 ** 16 / 37 }, (_, index) => 37 * index - 32_768);
  const values = [...far, 32_767, ...Array.from({ length: 600 }, (_, index) => index - 300)];
  const bytes = encodeDefault(values);
  const [decoded, used] = decodeHuffman(lead(bytes), values.length, [defaultTable]);
  expect([...decoded]).toEqual(values);
  expect(used).toBe(bytes.length);
});

const quiet = [code('0', 0), code('10', 1), code('110', -1), code('111', 2, { isSwitch: true })];
const loud = [code('0', 0, { extra: 12 }), code('1', 1, { isSwitch: true })];

test('tables of a record are read, and codes switch from one to the other and back', () => {
  const values = [0, 1, -1, 700, -2048, 5, 0, 1, 1];
  const tables = read(tablesSection([quiet, loud])) ?? [];
  expect(tables.map(({ codes }) => codes)).toEqual([quiet, loud]);
  expect(read(tablesSection([quiet, loud], true))).toEqual(tables);
  const bytes = encodeWith([quiet, loud], values);
  expect([...decodeHuffman(lead(bytes), values.length, tables)[0]]).toEqual(values);
});

test('a switch may name the default table', () => {
  const tables = read(tablesSection([[code('0', 0), code('1', 19999, { isSwitch: true })]])) ?? [];
  const bytes = packBits('0' + '1' + '100' + '1010');
  expect([...decodeHuffman(lead(bytes), 2, tables)[0]]).toEqual([0, 1]);
});

test('no tables mean samples that are not coded', () => {
  expect(readHuffmanTables(undefined)).toBeUndefined();
  expect(read(u16(0))).toBeUndefined();
});

test.each([
  ['one prefix begins with another', [code('0', 0), code('01', 1)], 'prefixes of which none begins with another'],
  ['the same prefix twice', [code('10', 0), code('10', 1)], 'prefixes of which none begins with another'],
  ['a base value before a value', [code('0', 5, { extra: 8 })], 'base value 0 before a value'],
  ['too many bits of value', [code('0', 0, { extra: 40 })], '1 to 32 bits and at most 24 behind them'],
])('%s is refused', (_, codes, expected) => {
  expect(detailsOf(() => read(tablesSection([codes])))).toMatchObject({ format: 'scp-ecg', expected });
});

test('forged counts of tables and codes are refused where they stand', () => {
  expect(detailsOf(() => read(u16(7)))).toMatchObject({ where: 'section 2', offset: 2 });
  expect(detailsOf(() => read(u16(1, 65_535)))).toMatchObject({ expected: '1 to 4096 codes in the tables', offset: 2 });
  expect(detailsOf(() => read(u16(1, 0)))).toMatchObject({ found: '0 in table 1' });
});

test('data that end early, know no such code or no such table are refused', () => {
  expect(detailsOf(() => decodeHuffman(lead(u8(0)), 9, [defaultTable]))).toMatchObject({ found: '1 bytes' });
  expect(detailsOf(() => decodeHuffman(lead(u8(0xff, 0xc0)), 2, [defaultTable]))).toMatchObject({
    where: 'section 6 I',
    expected: '2 samples',
    found: '0 before the end of the data',
    offset: 102,
  });
  const partial = buildTable([code('00', 1)], 'section 2', 0);
  expect(detailsOf(() => decodeHuffman(lead(u8(0x40)), 1, [partial]))).toMatchObject({ offset: 100 });
  const leaving = buildTable([code('0', 3, { isSwitch: true })], 'section 2', 0);
  expect(detailsOf(() => decodeHuffman(lead(u8(0)), 1, [leaving]))).toMatchObject({ found: 'table 3' });
});

test('switching in circles ends with the data', () => {
  const circle = [buildTable([code('0', 1, { isSwitch: true })], 'section 2', 0)];
  expect(detailsOf(() => decodeHuffman(lead(Buffer.alloc(1000)), 1, circle))).toMatchObject({ offset: 1100 });
});

test('sums of differences stay within 24 bits', () => {
  const values = Int32Array.from({ length: 1000 }, () => 32_767);
  expect(detailsOf(() => integrate(values, 2, 'section 6 I', 7))).toMatchObject({ where: 'section 6 I', offset: 7 });
});
