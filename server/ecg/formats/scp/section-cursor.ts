import { ecgInvalid } from '../../ecg-invalid.ts';

/** Reads little-endian numbers of one section in order. Offsets count from the first byte of the file. */
export interface SectionCursor {
  readonly where: string;
  readonly at: () => number;
  readonly left: () => number;
  /** A view of what is left, which stays to be read. */
  readonly rest: () => Buffer;
  readonly u8: (what: string) => number;
  readonly u16: (what: string) => number;
  readonly i16: (what: string) => number;
  readonly u32: (what: string) => number;
  /** A view of the next `length` bytes. */
  readonly take: (length: number, what: string) => Buffer;
}

/**
 * A cursor over `bytes` from `start` up to and without `end`, which the caller has checked to lie in the file.
 * Whatever would read past `end` throws ecg-invalid with the section, the offset and what was expected there.
 */
export function sectionCursor(bytes: Buffer, start: number, end: number, where: string): SectionCursor {
  let at = start;
  const step = (length: number, what: string): number => {
    if (length > end - at) {
      const expected = `${what} (${length} bytes)`;
      throw scpInvalid(where, expected, `${end - at} bytes before the end of the section`, at);
    }
    const from = at;
    at += length;
    return from;
  };
  return {
    where,
    at: () => at,
    left: () => end - at,
    rest: () => bytes.subarray(at, end),
    u8: (what) => bytes.readUInt8(step(1, what)),
    u16: (what) => bytes.readUInt16LE(step(2, what)),
    i16: (what) => bytes.readInt16LE(step(2, what)),
    u32: (what) => bytes.readUInt32LE(step(4, what)),
    take: (length, what) => {
      const from = step(length, what);
      return bytes.subarray(from, from + length);
    },
  };
}

/** ecg-invalid of this format. */
export function scpInvalid(where: string, expected: string, found: string, offset: number) {
  return ecgInvalid({ format: 'scp-ecg', where, expected, found, offset });
}
