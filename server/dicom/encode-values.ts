import { encodeText } from './encode-text.ts';
import { invalid } from './invalid.ts';
import type { DicomAttribute } from './model.ts';
import { isBinary, isNumber, wordBytes } from './vr.ts';

const WRITERS: Readonly<Record<string, (bytes: Buffer, value: number, at: number) => void>> = {
  US: (bytes, value, at) => bytes.writeUInt16LE(value, at),
  SS: (bytes, value, at) => bytes.writeInt16LE(value, at),
  UL: (bytes, value, at) => bytes.writeUInt32LE(value, at),
  SL: (bytes, value, at) => bytes.writeInt32LE(value, at),
  FL: (bytes, value, at) => bytes.writeFloatLE(value, at),
  FD: (bytes, value, at) => bytes.writeDoubleLE(value, at),
};

/** JSON strings for what its numbers cannot say (PS3.18 F.2.3). */
function numberOf(value: unknown): number {
  if (value === 'inf') return Infinity;
  if (value === '-inf') return -Infinity;
  return typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}

function encodeNumbers(tag: number, vr: string, values: readonly unknown[]): Buffer {
  const width = wordBytes(vr);
  const bytes = Buffer.alloc(width * values.length);
  for (const [index, value] of values.entries()) {
    const at = index * width;
    try {
      if (vr === 'SV') bytes.writeBigInt64LE(BigInt(value as number | string), at);
      else if (vr === 'UV') bytes.writeBigUInt64LE(BigInt(value as number | string), at);
      else WRITERS[vr]?.(bytes, requireNumber(numberOf(value), value, vr), at);
    } catch (cause) {
      throw invalid({ tag, expected: `a number that ${vr} can hold`, found: typeof value }, cause);
    }
  }
  return bytes;
}

function requireNumber(number: number, value: unknown, vr: string): number {
  if (Number.isNaN(number) && value !== 'NaN') throw new RangeError('not a number');
  if (vr !== 'FL' && vr !== 'FD' && !Number.isInteger(number)) throw new RangeError('not an integer');
  return number;
}

function encodeTags(tag: number, values: readonly unknown[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'string' || !/^[0-9A-F]{8}$/i.test(value)) {
      throw invalid({ tag, expected: 'a tag of eight hexadecimal digits', found: typeof value });
    }
    bytes.writeUInt16LE(Number.parseInt(value.slice(0, 4), 16), index * 4);
    bytes.writeUInt16LE(Number.parseInt(value.slice(4), 16), index * 4 + 2);
  }
  return bytes;
}

/** Characters that a value may have (PS3.5 Table 6.2-1); longer values are refused by others, or cut. */
const MAX_CHARACTERS: Readonly<Record<string, number>> = {
  AE: 16,
  AS: 4,
  CS: 16,
  DS: 16,
  DT: 26,
  IS: 12,
  LO: 64,
  LT: 10240,
  SH: 16,
  ST: 1024,
  UI: 64,
};

/** The most exact decimal within the 16 characters of DS. */
export function decimalString(value: number): string {
  const plain = String(value);
  if (plain.length <= 16) return plain;
  for (let digits = 15; digits > 1; digits -= 1) {
    const shorter = String(Number(value.toPrecision(digits)));
    if (shorter.length <= 16) return shorter;
  }
  return value.toExponential(8);
}

function stringOf(tag: number, vr: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (vr === 'IS' && !Number.isInteger(value)) throw invalid({ tag, expected: 'an integer', found: 'a fraction' });
    return vr === 'DS' ? decimalString(value) : String(value);
  }
  if (typeof value === 'string') return value;
  throw invalid({ tag, expected: `text for ${vr}`, found: typeof value });
}

function nameOf(tag: number, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') throw invalid({ tag, expected: 'a name with its groups', found: typeof value });
  const groups = ['Alphabetic', 'Ideographic', 'Phonetic'].map((key) => Reflect.get(value, key) ?? '');
  if (groups.some((group) => typeof group !== 'string' || [...group].length > 64)) {
    throw invalid({ tag, expected: 'groups of a name with at most 64 characters', found: 'something else' });
  }
  return groups.join('=').replace(/=+$/, '');
}

function encodeStrings(tag: number, vr: string, values: readonly unknown[], charset: readonly string[]): Buffer {
  const parts = values.map((value) => (vr === 'PN' ? nameOf(tag, value) : stringOf(tag, vr, value)));
  const limit = MAX_CHARACTERS[vr];
  for (const part of parts) {
    const { length } = [...part];
    if (limit !== undefined && length > limit) {
      throw invalid({ tag, expected: `at most ${limit} characters for ${vr}`, found: `${length} characters` });
    }
  }
  return encodeText(parts.join('\\'), charset);
}

/** UI and binary are padded with a zero byte, text with a space (PS3.5 6.2). */
function padEven(bytes: Buffer, vr: string): Buffer {
  if (bytes.length % 2 === 0) return bytes;
  return Buffer.concat([bytes, Buffer.of(vr === 'UI' || isBinary(vr) ? 0 : 0x20)]);
}

/**
 * The bytes of a value, little endian and of even length.
 * @param charset values of (0008,0005) under which text is written
 * @throws HubError dicom-invalid naming the tag, when the value does not fit its representation, its length limit or
 * the character set, or when it was left elsewhere (BulkDataURI)
 */
export function encodeValue(tag: number, attribute: DicomAttribute, charset: readonly string[]): Buffer {
  const { vr, Value: values = [], InlineBinary: inline } = attribute;
  if (attribute.BulkDataURI !== undefined) {
    throw invalid({ tag, expected: 'a value', found: 'a reference to bulk data' });
  }
  if (inline !== undefined) return padEven(Buffer.from(inline, 'base64'), vr);
  if (values.length === 0) return Buffer.alloc(0);
  if (isNumber(vr)) return encodeNumbers(tag, vr, values);
  if (vr === 'AT') return encodeTags(tag, values);
  if (isBinary(vr)) throw invalid({ tag, expected: `InlineBinary for ${vr}`, found: 'Value' });
  return padEven(encodeStrings(tag, vr, values, charset), vr);
}
