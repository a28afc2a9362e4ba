/** Bytes of one number, by value representation; also the unit that changes its order with the byte order (PS3.5 6.2 and 7.3). */
const WORD_BYTES: Readonly<Record<string, number>> = {
  AT: 2,
  FD: 8,
  FL: 4,
  OD: 8,
  OF: 4,
  OL: 4,
  OV: 8,
  OW: 2,
  SL: 4,
  SS: 2,
  SV: 8,
  UL: 4,
  US: 2,
  UV: 8,
};

const BINARY = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const NUMBERS = new Set(['FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV']);
const LONG_HEADER = new Set([...BINARY, 'SQ', 'SV', 'UC', 'UR', 'UT', 'UV']);
const CHARSET_TEXT = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const SINGLE_TEXT = new Set(['LT', 'ST', 'UR', 'UT']);
const ASCII_TEXT = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);

const KNOWN = new Set([...LONG_HEADER, ...NUMBERS, ...CHARSET_TEXT, ...ASCII_TEXT, 'AT']);

/** Known representations by their two header bytes, so that reading an element makes no string. */
const BY_CODE = new Map<number, string>([...KNOWN].map((vr) => [(vr.charCodeAt(0) << 8) | vr.charCodeAt(1), vr]));

export function vrOfBytes(first: number, second: number): string | undefined {
  return BY_CODE.get((first << 8) | second);
}

export const isKnownVr = (vr: string): boolean => KNOWN.has(vr);
/** True for the explicit-VR header of 12 bytes: two reserved bytes and a 32-bit length (PS3.5 Table 7.1-1). */
export const hasLongHeader = (vr: string): boolean => LONG_HEADER.has(vr);
/** True where (0008,0005) governs the bytes (PS3.5 6.1.2.2). */
export const isCharsetText = (vr: string): boolean => CHARSET_TEXT.has(vr);
/** True where a backslash is an ordinary character and the value stands alone (PS3.5 6.2). */
export const isSingleText = (vr: string): boolean => SINGLE_TEXT.has(vr);
export const isText = (vr: string): boolean => CHARSET_TEXT.has(vr) || ASCII_TEXT.has(vr);
export const isBinary = (vr: string): boolean => BINARY.has(vr);
export const isNumber = (vr: string): boolean => NUMBERS.has(vr);

/** Bytes per word of a value representation: 1 where byte order does not matter. */
export function wordBytes(vr: string): number {
  return WORD_BYTES[vr] ?? 1;
}
