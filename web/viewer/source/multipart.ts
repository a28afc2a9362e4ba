import { ViewerProblem } from '../problem.ts';

/** A media type of RFC 9110 section 8.3.1 with its parameters, names in lower case. */
export interface MediaType {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads a Content-Type as servers really write it: values quoted or not, even when they hold a slash, blanks anywhere.
 */
export function mediaType(header: string): MediaType {
  const [type = '', ...rest] = splitParameters(header);
  const parameters: Record<string, string> = {};
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const value = part.slice(equals + 1).trim();
    const isQuoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
    parameters[part.slice(0, equals).trim().toLowerCase()] = isQuoted ? value.slice(1, -1).replaceAll('\\', '') : value;
  }
  return { type: type.trim().toLowerCase(), parameters };
}

/** Splits at semicolons outside quotes. */
function splitParameters(header: string): string[] {
  return header.match(/(?:"(?:\\.|[^"\\])*"?|[^;"])+/g) ?? [];
}

export interface Part {
  readonly contentType: string;
  readonly bytes: ArrayBuffer;
}

const maxHeaderBytes = 8192;
const ascii = new TextEncoder();
const crlf2 = ascii.encode('\r\n\r\n');
const lf2 = ascii.encode('\n\n');

/**
 * The first part of a multipart answer (RFC 2046 section 5.1), or the whole of a single-part one: a frame is asked for
 * alone, so that there is no second one to look for.
 * @throws ViewerProblem multipart when there is no part, truncated when the answer ends within it.
 */
export function firstPart(body: ArrayBuffer, contentType: string): Part {
  const { type, parameters } = mediaType(contentType);
  if (!type.startsWith('multipart/')) return { contentType, bytes: body };
  const bytes = new Uint8Array(body);
  const boundary = parameters.boundary ?? guessBoundary(bytes);
  const opening = ascii.encode(`--${boundary}`);
  const at = find(bytes, opening, 0);
  if (at < 0) throw new ViewerProblem('multipart', { reason: 'boundary' });
  const lineEnd = find(bytes, ascii.encode('\n'), at + opening.length);
  if (lineEnd < 0) throw new ViewerProblem('multipart', { reason: 'header' });
  const { headers, content } = partHeaders(bytes, lineEnd + 1);
  const partType = headers['content-type'] ?? parameters.type ?? 'application/octet-stream';
  const end = partEnd(bytes, content, boundary, Number(headers['content-length']));
  return { contentType: withSyntax(partType, parameters['transfer-syntax']), bytes: body.slice(content, end) };
}

/** Some servers say the syntax in the outer header alone. */
function withSyntax(partType: string, outer: string | undefined): string {
  const isTold = mediaType(partType).parameters['transfer-syntax'] !== undefined;
  return isTold || outer === undefined ? partType : `${partType}; transfer-syntax=${outer}`;
}

function guessBoundary(bytes: Uint8Array): string {
  const line = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).split(/\r?\n/)[0] ?? '';
  if (!line.startsWith('--')) throw new ViewerProblem('multipart', { reason: 'boundary' });
  return line.slice(2).trim();
}

function partHeaders(bytes: Uint8Array, from: number): { headers: Record<string, string>; content: number } {
  const window = bytes.subarray(0, Math.min(bytes.length, from + maxHeaderBytes));
  // A part without headers has its empty line at once.
  if (window[from] === 0x0d && window[from + 1] === 0x0a) return { headers: {}, content: from + 2 };
  const wide = find(window, crlf2, from);
  const narrow = wide < 0 ? find(window, lf2, from) : -1;
  const end = wide < 0 ? narrow : wide;
  if (end < 0) throw new ViewerProblem('multipart', { reason: 'header' });
  const headers: Record<string, string> = {};
  for (const line of new TextDecoder('latin1').decode(bytes.subarray(from, end)).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, content: end + (wide < 0 ? lf2.length : crlf2.length) };
}

function partEnd(bytes: Uint8Array, content: number, boundary: string, contentLength: number): number {
  if (Number.isInteger(contentLength) && contentLength > 0 && content + contentLength <= bytes.length) {
    return content + contentLength;
  }
  const end = find(bytes, ascii.encode(`\r\n--${boundary}`), content);
  if (end >= 0) return end;
  const bare = find(bytes, ascii.encode(`\n--${boundary}`), content);
  if (bare < 0) throw new ViewerProblem('truncated', { expected: 'multipart', found: bytes.length });
  return bare;
}

/** Index of a sequence of bytes; the native search for its first byte does the walking. */
function find(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(needle[0] as number, from); at >= 0; at = bytes.indexOf(needle[0] as number, at + 1)) {
    if (at + needle.length > bytes.length) return -1;
    let i = 1;
    while (i < needle.length && bytes[at + i] === needle[i]) i++;
    if (i === needle.length) return at;
  }
  return -1;
}
