import { tagText } from './dictionary.ts';
import type { DicomAttribute } from './model.ts';
import { decodePersonName, decodeText } from './text.ts';
import { isBinary, isNumber, isText, wordBytes } from './vr.ts';

/** Bytes in the other byte order, word by word; an incomplete last word stays as it is. The input is not changed. */
export function swapWords(bytes: Buffer, width: number): Buffer {
  const copy = Buffer.from(bytes);
  const whole = copy.subarray(0, copy.length - (copy.length % width));
  if (width === 2) whole.swap16();
  if (width === 4) whole.swap32();
  if (width === 8) whole.swap64();
  return copy;
}

/** 64-bit integers beyond what JSON numbers hold exactly are written as strings (PS3.18 F.2.3). */
function bigNumber(value: bigint): number | string {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value.toString();
}

/** JSON has no NaN and no infinity: PS3.18 F.2.3 writes them as strings. */
function real(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : value;
}

/** Each reads one little-endian number. */
const READERS: Readonly<Record<string, (bytes: Buffer, at: number) => number | string>> = {
  US: (bytes, at) => bytes.readUInt16LE(at),
  SS: (bytes, at) => bytes.readInt16LE(at),
  UL: (bytes, at) => bytes.readUInt32LE(at),
  SL: (bytes, at) => bytes.readInt32LE(at),
  FL: (bytes, at) => real(bytes.readFloatLE(at)),
  FD: (bytes, at) => real(bytes.readDoubleLE(at)),
  SV: (bytes, at) => bigNumber(bytes.readBigInt64LE(at)),
  UV: (bytes, at) => bigNumber(bytes.readBigUInt64LE(at)),
};

function decodeNumbers(bytes: Buffer, vr: string): unknown[] {
  const width = wordBytes(vr);
  const read = READERS[vr];
  const values: unknown[] = [];
  for (let at = 0; read && at + width <= bytes.length; at += width) values.push(read(bytes, at));
  return values;
}

function decodeTags(bytes: Buffer): string[] {
  const values: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    values.push(tagText(bytes.readUInt16LE(at) * 65536 + bytes.readUInt16LE(at + 2)));
  }
  return values;
}

const wholeForm = /^[+-]?\d+$/;
const decimalForm = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** DS and IS become numbers where they are numbers; what a device wrote instead of one is kept as text. */
function decimal(value: string, vr: string): string | number {
  const plain = value.trim();
  const form = vr === 'IS' ? wholeForm : decimalForm;
  const parsed = Number(plain);
  return form.test(plain) && Number.isFinite(parsed) ? parsed : value;
}

function decodeStrings(bytes: Buffer, vr: string, charsets: readonly string[]): unknown[] {
  if (vr === 'PN') {
    return decodePersonName(bytes, charsets).map((name) => (Object.keys(name).length === 0 ? null : name));
  }
  const values = decodeText(bytes, vr, charsets);
  return values.map((value) => {
    if (value === '') return null;
    return vr === 'DS' || vr === 'IS' ? decimal(value, vr) : value;
  });
}

/**
 * The DICOM JSON attribute of a value's bytes (PS3.18 F.2). Empty values of several are null, an empty attribute has
 * no Value. Binary is base64 of its little-endian form.
 * @param charsets values of (0008,0005) in force
 */
export function decodeValue(
  vr: string,
  bytes: Buffer,
  isBigEndian: boolean,
  charsets: readonly string[],
): DicomAttribute {
  if (bytes.length === 0) return { vr };
  const width = wordBytes(vr);
  const little = isBigEndian && width > 1 ? swapWords(bytes, width) : bytes;
  if (isBinary(vr)) return { vr, InlineBinary: little.toString('base64') };
  const values = isNumber(vr)
    ? decodeNumbers(little, vr)
    : vr === 'AT'
      ? decodeTags(little)
      : isText(vr)
        ? decodeStrings(bytes, vr, charsets)
        : [];
  return values.length === 0 || (values.length === 1 && values[0] === null) ? { vr } : { vr, Value: values };
}
