import { implicitLittleEndian } from './sop-classes.ts';

export const applicationDicom = 'application/dicom';
export const applicationDicomJson = 'application/dicom+json';
export const applicationJson = 'application/json';
export const applicationOctetStream = 'application/octet-stream';

/**
 * Media types of frames and other bulk data with the transfer syntaxes each may carry (PS3.18 Tables 8.7.3-2 to 8.7.3-5).
 */
const FRAMES: ReadonlyArray<readonly [mediaType: string, suffixes: readonly string[]]> = [
  ['image/jpeg', ['4.70', '4.50', '4.51', '4.57']],
  ['image/dicom-rle', ['5']],
  ['image/jls', ['4.80', '4.81']],
  ['image/jp2', ['4.90', '4.91']],
  ['image/jpx', ['4.92', '4.93']],
  ['image/jphc', ['4.201', '4.202', '4.203']],
  ['image/jxl', ['4.110', '4.111', '4.112']],
  ['video/mpeg2', ['4.100', '4.101', '4.100.1', '4.101.1']],
  ['video/mp4', ['4.102', '4.103', '4.104', '4.105', '4.106', '4.102.1', '4.103.1']],
  ['video/H265', ['4.107', '4.108']],
];

const typeBySyntax = new Map<string, string>();
for (const [mediaType, suffixes] of FRAMES)
  for (const suffix of suffixes) typeBySyntax.set(`${implicitLittleEndian}.${suffix}`, mediaType);

/**
 * The media type of one frame stored in a transfer syntax. Native pixels are octets; so are the retired JPEG processes
 * that PS3.18 gives no type, which keep their `transfer-syntax` parameter.
 */
export function frameMediaType(transferSyntaxUid: string): string {
  return typeBySyntax.get(transferSyntaxUid) ?? applicationOctetStream;
}

export interface MediaType {
  /** `type/subtype` in lower case. */
  name: string;
  /** Names in lower case, values unquoted. */
  parameters: Readonly<Record<string, string>>;
}

const TOKEN = /[^\s;=,"]+/;
const PARAMETER = new RegExp(`;\\s*(${TOKEN.source})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;,"]+))`, 'g');

/**
 * Reads `multipart/related; type="application/dicom"; boundary=x`. Clients leave out the quotes around a type; the slash
 * in it is accepted all the same.
 * @returns undefined when it is no media type
 */
export function parseMediaType(header: string): MediaType | undefined {
  const name = /^\s*([\w.+*-]+\/[\w.+*-]+)\s*(?=;|$)/.exec(header.slice(0, 1024));
  if (!name?.[1]) return undefined;
  const parameters: Record<string, string> = {};
  for (const [, key = '', quoted, token] of header.slice(0, 1024).matchAll(PARAMETER)) {
    parameters[key.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? token ?? '';
  }
  return { name: name[1].toLowerCase(), parameters };
}

/** A multipart/related header value (PS3.18 8.6.1.2.1) for parts of one type. */
export function multipartRelated(partType: string, boundary: string, transferSyntaxUid?: string): string {
  const syntax = transferSyntaxUid ? `; transfer-syntax=${transferSyntaxUid}` : '';
  return `multipart/related; type="${partType}"; boundary=${boundary}${syntax}`;
}

/** The content type of one part: `application/dicom; transfer-syntax=1.2.840.10008.1.2.1`. */
export function withTransferSyntax(mediaType: string, transferSyntaxUid: string): string {
  return `${mediaType}; transfer-syntax=${transferSyntaxUid}`;
}
