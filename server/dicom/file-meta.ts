import { explicitLittleEndian } from './sop-classes.ts';

/** Identifies this implementation to others (PS3.7 D.3.3.2); below 2.25 since the product has no registered root. */
export const IMPLEMENTATION_CLASS_UID = '2.25.93780173167507983906565568416798444218';
/** At most 16 characters. */
export const IMPLEMENTATION_VERSION_NAME = 'LIANZHEN_0_1';

export interface FileMetaInput {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid?: string;
}

function element(number: number, vr: string, value: Buffer): Buffer {
  const isLong = vr === 'OB';
  const header = Buffer.alloc(isLong ? 12 : 8);
  header.writeUInt16LE(0x0002, 0);
  header.writeUInt16LE(number, 2);
  header.write(vr, 4, 'latin1');
  if (isLong) header.writeUInt32LE(value.length, 8);
  else header.writeUInt16LE(value.length, 6);
  return Buffer.concat([header, value]);
}

function padded(text: string, pad: number): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(pad)]);
}

/**
 * Preamble, prefix and file meta information (PS3.10 7.1) to put before a dataset, so that it becomes a file.
 * The same input gives the same bytes: a repeated C-STORE must hash to the same blob.
 * @param source AE title of the sender (0002,0016), where it is known
 */
export function fileMeta(header: FileMetaInput, source?: { sourceAeTitle?: string }): Buffer {
  const elements = [
    element(0x0001, 'OB', Buffer.of(0, 1)),
    element(0x0002, 'UI', padded(header.sopClassUid, 0)),
    element(0x0003, 'UI', padded(header.sopInstanceUid, 0)),
    element(0x0010, 'UI', padded(header.transferSyntaxUid ?? explicitLittleEndian, 0)),
    element(0x0012, 'UI', padded(IMPLEMENTATION_CLASS_UID, 0)),
    element(0x0013, 'SH', padded(IMPLEMENTATION_VERSION_NAME, 0x20)),
    ...(source?.sourceAeTitle ? [element(0x0016, 'AE', padded(source.sourceAeTitle.slice(0, 16), 0x20))] : []),
  ];
  const group = Buffer.concat(elements);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(group.length, 0);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM', 'latin1'), element(0x0000, 'UL', length), group]);
}
