import { expect, test } from 'vitest';
import { chances, refusal } from '../xml/test-kit/recorded-trace.ts';
import { compressLzw, limbResiduals, xliChunk } from '../xml/test-kit/write-xli.ts';
import type { XmlSource } from '../xml/xml-source.ts';
import { areDifferences, restoreLimbLeads } from './limb-residuals.ts';
import { expandLzw } from './lzw.ts';
import { readXli } from './xli.ts';

const source: XmlSource = { format: 'philips-xml', warnings: [] };
const samples = (length: number, spread: number, seed = 3) => {
  const chance = chances(seed);
  return Int32Array.from({ length }, () => Math.round((chance() - 0.5) * spread));
};

test('a run of zeros is written as codes that are just being made', () => {
  // Codes 0, 256, 257, 1023: one, two and three zeros, and the end.
  const data = Buffer.from(`0010040${'5ffc'.replace('5', '7')}`, 'hex');
  expect(expandLzw(data, 100)).toEqual({ bytes: new Uint8Array(6) });
});

test.each([0, 1, 2, 1000, 60_000])('LZW of %i bytes comes out as it went in, the full table included', (length) => {
  const bytes = Uint8Array.from(samples(length, 40), (value) => value & 0xff);
  expect(expandLzw(compressLzw(bytes), length)).toEqual({ bytes });
});

test.each([
  ['quiet', 30],
  ['all of 16 bits', 65_534],
])('chunks of %s samples come out as they went in', (_, spread) => {
  const leads = [samples(5500, spread), samples(5500, spread, 9), new Int32Array(5500)];
  const data = Buffer.concat(leads.map(xliChunk));
  expect(readXli(source, data, 3, 5500, 'x')).toEqual(leads);
  // The recorder adds marks behind the samples that it announces, and leads that it does not use.
  expect(readXli(source, data, 2, 5000, 'x')).toEqual(leads.slice(0, 2).map((lead) => lead.slice(0, 5000)));
});

test('limb leads come back from how far they are from sums, beyond 16 bits too', () => {
  const leads = Array.from({ length: 8 }, (_, i) => samples(500, i < 2 ? 65_534 : 4000, i + 1));
  const stored = limbResiduals(leads);
  restoreLimbLeads(stored);
  expect(stored).toEqual(leads);
});

test('differences are told from leads by Einthoven, and where nothing tells, the format decides', () => {
  const leads = [samples(500, 400), samples(500, 400, 5), new Int32Array(500)];
  const raw = [leads[0], leads[1], leads[0]?.map((one, i) => (leads[1]?.[i] ?? 0) - one)].map(
    (one) => one ?? new Int32Array(),
  );
  const flat = [new Int32Array(500), new Int32Array(500), new Int32Array(500)];
  for (const usual of [true, false]) {
    expect(areDifferences(leads, usual)).toBe(true);
    expect(areDifferences(raw, usual)).toBe(false);
    expect(areDifferences(flat, usual)).toBe(usual);
  }
});

test('a chunk that cannot be is refused with its place', () => {
  const data = xliChunk(samples(500, 30));
  const read = (bytes: Buffer) => readXli(source, bytes, 1, 500, 'parsedwaveforms');
  const forged = (length: number) => Buffer.concat([Buffer.from(Int32Array.of(length).buffer), data.subarray(4)]);
  const where = 'parsedwaveforms chunk 1 at byte 0';
  expect(refusal(read, data.subarray(0, 7))).toMatchObject({ where, expected: '1 chunks of XLI', found: '0' });
  expect(refusal(read, forged(-1))).toMatchObject({ where, found: '-1' });
  expect(refusal(read, forged(2 ** 31 - 1))).toMatchObject({ where, found: '2147483647' });
  expect(refusal(read, forged(40).subarray(0, 48))).toMatchObject({ where, expected: '500 samples' });
  // Code 1022 before the table has it.
  const wrong = Buffer.concat([data.subarray(0, 8), Buffer.from('ff80', 'hex'), data.subarray(10)]);
  expect(refusal(read, wrong)).toMatchObject({ where, found: 'another at byte 8' });
});
