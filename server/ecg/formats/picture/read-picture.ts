import { ecgInvalid } from '../../ecg-invalid.ts';
import type { Trace } from '../../trace.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { countPdfPages } from './pdf-pages.ts';

export type PictureType = 'application/pdf' | 'image/jpeg' | 'image/png';

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_PIXELS = 200_000_000;

/** By its first bytes; a PDF may have up to a kilobyte of anything before its own (ISO 32000-1, annex H). */
export function pictureType(bytes: Buffer): PictureType | undefined {
  if (bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(pngSignature)) return 'image/png';
  return bytes.subarray(0, 1024).includes('%PDF-') ? 'application/pdf' : undefined;
}

export const looksLikePicture = (bytes: Buffer): boolean => pictureType(bytes) !== undefined;

/** PNG: the header chunk comes first and the end chunk last (ISO/IEC 15948). */
export function readPngSize(bytes: Buffer): { rows: number; columns: number } {
  const fail = (where: string, expected: string, found: string, offset: number): never => {
    throw ecgInvalid({ format: 'picture', where: `PNG ${where}`, expected, found, offset });
  };
  if (bytes.length < 45 || bytes.toString('latin1', 12, 16) !== 'IHDR') fail('header', 'IHDR', 'something else', 12);
  const columns = bytes.readUInt32BE(16);
  const rows = bytes.readUInt32BE(20);
  if (rows === 0 || columns === 0 || rows * columns > MAX_PIXELS) {
    fail('header', `a size of 1 to ${MAX_PIXELS} pixels`, `${columns} x ${rows}`, 16);
  }
  if (!bytes.subarray(-64).includes('IEND')) fail('end', 'IEND', 'the end of the file', bytes.length);
  return { rows, columns };
}

/**
 * A PDF or a photograph of an electrocardiogram, as the last resort: kept and shown, never measured. Only its structure
 * is looked at.
 * @throws HubError ecg-invalid naming place and offset, when it is damaged, cut off or beyond 200 million pixels
 */
export function readPicture(bytes: Buffer): Trace {
  const mediaType = pictureType(bytes);
  if (!mediaType) {
    throw ecgInvalid({
      format: 'picture',
      where: 'first bytes',
      expected: 'a PDF, JPEG or PNG',
      found: 'none of them',
    });
  }
  if (mediaType === 'image/jpeg') readJpegHeader(bytes);
  if (mediaType === 'image/png') readPngSize(bytes);
  const pages = mediaType === 'application/pdf' ? countPdfPages(bytes) : 1;
  return {
    format: 'picture',
    recordings: [],
    acquiredAt: null,
    patient: { id: null, name: null, sex: null, birthDate: null },
    accessionNumber: null,
    device: { manufacturer: null, model: null, serialNumber: null, software: null },
    annotations: [],
    statements: [],
    deviceMeasurements: {},
    warnings: [{ code: 'not-measurable', where: mediaType }],
    picture: { mediaType, pages },
  };
}
