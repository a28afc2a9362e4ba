import { encodeDataset } from './dataset.ts';
import { fileMeta } from './file-meta.ts';
import { invalid } from './invalid.ts';
import { type DicomJson, number, uid } from './model.ts';
import { explicitLittleEndian, implicitLittleEndian, transferSyntaxes } from './sop-classes.ts';
import { tags } from './tags.ts';

function item(bytes: Buffer): Buffer[] {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length + (bytes.length % 2), 4);
  return bytes.length % 2 === 0 ? [header, bytes] : [header, bytes, Buffer.of(0)];
}

/** One frame a fragment, behind a Basic Offset Table (PS3.5 A.4). */
function encapsulated(frames: readonly Buffer[]): Buffer[] {
  const table = Buffer.alloc(4 * frames.length);
  let offset = 0;
  for (const [index, frame] of frames.entries()) {
    table.writeUInt32LE(offset, index * 4);
    offset += 8 + frame.length + (frame.length % 2);
  }
  return [...item(table), ...frames.flatMap(item), Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])];
}

function pixelHeader(json: DicomJson, transferSyntaxUid: string, length: number): Buffer {
  const isImplicit = transferSyntaxUid === implicitLittleEndian;
  const header = Buffer.alloc(isImplicit ? 8 : 12);
  header.writeUInt16LE(0x7fe0, 0);
  header.writeUInt16LE(0x0010, 2);
  const isBytes = length === 0xffffffff || (number(json, tags.BitsAllocated) ?? 16) <= 8;
  if (!isImplicit) header.write(isBytes ? 'OB' : 'OW', 4, 'latin1');
  header.writeUInt32LE(length, isImplicit ? 4 : 8);
  return header;
}

function requireUid(json: DicomJson, tag: string): string {
  const value = uid(json, tag);
  if (value) return value;
  throw invalid({ tag: Number.parseInt(tag, 16), expected: 'a UID', found: 'none' });
}

/**
 * A DICOM file (PS3.10): preamble, meta group, dataset, pixels.
 * @param transferSyntaxUid implicit or explicit VR little endian, or an encapsulated syntax
 * @param pixelData native pixels as one buffer in little endian; encapsulated ones as one buffer per frame
 * @throws HubError dicom-invalid when SOP Class or Instance UID are missing, or a value cannot be written
 */
export function writePart10(
  json: DicomJson,
  transferSyntaxUid: string = explicitLittleEndian,
  pixelData?: Buffer | readonly Buffer[],
): Buffer {
  const meta = fileMeta({
    sopClassUid: requireUid(json, tags.SOPClassUID),
    sopInstanceUid: requireUid(json, tags.SOPInstanceUID),
    transferSyntaxUid,
  });
  const { [tags.PixelData]: _described, ...attributes } = json;
  const dataset = encodeDataset(pixelData ? attributes : json, transferSyntaxUid);
  if (!pixelData) return Buffer.concat([meta, dataset]);
  const isEncapsulated = transferSyntaxes.get(transferSyntaxUid)?.isEncapsulated === true;
  if (isEncapsulated !== Array.isArray(pixelData)) {
    const expected = isEncapsulated ? 'one buffer per frame' : 'one buffer of native pixels';
    throw invalid({ tag: 0x7fe00010, expected, found: 'the other form' });
  }
  if (!Buffer.isBuffer(pixelData)) {
    const header = pixelHeader(json, transferSyntaxUid, 0xffffffff);
    return Buffer.concat([meta, dataset, header, ...encapsulated(pixelData)]);
  }
  const padding = Buffer.alloc(pixelData.length % 2);
  const header = pixelHeader(json, transferSyntaxUid, pixelData.length + padding.length);
  return Buffer.concat([meta, dataset, header, pixelData, padding]);
}
