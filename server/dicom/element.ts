import { vrOf } from './dictionary.ts';
import { hasLongHeader, vrOfBytes } from './vr.ts';

/** How elements are written: the part of a transfer syntax that parsing depends on (PS3.5 7.1). */
export interface Encoding {
  readonly isExplicit: boolean;
  readonly isBigEndian: boolean;
}

export const IMPLICIT_LITTLE: Encoding = { isExplicit: false, isBigEndian: false };

export const UNDEFINED_LENGTH = 0xffffffff;
export const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;
export const PIXEL_DATA = 0x7fe00010;

/** One element's header. One object is filled again and again, so that a walk over an object makes no garbage. */
export interface ElementHeader {
  /** group * 65536 + element */
  tag: number;
  vr: string;
  /** Bytes of the value, or `UNDEFINED_LENGTH`. */
  length: number;
  /** Bytes from the tag to the value: 8 or 12. */
  headerBytes: number;
  /** Set where the two bytes of the representation were not one. */
  oddity: 'vr-unknown' | 'vr-missing' | undefined;
}

export const emptyHeader = (): ElementHeader => ({ tag: 0, vr: 'UN', length: 0, headerBytes: 8, oddity: undefined });

const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/**
 * Reads the header at `at` into `header`.
 * @param end first byte that must not be read
 * @returns false when `end` comes before the header is complete: 8 bytes, or 12 for the long form
 */
export function parseElementHeader(
  bytes: Buffer,
  at: number,
  end: number,
  encoding: Encoding,
  header: ElementHeader,
): boolean {
  if (end - at < 8) return false;
  const { isBigEndian } = encoding;
  const group = isBigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  const element = isBigEndian ? bytes.readUInt16BE(at + 2) : bytes.readUInt16LE(at + 2);
  header.tag = group * 65536 + element;
  header.oddity = undefined;
  header.headerBytes = 8;
  if (!encoding.isExplicit || group === 0xfffe) {
    header.vr = group === 0xfffe ? 'UN' : vrOf(header.tag);
    header.length = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    return true;
  }
  return parseExplicit(bytes, at, end, isBigEndian, header);
}

function parseExplicit(bytes: Buffer, at: number, end: number, isBigEndian: boolean, header: ElementHeader): boolean {
  const first = bytes.readUInt8(at + 4);
  const second = bytes.readUInt8(at + 5);
  const vr = vrOfBytes(first, second);
  header.vr = vr ?? 'UN';
  if (!vr && !(isCapital(first) && isCapital(second))) {
    // Some writers drop the representation of single elements: then the four bytes are the length, as in implicit VR.
    header.oddity = 'vr-missing';
    header.vr = vrOf(header.tag);
    header.length = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    return true;
  }
  const short = isBigEndian ? bytes.readUInt16BE(at + 6) : bytes.readUInt16LE(at + 6);
  if (!vr) header.oddity = 'vr-unknown';
  // PS3.5 7.1.2: every representation that is added to the standard has the long form, whose two bytes here are zero.
  if (vr ? !hasLongHeader(vr) : short !== 0) {
    header.length = short;
    return true;
  }
  if (end - at < 12) return false;
  header.headerBytes = 12;
  header.length = isBigEndian ? bytes.readUInt32BE(at + 8) : bytes.readUInt32LE(at + 8);
  return true;
}

/**
 * Which encoding the first element really has. Some devices send explicit VR where implicit was agreed and the other
 * way round; the representation's letters tell.
 */
export function encodingOfFirstElement(bytes: Buffer, at: number, declared: Encoding): Encoding {
  if (bytes.length - at < 8 || declared.isBigEndian) return declared;
  const vr = vrOfBytes(bytes.readUInt8(at + 4), bytes.readUInt8(at + 5));
  if (!declared.isExplicit && vr) return { isExplicit: true, isBigEndian: false };
  const isShortImplicit = !vr && bytes.readUInt32LE(at + 4) < 0x10000 && bytes.readUInt16LE(at) === 0x0008;
  return declared.isExplicit && isShortImplicit ? IMPLICIT_LITTLE : declared;
}
