import { HubError } from '@lianzhen/contracts/errors.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lead, Trace } from '../../trace.ts';
import { looksLikeScp, readScp } from './read-scp.ts';
import { sealRecord } from './test-kit/assemble-record.ts';
import { fullRecords } from './test-kit/full-records.ts';

/** A trace within the bounds that the reader promises, or the one error it may throw. */
function survives(bytes: Buffer): Trace | undefined {
  looksLikeScp(bytes);
  let trace: Trace;
  try {
    trace = readScp(bytes);
  } catch (error) {
    const details = error instanceof HubError && error.code === 'ecg-invalid' ? error.details : undefined;
    const { format, where, offset } = details ?? {};
    if (format === 'scp-ecg' && /^(record|section \d+)/.test(String(where)) && typeof offset === 'number')
      return undefined;
    throw error;
  }
  const broken = Object.entries(promises).find(([, isKept]) => !isKept(trace));
  if (broken) throw new Error(`not kept: ${broken[0]}`);
  return trace;
}

const leadsOf = (trace: Trace, kind: string) =>
  trace.recordings.filter((recording) => recording.kind === kind).flatMap((recording) => recording.leads);
const total = (leads: readonly Lead[]) => leads.reduce((sum, { samples }) => sum + samples.length, 0);

/** What the reader promises whatever the bytes are, so that work and memory have an end. */
const promises: Record<string, (trace: Trace) => boolean> = {
  leads: (trace) => leadsOf(trace, 'rhythm').length <= 64 && leadsOf(trace, 'median').length <= 64,
  samples: (trace) => total(leadsOf(trace, 'rhythm')) <= 2 ** 22,
  'samples of the beat': (trace) => leadsOf(trace, 'median').every(({ samples }) => samples.length <= 2 ** 19),
  gain: (trace) => leadsOf(trace, 'rhythm').every(({ gain }) => gain > 0 && Number.isFinite(gain)),
  time: (trace) =>
    trace.recordings.every(({ samplingFrequency: rate, startMs }) => rate > 0 && Number.isFinite(rate + startMs)),
  warnings: (trace) => trace.warnings.length <= 2000,
  annotations: (trace) => trace.annotations.length <= 256 * 31 + 512 + 255,
  statements: (trace) => trace.statements.length <= 512 && trace.statements.every((line) => line.length <= 64 * 2001),
  measurements: (trace) => Object.values(trace.deviceMeasurements).every(Number.isFinite),
};

describe.each(fullRecords)('%s', (_, record) => {
  test('is read whole, without a warning', () => {
    expect(survives(record)?.warnings).toEqual([]);
  });

  test('cut at every 97th byte, as it is and with its length put right', () => {
    for (let length = 0; length < record.length; length += 97) {
      const cut = Buffer.from(record.subarray(0, length));
      expect(survives(cut)).toBeUndefined();
      if (length >= 6) cut.writeUInt32LE(length, 2);
      survives(cut);
    }
  });

  test('every third byte in turn', () => {
    for (let at = record.length % 3; at < record.length; at += 3) {
      const flipped = Buffer.from(record);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
      // One bit never goes unnoticed.
      const trace = survives(flipped);
      if (trace?.warnings.length === 0) throw new Error(`a bit of byte ${at} changed nothing`);
    }
  });

  test('extreme numbers at each place of the pointers and of the first bytes of each section', () => {
    for (const at of structure(record)) {
      for (const value of [1, 0xffff, 0xffffffff]) {
        const forged = Buffer.from(record);
        if (value > 0xffff) forged.writeUInt32LE(value, Math.min(at, record.length - 4));
        else forged.writeUInt16LE(value, Math.min(at, record.length - 2));
        survives(forged);
      }
    }
  });
});

/** Offsets of section 0 and of the first 40 bytes behind each header: counts, lengths and ranges stand there. */
function structure(record: Buffer): number[] {
  const pointersEnd = 6 + record.readUInt32LE(10);
  const places = Array.from({ length: pointersEnd }, (_, at) => at);
  for (let at = 22; at < pointersEnd; at += 10) {
    const begin = record.readUInt32LE(at + 6) - 1;
    const length = Math.min(56, record.readUInt32LE(at + 2));
    if (begin > 0) places.push(...Array.from({ length }, (_, index) => begin + index));
  }
  return places;
}

/** Forges lengths and counts, flips bytes, cuts; half of the time with checksums that fit again. */
const damaged = fc
  .record({
    record: fc.constantFrom(...fullRecords.map(([, record]) => record)),
    flips: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 8 }),
    words: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2, 0xff, 0x7fff, 0xffff, 0x4e1f)), { maxLength: 4 }),
    longs: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0xffff, 0x7fffffff, 0xffffffff)), { maxLength: 2 }),
    cut: fc.option(fc.nat(), { freq: 4 }),
    isSealed: fc.boolean(),
  })
  .map(({ record, flips, words, longs, cut, isSealed }) => {
    const bytes = Buffer.from(record);
    // Damage falls on what has structure as often as on samples.
    const places = structure(record);
    const place = (at: number, size: number) =>
      Math.min(at % 2 === 0 ? (places[at % places.length] ?? 0) : at % bytes.length, bytes.length - size);
    for (const [at, value] of flips) bytes.writeUInt8(value, place(at, 1));
    for (const [at, value] of words) bytes.writeUInt16LE(value, place(at, 2));
    for (const [at, value] of longs) bytes.writeUInt32LE(value, place(at, 4));
    if (isSealed) return sealRecord(bytes);
    return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });

test('damage of all kinds together', () => {
  fc.assert(
    fc.property(damaged, (bytes) => {
      survives(bytes);
    }),
    { numRuns: 1500, seed: 20_260_304 },
  );
});

test('bytes of chance behind the mark of the format', () => {
  const [, record] = fullRecords[0] ?? ['', Buffer.alloc(0)];
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 3000 }), (bytes) => {
      survives(Buffer.concat([record.subarray(0, 22), bytes]));
      survives(Buffer.from(bytes));
    }),
    { numRuns: 500, seed: 7 },
  );
});
