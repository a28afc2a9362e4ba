import { z } from 'zod';
import { Source } from './room-signals.ts';

/**
 * What a media node writes while a room is recorded, and a worker reads: records one behind the other, big-endian.
 * `kind u8, track u16, at f64 (ms since 1970, the node's clock), length u32, bytes`.
 */
const kinds = { track: 1, packet: 2, report: 3, end: 4 } as const;
const headBytes = 15;
/** No RTP packet is longer than an Ethernet frame; a track's description is JSON of some hundred bytes. */
const longestRecord = 16_384;

/** One stream of one person. Every chunk begins with those that are open, so that it can be read without the ones before. */
export const RecordedTrack = z.object({
  /** The producer's. Numbers of tracks begin again with every life of a room. */
  id: z.string().max(80),
  seatId: z.string().max(80),
  name: z.string().max(200),
  source: Source,
  kind: z.enum(['audio', 'video']),
  mimeType: z.string().max(40),
  clockRate: z.number().int().positive(),
  payloadType: z.number().int(),
  /** RTCP's name of the sender (RFC 3550, 6.5.1): streams with the same one share a clock. */
  sender: z.string().max(200),
});
export type RecordedTrack = z.infer<typeof RecordedTrack>;

/** A sender report (RFC 3550, 6.4.1): the sender's wall clock and the timestamp of the same moment. */
export const SenderReport = z.object({ ssrc: z.number(), ntpMs: z.number(), rtpTimestamp: z.number() });
export type SenderReport = z.infer<typeof SenderReport>;

export type ChunkRecord = { track: number; at: number } & (
  | { kind: 'track'; described: RecordedTrack }
  | { kind: 'packet'; packet: Uint8Array }
  | { kind: 'report'; report: SenderReport }
  | { kind: 'end' }
);

export function encodeRecord(record: ChunkRecord): Uint8Array {
  const body = bodyOf(record);
  const bytes = new Uint8Array(headBytes + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kinds[record.kind]);
  view.setUint16(1, record.track);
  view.setFloat64(3, record.at);
  view.setUint32(11, body.length);
  bytes.set(body, headBytes);
  return bytes;
}

function bodyOf(record: ChunkRecord): Uint8Array {
  if (record.kind === 'packet') return record.packet;
  if (record.kind === 'end') return new Uint8Array(0);
  return new TextEncoder().encode(JSON.stringify(record.kind === 'track' ? record.described : record.report));
}

/**
 * Reads a chunk. What was cut off at its end is left out: a node that is killed writes no half records into a blob, but a
 * reader must not depend on that.
 * @throws where a record is of no known kind or longer than any can be
 */
export function* decodeChunk(chunk: Uint8Array): Generator<ChunkRecord> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  for (let from = 0; from + headBytes <= chunk.length; ) {
    const kind = view.getUint8(from);
    const track = view.getUint16(from + 1);
    const at = view.getFloat64(from + 3);
    const length = view.getUint32(from + 11);
    if (length > longestRecord) throw new Error(`a record of ${length} bytes at ${from}: at most ${longestRecord}`);
    const until = from + headBytes + length;
    if (until > chunk.length) return;
    yield recordOf(kind, track, at, chunk.subarray(from + headBytes, until));
    from = until;
  }
}

function recordOf(kind: number, track: number, at: number, body: Uint8Array): ChunkRecord {
  const json = (): unknown => JSON.parse(new TextDecoder().decode(body));
  if (kind === kinds.packet) return { kind: 'packet', track, at, packet: body };
  if (kind === kinds.track) return { kind: 'track', track, at, described: RecordedTrack.parse(json()) };
  if (kind === kinds.report) return { kind: 'report', track, at, report: SenderReport.parse(json()) };
  if (kind === kinds.end) return { kind: 'end', track, at };
  throw new Error(`a record of the unknown kind ${kind}`);
}
