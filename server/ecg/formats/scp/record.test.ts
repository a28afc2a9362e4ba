import { HubError } from '@lianzhen/contracts/errors.ts';
import { expect, test } from 'vitest';
import { readScp } from './read-scp.ts';
import { sealRecord } from './test-kit/assemble-record.ts';
import { u8 } from './test-kit/byte-parts.ts';
import { ecgLeads } from './test-kit/heart.ts';
import { writeScp } from './test-kit/write-scp.ts';

const record = writeScp({ leads: ecgLeads({ count: 300, codes: ['I', 'II', 'V1'] }) });
const pointerOf = (id: number) => 22 + 10 * id;
const placeOf = (bytes: Buffer, id: number) => bytes.readUInt32LE(pointerOf(id) + 6) - 1;
const lengthOf = (bytes: Buffer, id: number) => bytes.readUInt32LE(pointerOf(id) + 2);
const changed = (change: (bytes: Buffer) => void): Buffer => {
  const copy = Buffer.from(record);
  change(copy);
  return copy;
};
const detailsOf = (bytes: Buffer) => {
  try {
    readScp(bytes);
  } catch (error) {
    if (error instanceof HubError && error.code === 'ecg-invalid') return error.details;
    throw error;
  }
  throw new Error('nothing was thrown');
};

test('a wrong checksum is said of the section that has it and of the record, and the trace is still shown', () => {
  const trace = readScp(changed((bytes) => bytes.writeUInt8(0xab, placeOf(bytes, 6))));
  expect(trace.warnings).toEqual([
    { code: 'crc-wrong', where: 'record' },
    { code: 'crc-wrong', where: 'section 6' },
  ]);
  expect(trace.recordings[0]?.leads).toHaveLength(3);
});

test('a changed sample is noticed by its checksums', () => {
  const trace = readScp(
    changed((bytes) => bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40)),
  );
  expect(trace.warnings.map(({ where }) => where)).toContain('section 6');
});

test('a record that was cut says how many bytes are missing', () => {
  expect(detailsOf(record.subarray(0, record.length - 1))).toEqual({
    format: 'scp-ecg',
    where: 'record',
    expected: `${record.length} bytes`,
    found: `${record.length - 1} bytes`,
    offset: 2,
  });
});

test('bytes behind the record are left alone with a warning', () => {
  const trace = readScp(Buffer.concat([record, u8(1, 2, 3)]));
  expect(trace.warnings).toMatchObject([{ code: 'length-wrong', where: 'record' }]);
});

test('a section outside of the file, under a wrong number, or pointed at twice is refused', () => {
  const at = pointerOf(6);
  expect(detailsOf(changed((bytes) => bytes.writeUInt32LE(bytes.length, at + 6)))).toMatchObject({
    where: 'section 0',
    offset: at,
  });
  expect(detailsOf(changed((bytes) => bytes.writeUInt32LE(0, at + 6)))).toMatchObject({ where: 'section 0' });
  const third = placeOf(record, 3) + 1;
  expect(detailsOf(changed((bytes) => bytes.writeUInt32LE(third, at + 6)))).toMatchObject({
    where: 'section 6',
    expected: 'the header of section 6',
  });
  expect(detailsOf(changed((bytes) => bytes.writeUInt16LE(3, at)))).toMatchObject({ found: '3 again', offset: at });
});

test('two lengths of one section that differ are a warning', () => {
  const bytes = changed((copy) => copy.writeUInt32LE(lengthOf(copy, 1) - 1, pointerOf(1) + 2));
  expect(readScp(sealRecord(bytes)).warnings).toContainEqual({
    code: 'length-wrong',
    where: 'section 1',
    detail: `${lengthOf(record, 1) - 1} bytes in section 0, ${lengthOf(record, 1)} in its header`,
  });
});

test.each([3, 6])('without section %i there is nothing to draw', (id) => {
  const bytes = changed((copy) => copy.writeUInt32LE(0, pointerOf(id) + 2));
  expect(detailsOf(bytes)).toMatchObject({ where: `section ${id}`, found: 'no section' });
});

test('lead counts and samples are bounded', () => {
  const third = placeOf(record, 3) + 16;
  const withCount = (count: number) => changed((bytes) => bytes.writeUInt8(count, third));
  expect(detailsOf(withCount(0))).toMatchObject({
    where: 'section 3',
    expected: '1 to 64 leads',
    found: '0',
    offset: third,
  });
  expect(detailsOf(withCount(65))).toMatchObject({ found: '65' });
  // More leads than the section has room for.
  expect(detailsOf(withCount(64))).toMatchObject({ where: 'section 3', expected: 'first sample (4 bytes)' });
  const ending = (last: number) => changed((bytes) => bytes.writeUInt32LE(last, third + 6));
  expect(detailsOf(ending(0))).toMatchObject({ expected: 'I to end after sample 1', offset: third + 2 });
  expect(detailsOf(ending(0xffffffff))).toMatchObject({ expected: 'at most 4194304 samples in all' });
  expect(detailsOf(ending(301 + 5000))).toMatchObject({ where: 'section 6 I' });
});

test('an unknown lead keeps its number and its curve', () => {
  const trace = readScp(sealRecord(changed((bytes) => bytes.writeUInt8(200, placeOf(bytes, 3) + 16 + 10))));
  expect(trace.recordings[0]?.leads[0]?.code).toBe('lead 200');
  expect(trace.warnings).toEqual([{ code: 'lead-unknown', where: 'section 3', detail: 'lead code 200' }]);
});

test.each([
  [0, 0, 'nanovolts per unit above 0'],
  [2, 0, 'microseconds between samples above 0'],
  [4, 3, 'differences of order 0, 1 or 2'],
  [5, 2, 'bimodal compression 0 or 1'],
])('byte %i of section 6 as %i is refused', (byte, value, expected) => {
  const at = placeOf(record, 6) + 16 + byte;
  const bytes = changed((copy) => (byte < 4 ? copy.writeUInt16LE(value, at) : copy.writeUInt8(value, at)));
  expect(detailsOf(bytes)).toMatchObject({ where: 'section 6', expected, offset: at });
});

test('data lengths beyond the section are refused with their lead', () => {
  const at = placeOf(record, 6) + 16 + 6 + 2;
  expect(detailsOf(changed((bytes) => bytes.writeUInt16LE(0xffff, at)))).toMatchObject({
    where: 'section 6',
    expected: 'data of II (65535 bytes)',
  });
});

test('sections of later versions are named, those of manufacturers are not', () => {
  const leads = ecgLeads({ count: 50 });
  const sections = new Map([9, 12, 200].map((id) => [id, u8(1, 2, 3, 4)] as const));
  expect(readScp(writeScp({ leads, sections })).warnings).toEqual([{ code: 'section-skipped', where: 'section 12' }]);
});
