import { expect, test } from 'vitest';
import { type ChunkRecord, decodeChunk, encodeRecord } from './recording-chunk.ts';

const records: ChunkRecord[] = [
  {
    kind: 'track',
    track: 3,
    at: 1_795_330_000_000.25,
    described: {
      ...{ id: 'p', seatId: 'a', name: '李医生', source: 'microphone', kind: 'audio', mimeType: 'audio/opus' },
      ...{ clockRate: 48_000, payloadType: 100, sender: 'cname' },
    },
  },
  {
    kind: 'report',
    track: 3,
    at: 1_795_330_000_001,
    report: { ssrc: 7, ntpMs: 1_795_330_000_000.5, rtpTimestamp: 960 },
  },
  { kind: 'packet', track: 3, at: 1_795_330_000_020, packet: new Uint8Array([128, 100, 0, 1]) },
  { kind: 'end', track: 3, at: 1_795_330_000_021 },
];
const chunk = Buffer.concat(records.map(encodeRecord));

test('what was written is read', () => {
  expect([...decodeChunk(chunk)]).toEqual(
    records.map((one) => (one.kind === 'packet' ? { ...one, packet: Buffer.from(one.packet) } : one)),
  );
});

test('a chunk that was cut off gives every whole record', () => {
  for (let length = 0; length < chunk.length; length++)
    expect([...decodeChunk(chunk.subarray(0, length))].length).toBeLessThan(records.length);
});

test('what no node wrote is refused, not waited for', () => {
  const wrong = Buffer.from(chunk);
  wrong[0] = 9;
  expect(() => [...decodeChunk(wrong)]).toThrow('unknown kind');
  const long = Buffer.from(chunk);
  long.writeUInt32BE(0xffffffff, 11);
  expect(() => [...decodeChunk(long)]).toThrow('at most');
});
