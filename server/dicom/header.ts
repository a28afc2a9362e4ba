import { inflateStart } from './deflate.ts';
import { encodingOfFirstElement } from './element.ts';
import { type HeaderValues, scanHeader, UNIQUE_IDS, type UniqueId } from './header-scan.ts';
import { type DicomWarning, invalid, Warnings } from './invalid.ts';
import { type FileMeta, readMeta } from './meta.ts';
import { type TransferSyntax, transferSyntaxes } from './sop-classes.ts';
import { readUid } from './uid.ts';

export { fileMeta, IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from './file-meta.ts';

/** What the edge must know of an instance before it is stored. */
export interface InstanceHeader {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  transferSyntaxUid: string;
  /** Offset of the first byte behind the meta group; 0 for a dataset without one. */
  datasetOffset: number;
  /** Values of (0008,0005) as they are; empty when it is absent. */
  charsets: string[];
  /** The bytes of (0010,0010): a name is not decoded before it is known how this device writes. */
  patientNameBytes?: Buffer;
  warnings: DicomWarning[];
}

export interface HeaderOptions {
  /** Given for a dataset as C-STORE carries it, without preamble and meta group. */
  transferSyntaxUid?: string;
  /** True when no more bytes will come: then what is cut off is an error instead of `need-more`. */
  isComplete?: boolean;
}

/** A header must be complete within the first MiB: it is all that the edge ever holds of an instance. */
export const MAX_HEADER_BYTES = 1024 * 1024;

/**
 * Reads what identifies an instance from its first bytes, never the pixels. Four to sixteen KiB are enough for most.
 * @param firstBytes a Part 10 file from its beginning, or a dataset when `transferSyntaxUid` is given
 * @returns `need-more` when the bytes end too early and more may come; call again with more from the beginning
 * @throws HubError dicom-invalid with tag, expected, found and offset, when the bytes are not DICOM, a UID is missing
 * or wrong, the transfer syntax is not supported, or the header is not complete within `MAX_HEADER_BYTES`
 */
export function readHeader(firstBytes: Buffer, options: HeaderOptions = {}): InstanceHeader | 'need-more' {
  const bytes = firstBytes.subarray(0, MAX_HEADER_BYTES);
  const warnings = new Warnings();
  const meta: FileMeta | undefined =
    options.transferSyntaxUid === undefined
      ? readMeta(bytes, warnings)
      : { transferSyntaxUid: options.transferSyntaxUid, datasetOffset: 0 };
  const isLast = options.isComplete === true || firstBytes.length >= MAX_HEADER_BYTES;
  const header = meta && readDataset(bytes, meta, isLast, warnings);
  if (header) return header;
  if (!isLast) return 'need-more';
  const expected = `study, series and instance UIDs within ${MAX_HEADER_BYTES} bytes`;
  throw invalid({ expected, found: `the end after ${firstBytes.length} bytes`, offset: firstBytes.length });
}

/** @throws HubError dicom-invalid when the hub does not store this transfer syntax */
export function requireTransferSyntax(uid: string): TransferSyntax {
  const syntax = transferSyntaxes.get(uid);
  if (syntax) return syntax;
  throw invalid({ tag: 0x00020010, expected: 'a transfer syntax that the hub stores', found: uid });
}

function readDataset(bytes: Buffer, meta: FileMeta, isLast: boolean, warnings: Warnings): InstanceHeader | undefined {
  const syntax = requireTransferSyntax(meta.transferSyntaxUid);
  const scan = (dataset: Buffer, at: number, isEnd: boolean) => {
    const encoding = encodingOfFirstElement(dataset, at, syntax);
    if (encoding.isExplicit !== syntax.isExplicit) warnings.add('vr-encoding-mismatch');
    return scanHeader(dataset, at, encoding, isEnd);
  };
  const values = syntax.isDeflated
    ? inflateStart(bytes.subarray(meta.datasetOffset), isLast, (plain, isEnd) => scan(plain, 0, isEnd))
    : scan(bytes, meta.datasetOffset, isLast);
  return values && headerOf(meta, values, warnings);
}

const uidKeys = {
  524310: 'sopClassUid',
  524312: 'sopInstanceUid',
  2097165: 'studyInstanceUid',
  2097166: 'seriesInstanceUid',
} as const satisfies Record<UniqueId, keyof InstanceHeader>;

function headerOf(meta: FileMeta, values: HeaderValues, warnings: Warnings): InstanceHeader {
  const charsets =
    plain(values, 0x00080005)
      ?.split('\\')
      .map((value) => value.trim()) ?? [];
  const header: InstanceHeader = {
    sopClassUid: '',
    sopInstanceUid: '',
    studyInstanceUid: '',
    seriesInstanceUid: '',
    transferSyntaxUid: meta.transferSyntaxUid,
    datasetOffset: meta.datasetOffset,
    charsets,
    warnings: warnings.list,
  };
  for (const tag of UNIQUE_IDS) header[uidKeys[tag]] = requireUid(values, tag, warnings);
  const isSame = (said: string | undefined, is: string) => said === undefined || said === is;
  if (!isSame(meta.sopClassUid, header.sopClassUid)) warnings.add('meta-mismatch', 0x00020002);
  if (!isSame(meta.sopInstanceUid, header.sopInstanceUid)) warnings.add('meta-mismatch', 0x00020003);
  const name = values.get(0x00100010);
  // A copy: a view would keep the whole first chunk of every waiting instance alive.
  if (name) header.patientNameBytes = Buffer.from(name);
  return header;
}

function requireUid(values: HeaderValues, tag: UniqueId, warnings: Warnings): string {
  const bytes = values.get(tag);
  if (bytes) return readUid(bytes, tag, warnings);
  throw invalid({ tag, expected: 'a UID', found: 'no such element' });
}

function plain(values: HeaderValues, tag: number): string | undefined {
  const bytes = values.get(tag);
  return (
    bytes
      ?.toString('latin1')
      .replace(/[\s\0]+$/, '')
      .trimStart() || undefined
  );
}
