import { isAscii, isUtf8 } from 'node:buffer';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { TraceFormat } from '../../trace.ts';

/** An upload is bounded by this too; a day of twelve leads as text is larger and comes as DICOM. */
const mostBytes = 64 * 1024 * 1024;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1' | 'windows-1252' | 'gb18030';

const declared: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  // The declaration was readable byte by byte, so the file is not UTF-16, whatever it says: written by programs
  // that declare the encoding of their strings and not that of the file.
  'utf-16': 'utf-8',
  'iso-8859-1': 'latin1',
  'windows-1252': 'windows-1252',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb18030: 'gb18030',
};

/** The name in the XML declaration at the beginning, if there is one. Looks at 256 bytes. */
function declaredName(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 256).toString('latin1');
  return /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(start)?.[1]?.toLowerCase();
}

function encodingOf(bytes: Buffer): { encoding: Encoding | undefined; mark: number; name: string } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', mark: 3, name: 'UTF-8' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', mark: 2, name: 'UTF-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', mark: 2, name: 'UTF-16' };
  const name = declaredName(bytes) ?? 'utf-8';
  return { encoding: Object.hasOwn(declared, name) ? declared[name] : undefined, mark: 0, name };
}

/**
 * The characters of an XML file: UTF-8, UTF-16 with a byte order mark, ISO-8859-1, Windows-1252, GB 2312, GBK, GB 18030.
 * Bytes that the encoding does not have are refused and not replaced. Plain ASCII, as waveforms are, takes one byte a character.
 */
export function decodeXml(bytes: Buffer, format: TraceFormat): string {
  if (bytes.length > mostBytes)
    throw ecgInvalid({ format, where: 'file', expected: `at most ${mostBytes} bytes`, found: `${bytes.length}` });
  const { encoding, mark, name } = encodingOf(bytes);
  const found = (what: string) =>
    ecgInvalid({ format, where: 'encoding', expected: 'UTF-8, UTF-16, GB 18030 or ISO-8859-1', found: what });
  if (encoding === undefined) throw found(name);
  const content = bytes.subarray(mark);
  // Half of the bytes of UTF-16 are zeros, so that it passes for ASCII.
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  if (encoding === 'latin1' || (!isWide && isAscii(content))) return content.toString('latin1');
  if (encoding === 'utf-8') {
    if (!isUtf8(content)) throw found('bytes that are not UTF-8');
    return content.toString('utf8');
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    const where = { format, where: 'encoding', expected: name, found: 'bytes that it does not have' };
    throw ecgInvalid(where, cause);
  }
}

const beforeRoot = /\s+|<\?[^?]*(?:\?[^>?][^?]*)*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>/y;
const rootTag = /<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,60})[\s/>]/y;

/** The local name of the root element, from the first 64 KiB; null for what is not XML. Never throws. */
export function rootName(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 65_536);
  const { encoding, mark } = encodingOf(start);
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  // Names of elements are ASCII in every format that is read, so bytes stand for characters in all narrow encodings.
  const text = isWide
    ? new TextDecoder(encoding).decode(start.subarray(mark))
    : start.subarray(mark).toString('latin1');
  let at = 0;
  for (;;) {
    beforeRoot.lastIndex = at;
    const skipped = beforeRoot.exec(text);
    if (!skipped) break;
    at = beforeRoot.lastIndex;
  }
  rootTag.lastIndex = at;
  return rootTag.exec(text)?.[1] ?? null;
}
