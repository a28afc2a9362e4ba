import fc from 'fast-check';
import { expect, test } from 'vitest';
import { h264Units } from './h264.ts';
import type { Placed } from './reorder.ts';
import { videoFrames } from './video-frames.ts';
import { isVp9Key, vp9Payload } from './vp9.ts';

type Sent = { number: number; timestamp: number; isLast: boolean; payload: Uint8Array };
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');
function framesOf(mimeType: string, packets: readonly Sent[]) {
  const frames = videoFrames(mimeType);
  return packets.flatMap((packet) => {
    const placed: Placed = { ...packet, sequence: packet.number & 0xffff, at: 0, timeMs: packet.timestamp / 90 };
    return frames?.push(placed) ?? [];
  });
}
const sent = (payloads: readonly (readonly [timestamp: number, isLast: boolean, payload: string])[]): Sent[] =>
  payloads.map(([timestamp, isLast, payload], number) => ({ number, timestamp, isLast, payload: hex(payload) }));
const without = (packets: readonly Sent[], ...numbers: number[]) =>
  packets.filter(({ number }) => !numbers.includes(number));

// Two parameter sets in one aggregate, an IDR picture in two fragments, and one that builds on it.
const h264 = sent([
  [0, false, '78 0003 67aabb 0002 68cc'],
  [0, false, '7c 85 8811'],
  [0, true, '7c 45 2233'],
  [3000, true, '41 9a44'],
]);
const idr = '00000001 67aabb 00000001 68cc 00000001 65 8811 2233';
const bytesOf = (frames: readonly { bytes: Uint8Array }[]) =>
  frames.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
const plain = (text: string) => text.replaceAll(' ', '');

test('H.264: aggregates and fragments become a byte stream', () => {
  const frames = framesOf('video/H264', h264);
  expect(bytesOf(frames)).toEqual([plain(idr), plain('00000001 419a44')]);
  expect(frames.map(({ isKey }) => isKey)).toEqual([true, false]);
});

test('H.264: what lost a packet is left out with all that builds on it, until the next key frame', () => {
  const again = h264.map((packet) => ({ ...packet, number: packet.number + 4, timestamp: packet.timestamp + 6000 }));
  const both = [...h264, ...again];
  expect(framesOf('video/H264', without(both, 1))).toHaveLength(2);
  expect(framesOf('video/H264', without(both, 2))).toHaveLength(2);
  // The parameters of before are still good.
  expect(bytesOf(framesOf('video/H264', without(both, 4)))).toContain(plain('00000001 65 8811 2233'));
  // Of a picture of two slices the second alone is no picture.
  const slices = sent([
    [0, false, '65 8801'],
    [0, true, '65 4401'],
    [3000, true, '41 9a44'],
  ]);
  expect(framesOf('video/H264', slices)).toHaveLength(2);
  expect(framesOf('video/H264', without(slices, 0))).toEqual([]);
});

test('VP9: a key frame is told by its bits, in every profile', () => {
  const keyOf = (head: number) => isVp9Key([{ bytes: Uint8Array.of(head), isFirst: true }]);
  // marker 10, profile, [0], shown again, not key
  expect([0x82, 0x92, 0xa2, 0xb1].map(keyOf)).toEqual([true, true, true, true]);
  expect([0x86, 0x8a, 0xb2, 0xb4, 0x42, 0x00].map(keyOf)).toEqual([false, false, false, false, false, false]);
});

test('VP9: layers of one picture are one frame, which begins with the lowest', () => {
  // I P L F B E V Z; picture id of 15 bits; TID U SID D; TL0PICIDX
  const layers = sent([
    [0, false, 'ac 8001 00 07 82aa'],
    [0, false, 'ac 8001 03 07 86bb'],
    [0, true, 'ac 8001 05 07 86cc'],
    [3000, false, 'ec 8002 40 07 86dd'],
    [3000, true, 'ec 8002 45 07 86ee'],
    // Above it there was nothing to be sent below.
    [6000, true, 'ec 8003 54 07 86ff'],
  ]);
  expect(bytesOf(framesOf('video/VP9', layers))).toEqual(['82aa86bb86cc', '86dd86ee', '86ff']);
  expect(framesOf('video/VP9', without(layers, 0))).toEqual([]);
  expect(framesOf('video/VP9', without(layers, 1))).toEqual([]);
});

test('VP9: the structure of the layers is passed over', () => {
  // N_S 2, Y, G: sizes of two layers, one group with one reference
  expect(vp9Payload(hex('8a 01 38 0280 01e0 0500 03c0 01 04 01 82aa'))).toEqual({ bytes: hex('82aa'), isFirst: true });
});

test('whatever a browser sends, nothing is thrown and nothing is made larger than it came', () => {
  const packet = fc.record({
    number: fc.nat(30),
    timestamp: fc.nat(6),
    isLast: fc.boolean(),
    payload: fc.uint8Array({ minLength: 1, maxLength: 24 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom('video/VP8', 'video/VP9', 'video/H264'),
      fc.array(packet, { maxLength: 30 }),
      (mime, all) => {
        const packets = all.toSorted((a, b) => a.number - b.number);
        const bytes = framesOf(mime, packets).reduce((sum, frame) => sum + frame.bytes.length, 0);
        const came = packets.reduce((sum, { payload }) => sum + payload.length, 0);
        // A unit of two bytes gets a start code of four, and each fragment of an aggregate may be empty.
        expect(bytes).toBeLessThanOrEqual(came * 4);
      },
    ),
    { numRuns: 500 },
  );
  expect(h264Units([{ bytes: hex('78 ffff 00'), isFirst: true }])).toEqual([hex('00')]);
});
