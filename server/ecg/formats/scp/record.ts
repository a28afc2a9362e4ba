import type { TraceWarning } from '../../trace.ts';
import { crcCcitt } from './crc-ccitt.ts';
import { type SectionCursor, scpInvalid, sectionCursor } from './section-cursor.ts';

export const recordHeaderLength = 6;
export const sectionHeaderLength = 16;
const pointerLength = 10;
/** Section 0 must point at sections 0 to 11; the rest are a manufacturer's. */
const maxPointers = 256;
/** From here on the numbers belong to the manufacturer, as section 9 does: nothing of the standard is lost with them. */
const firstManufacturerSection = 128;
const lastKnownSection = 11;

/** Bytes of a section behind its header. */
export interface ScpSection {
  readonly id: number;
  readonly where: string;
  readonly start: number;
  readonly end: number;
}
export interface ScpRecord {
  readonly bytes: Buffer;
  /** Sections that hold something, by number. */
  readonly sections: ReadonlyMap<number, ScpSection>;
  readonly warnings: TraceWarning[];
}

/** A cursor at the beginning of a section; undefined where the record has no such section. */
export function openSection(record: ScpRecord, id: number): SectionCursor | undefined {
  const section = record.sections.get(id);
  return section && sectionCursor(record.bytes, section.start, section.end, section.where);
}

/**
 * Whether bytes begin as an SCP-ECG record: section 0 marked `SCPECG`, or, as before version 1.3 of the protocol,
 * a first pointer that describes section 0 itself.
 */
export function looksLikeScp(bytes: Buffer): boolean {
  if (bytes.length < recordHeaderLength + sectionHeaderLength + 12 * pointerLength) return false;
  const length = bytes.readUInt32LE(10);
  if (bytes.readUInt16LE(8) !== 0 || length < sectionHeaderLength + 12 * pointerLength) return false;
  if (bytes.toString('latin1', 16, 22) === 'SCPECG') return true;
  const [id, pointedLength, index] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt32LE(28)];
  return id === 0 && pointedLength === length && index === recordHeaderLength + 1;
}

/**
 * Reads the record header and the pointers of section 0, and checks the header, the place and the CRC of each section
 * (EN 1064, 5.2 and 5.3). A wrong CRC or contradicting lengths are warnings; what lies outside of the file is an error.
 */
export function readRecord(bytes: Buffer): ScpRecord {
  if (!looksLikeScp(bytes)) {
    throw scpInvalid('record', 'a record header and a pointer section', 'another beginning', 0);
  }
  const warnings: TraceWarning[] = [];
  const length = bytes.readUInt32LE(2);
  if (length > bytes.length) throw scpInvalid('record', `${length} bytes`, `${bytes.length} bytes`, 2);
  if (length < bytes.length) {
    warnings.push({ code: 'length-wrong', where: 'record', detail: `${length} of ${bytes.length} bytes` });
  }
  if (crcCcitt(bytes.subarray(2, length)) !== bytes.readUInt16LE(0)) {
    warnings.push({ code: 'crc-wrong', where: 'record' });
  }
  const pointers = checkSection(bytes, { id: 0, offset: recordHeaderLength, length: bytes.readUInt32LE(10) }, warnings);
  const sections = new Map<number, ScpSection>();
  const cursor = sectionCursor(bytes, pointers.start, pointers.end, pointers.where);
  for (let count = 0; cursor.left() >= pointerLength; count += 1) {
    const at = cursor.at();
    if (count === maxPointers) throw scpInvalid(pointers.where, `at most ${maxPointers} pointers`, 'more', at);
    const pointer = {
      id: cursor.u16('section number'),
      length: cursor.u32('section length'),
      offset: cursor.u32('section index') - 1,
    };
    if (pointer.id === 0 || pointer.length <= sectionHeaderLength) continue;
    if (sections.has(pointer.id))
      throw scpInvalid(pointers.where, 'one pointer for each section', `${pointer.id} again`, at);
    sections.set(pointer.id, checkSection(bytes, pointer, warnings, at));
    if (pointer.id > lastKnownSection && pointer.id < firstManufacturerSection) {
      warnings.push({ code: 'section-skipped', where: `section ${pointer.id}` });
    }
  }
  return { bytes, sections, warnings };
}

interface Pointer {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
}

/** Where the contents of a section lie. `pointedAt` is the offset of the pointer that says so. */
function checkSection(bytes: Buffer, pointer: Pointer, warnings: TraceWarning[], pointedAt = 10): ScpSection {
  const { id, offset, length } = pointer;
  const where = `section ${id}`;
  if (offset < recordHeaderLength || offset + length > bytes.length) {
    const found = `bytes ${offset} to ${offset + length}`;
    throw scpInvalid('section 0', `${where} within ${bytes.length} bytes`, found, pointedAt);
  }
  const foundId = bytes.readUInt16LE(offset + 2);
  if (foundId !== id) throw scpInvalid(where, `the header of ${where}`, `section ${foundId}`, offset + 2);
  const ownLength = bytes.readUInt32LE(offset + 4);
  if (ownLength < sectionHeaderLength || ownLength > bytes.length - offset) {
    throw scpInvalid(where, `${length} bytes as section 0 says`, `${ownLength} bytes`, offset + 4);
  }
  if (ownLength !== length) {
    warnings.push({ code: 'length-wrong', where, detail: `${length} bytes in section 0, ${ownLength} in its header` });
  }
  if (crcCcitt(bytes.subarray(offset + 2, offset + ownLength)) !== bytes.readUInt16LE(offset)) {
    warnings.push({ code: 'crc-wrong', where });
  }
  // Of two lengths the shorter one cannot reach into a neighbour.
  return { id, where, start: offset + sectionHeaderLength, end: offset + Math.min(length, ownLength) };
}
