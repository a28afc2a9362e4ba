import { createHash, randomUUID } from 'node:crypto';
import { invalid, type Warnings } from './invalid.ts';

/**
 * A UID as PS3.5 9.1 wants it, from what a device wrote: padding of spaces or several zero bytes is removed and
 * components with leading zeros are kept as they are, since other objects refer to them in that very form.
 * @throws HubError dicom-invalid naming the tag, for an empty UID, one above 64 characters, or other characters than
 * digits and single dots between them
 */
export function readUid(bytes: Buffer, tag: number, warnings: Warnings, offset?: number): string {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end -= 1;
  const expected = 'a UID of digits and dots, at most 64 characters';
  if (end === 0) throw invalid({ tag, expected, found: 'nothing', offset });
  if (end > 64) throw invalid({ tag, expected, found: `${end} characters`, offset });
  if (bytes[end] === 0x20) warnings.add('uid-padding', tag);
  let previous = 0x2e;
  for (let at = 0; at < end; at += 1) {
    const byte = bytes.readUInt8(at);
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (!isDigit && (byte !== 0x2e || previous === 0x2e)) {
      throw invalid({ tag, expected, found: `byte ${byte} at position ${at}`, offset });
    }
    if (isDigit && previous === 0x30 && (at === 1 || bytes[at - 2] === 0x2e)) warnings.add('uid-leading-zero', tag);
    previous = byte;
  }
  if (previous === 0x2e) throw invalid({ tag, expected, found: 'a dot at the end', offset });
  return bytes.toString('latin1', 0, end);
}

/** A UID below 2.25 from a 128-bit number (PS3.5 Annex B.2). */
function uidOfNumber(number: bigint): string {
  return `2.25.${number}`;
}

/** A new UID from a version 4 UUID (PS3.5 Annex B.2). */
export function newUid(): string {
  return uidOfNumber(BigInt(`0x${randomUUID().replaceAll('-', '')}`));
}

/** The same UID for the same text, formed as from a name-based UUID: for objects that must be found again when made again. */
export function uidFrom(text: string): string {
  const digest = createHash('sha256').update(text).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return uidOfNumber(BigInt(`0x${digest.toString('hex')}`));
}
