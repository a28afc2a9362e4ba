import type { Part } from './frame.ts';

/** RFC 7741, 4.2: the payload descriptor is taken off. */
export function vp8Payload(payload: Uint8Array): Part | undefined {
  const first = payload[0] ?? 0;
  let at = 1;
  if (first & 0x80) {
    const extended = payload[at] ?? 0;
    at += 1;
    if (extended & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
    if (extended & 0x40) at += 1;
    if (extended & 0x30) at += 1;
  }
  if (at >= payload.length) return undefined;
  return { bytes: payload.subarray(at), isFirst: (first & 0x10) !== 0 && (first & 0x0f) === 0 };
}

/** RFC 6386, 9.1: the lowest bit of a picture is 0 for a key frame. */
export const isVp8Key = ([first]: readonly Part[]): boolean => ((first?.bytes[0] ?? 1) & 1) === 0;
