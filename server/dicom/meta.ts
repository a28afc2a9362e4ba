import { emptyHeader, parseElementHeader } from './element.ts';
import { invalid, type Warnings } from './invalid.ts';
import { readUid } from './uid.ts';

/** What the file meta information says (PS3.10 7.1), and where the dataset begins behind it. */
export interface FileMeta {
  transferSyntaxUid: string;
  sopClassUid?: string;
  sopInstanceUid?: string;
  datasetOffset: number;
}

const EXPLICIT_LITTLE = { isExplicit: true, isBigEndian: false };
const TRANSFER_SYNTAX = 0x00020010;

/** Where the meta group begins: behind preamble and prefix, behind a prefix alone, or at once. */
function metaStart(bytes: Buffer, warnings: Warnings): number {
  if (bytes.toString('latin1', 128, 132) === 'DICM') return 132;
  if (bytes.toString('latin1', 0, 4) === 'DICM') {
    warnings.add('no-preamble');
    return 4;
  }
  if (bytes.readUInt16LE(0) === 0x0002 && bytes.readUInt16LE(2) <= 0x0100) {
    warnings.add('no-preamble');
    return 0;
  }
  const expected = 'a DICOM file: DICM at offset 128, or file meta information';
  throw invalid({ expected, found: 'neither', offset: 128 });
}

/**
 * Reads the file meta information. Its end is where group 0002 ends, not where (0002,0000) says: many writers count
 * wrongly.
 * @returns undefined when the bytes end before it does
 * @throws HubError dicom-invalid when the bytes are no DICOM file, or no transfer syntax is named
 */
export function readMeta(bytes: Buffer, warnings: Warnings): FileMeta | undefined {
  if (bytes.length < 132) return undefined;
  const start = metaStart(bytes, warnings);
  const header = emptyHeader();
  const meta: FileMeta = { transferSyntaxUid: '', datasetOffset: 0 };
  let promisedEnd: number | undefined;
  let at = start;
  while (bytes.length - at >= 8 && bytes.readUInt16LE(at) === 0x0002) {
    if (!parseElementHeader(bytes, at, bytes.length, EXPLICIT_LITTLE, header)) return undefined;
    const valueAt = at + header.headerBytes;
    const end = valueAt + header.length;
    if (end > bytes.length) return undefined;
    const value = bytes.subarray(valueAt, end);
    if (header.tag === 0x00020000 && value.length === 4) promisedEnd = end + value.readUInt32LE(0);
    if (header.tag === 0x00020002 && value.length > 0) meta.sopClassUid = readUid(value, header.tag, warnings, valueAt);
    if (header.tag === 0x00020003 && value.length > 0) {
      meta.sopInstanceUid = readUid(value, header.tag, warnings, valueAt);
    }
    if (header.tag === TRANSFER_SYNTAX) meta.transferSyntaxUid = readUid(value, header.tag, warnings, valueAt);
    at = end;
  }
  if (bytes.length - at < 8) return undefined;
  if (!meta.transferSyntaxUid) {
    throw invalid({ tag: TRANSFER_SYNTAX, expected: 'a transfer syntax', found: 'none', offset: start });
  }
  if (promisedEnd !== undefined && promisedEnd !== at) warnings.add('meta-length-wrong', 0x00020000);
  meta.datasetOffset = at;
  return meta;
}
