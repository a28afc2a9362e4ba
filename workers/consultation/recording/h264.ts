import type { Part } from './frame.ts';

const types = { slice: 1, idr: 5, sps: 7, stapA: 24, fuA: 28 } as const;

/** RFC 6184, 5.6 to 5.8: single units, aggregates and fragments become units with their lengths before them. */
export function h264Units(parts: readonly Part[]): Uint8Array[] {
  const units: Uint8Array[] = [];
  let fragments: Uint8Array[] = [];
  for (const { bytes } of parts) {
    const type = (bytes[0] ?? 0) & 0x1f;
    if (type === types.fuA) {
      const header = bytes[1] ?? 0;
      if (header & 0x80) fragments = [Uint8Array.of(((bytes[0] ?? 0) & 0xe0) | (header & 0x1f))];
      // What has no beginning is of no use to anybody.
      if (fragments.length > 0) fragments.push(bytes.subarray(2));
      if (header & 0x40 && fragments.length > 0) units.push(Buffer.concat(fragments.splice(0)));
    } else if (type === types.stapA) units.push(...aggregated(bytes));
    else if (type > 0 && type < types.stapA) units.push(bytes);
  }
  return units;
}

function aggregated(bytes: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  for (let at = 1; at + 2 <= bytes.length; ) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    units.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return units;
}

const startCode = Uint8Array.of(0, 0, 0, 1);
/** As a byte stream (ITU-T H.264, Annex B), which decoders take from a container that describes nothing of it. */
export const h264Picture = (parts: readonly Part[]): Uint8Array =>
  Buffer.concat(h264Units(parts).flatMap((unit) => [startCode, unit]));

const typeOf = (unit: Uint8Array): number => (unit[0] ?? 0) & 0x1f;

/**
 * Whether a picture begins with its first macroblock: RFC 6184 marks the last packet of a picture, not the first. The number
 * of the first macroblock is a slice's first word, and the bit 1 is 0 in that code (ITU-T H.264, 7.3.3 and 9.1).
 */
export function isH264Whole(parts: readonly Part[]): boolean {
  const first = h264Units(parts).find((unit) => typeOf(unit) >= types.slice && typeOf(unit) <= types.idr);
  return first !== undefined && ((first[1] ?? 0) & 0x80) !== 0;
}

/** An IDR picture; its parameters may have come with the one before. */
export const isH264Key = (parts: readonly Part[]): boolean =>
  h264Units(parts).some((unit) => typeOf(unit) === types.idr);
