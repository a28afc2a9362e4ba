import {
  type ChunkRecord,
  decodeChunk,
  type RecordedTrack,
  type SenderReport,
} from '@lianzhen/contracts/recording-chunk.ts';

/** An RTP packet without its header (RFC 3550, 5.1). */
export interface Packet {
  /** Sixteen bits, as sent. */
  sequence: number;
  timestamp: number;
  isLast: boolean;
  payload: Uint8Array;
  /** When it came, milliseconds since 1970. */
  at: number;
}
export interface TrackEvents {
  described: RecordedTrack;
  packet?: Packet;
  report?: { at: number; report: SenderReport };
}

/** Reads the records of chunks, one behind the other. A record of a stream that no chunk describes is left out. */
export async function* readTracks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TrackEvents> {
  for await (const chunk of chunks) {
    const open = new Map<number, RecordedTrack>();
    for (const record of decodeChunk(chunk)) {
      if (record.kind === 'track') open.set(record.track, record.described);
      const described = open.get(record.track);
      if (described) yield eventOf(described, record);
    }
  }
}

function eventOf(described: RecordedTrack, record: ChunkRecord): TrackEvents {
  if (record.kind === 'report') return { described, report: { at: record.at, report: record.report } };
  if (record.kind !== 'packet') return { described };
  const packet = readPacket(record.packet, record.at);
  return packet && packet.payload.length > 0 ? { described, packet } : { described };
}

/** @returns undefined for what is no RTP */
export function readPacket(bytes: Uint8Array, at: number): Packet | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return undefined;
  let from = 12 + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (from + 4 > bytes.length) return undefined;
    from += 4 + view.getUint16(from + 2) * 4;
  }
  const padding = first & 0x20 ? view.getUint8(bytes.length - 1) : 0;
  const until = bytes.length - padding;
  if (from > until) return undefined;
  return {
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    isLast: (view.getUint8(1) & 0x80) !== 0,
    payload: bytes.subarray(from, until),
    at,
  };
}

/** Follows a counter of so many bits over its end. */
export function unwrapper(bits: number): (value: number) => number {
  const range = 2 ** bits;
  let last: number | undefined;
  return (value) => {
    if (last === undefined) {
      last = value;
      return value;
    }
    const step = (((value - last) % range) + range) % range;
    last += step < range / 2 ? step : step - range;
    return last;
  };
}
