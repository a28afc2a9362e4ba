import type { Frame } from './frame.ts';

/** As much of Matroska (RFC 9559) as one stream with times in milliseconds needs. */
const ids = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

const codecIds: Record<string, string> = {
  'audio/opus': 'A_OPUS',
  'video/vp8': 'V_VP8',
  'video/vp9': 'V_VP9',
  'video/h264': 'V_MPEG4/ISO/AVC',
};

function element(id: number, ...bodies: Uint8Array[]): Buffer {
  const length = bodies.reduce((sum, body) => sum + body.length, 0);
  return Buffer.concat([idBytes(id), sizeBytes(length), ...bodies]);
}
function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}
/** Always eight bytes: a size that is a little longer than it must be is valid (RFC 8794, 4). */
function sizeBytes(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size) | (1n << 56n));
  return bytes;
}
const unknownSize = Buffer.from('01ffffffffffffff', 'hex');
function integer(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
function float(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** RFC 7845, 5.1: two channels, nothing to skip, 48 kHz. */
const opusHead = Buffer.from('4f7075734865616401020000' + '80bb0000' + '0000' + '00', 'hex');

/** The beginning of a file with one stream. @throws for what is in no container of ours */
export function matroskaHead(mimeType: string): Buffer {
  const codec = codecIds[mimeType.toLowerCase()];
  if (!codec) throw new Error(`${mimeType} is in no file of ours`);
  const isAudio = mimeType.startsWith('audio/');
  const media = isAudio
    ? [
        element(ids.codecPrivate, opusHead),
        element(ids.audio, element(ids.samplingFrequency, float(48_000)), element(ids.channels, integer(2))),
      ]
    : // Of no effect: every picture brings its own size.
      [element(ids.video, element(ids.pixelWidth, integer(640)), element(ids.pixelHeight, integer(360)))];
  return Buffer.concat([
    element(
      ids.ebml,
      element(ids.docType, Buffer.from('matroska')),
      element(ids.docTypeVersion, integer(4)),
      element(ids.docTypeReadVersion, integer(2)),
    ),
    idBytes(ids.segment),
    unknownSize,
    element(
      ids.info,
      element(ids.timestampScale, integer(1_000_000)),
      element(ids.muxingApp, Buffer.from('lianzhen')),
      element(ids.writingApp, Buffer.from('lianzhen')),
    ),
    element(
      ids.tracks,
      element(
        ids.trackEntry,
        element(ids.trackNumber, integer(1)),
        element(ids.trackUid, integer(1)),
        element(ids.trackType, integer(isAudio ? 2 : 1)),
        element(ids.codecId, Buffer.from(codec)),
        ...media,
      ),
    ),
  ]);
}

/** One frame in a cluster of its own: larger by twenty bytes, and no frame needs another one to be placed in time. */
export function matroskaFrame({ timeMs, isKey, bytes }: Frame): Buffer {
  const head = Buffer.from([0x81, 0, 0, isKey ? 0x80 : 0]);
  return element(
    ids.cluster,
    element(ids.timestamp, integer(Math.max(0, Math.round(timeMs)))),
    element(ids.simpleBlock, head, bytes),
  );
}
