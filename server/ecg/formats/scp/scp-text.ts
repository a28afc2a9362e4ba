import type { TraceWarning } from '../../trace.ts';

/** Texts of SCP are names and lines; what is longer is not one. */
const maxCharacters = 2000;

/** Language support codes (EN 1064, 5.4.3.1 tag 14 byte 17) beside ASCII and Latin-1, as the encoding standard names them. */
const encodings: Readonly<Record<number, string>> = {
  3: 'iso-8859-2',
  7: 'utf-16le',
  11: 'iso-8859-4',
  15: 'euc-jp',
  19: 'iso-8859-5',
  23: 'euc-jp',
  27: 'iso-8859-6',
  31: 'euc-jp',
  35: 'iso-8859-7',
  // GB 18030 reads every character of GB 2312 as GB 2312 does.
  39: 'gb18030',
  43: 'iso-8859-8',
  47: 'euc-kr',
  51: 'windows-874',
  59: 'iso-8859-15',
};

/** Bytes of a text field to what they say, without padding; `where` names the field in a warning. */
export type ReadText = (bytes: Buffer, where: string) => string;

/**
 * How the texts of a record are read. A code that says ASCII while bytes are above 127 is common with recorders sold in
 * China: UTF-8 is taken where it fits, else GB 18030, and a warning says so. What nothing can read shows U+FFFD.
 */
export function textReader(languageCode: number, warnings: TraceWarning[]): ReadText {
  return (bytes, where) => {
    const isWide = encodings[languageCode] === 'utf-16le';
    const end = isWide ? wideEnd(bytes) : bytes.indexOf(0);
    const field = bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, 4 * maxCharacters));
    const { text, assumed } = decode(field, languageCode);
    if (assumed !== undefined) {
      warnings.push({ code: 'text-unreadable', where, detail: `language code ${languageCode}, read as ${assumed}` });
    } else if (text.includes('\ufffd')) warnings.push({ code: 'text-unreadable', where });
    return withoutControls(text).slice(0, maxCharacters).toWellFormed().trim();
  };
}

function decode(bytes: Buffer, languageCode: number): { text: string; assumed?: string } {
  if (bytes.every((byte) => byte < 0x80) && encodings[languageCode] !== 'utf-16le') {
    return { text: bytes.toString('latin1') };
  }
  const encoding = encodings[languageCode];
  if (encoding !== undefined) return { text: new TextDecoder(encoding).decode(bytes) };
  // Two low bits 01 are Latin-1, whatever the others say.
  if ((languageCode & 3) === 1) return { text: bytes.toString('latin1') };
  for (const assumed of ['utf-8', 'gb18030']) {
    const text = new TextDecoder(assumed).decode(bytes);
    if (!text.includes('\ufffd')) return { text, assumed };
  }
  return { text: bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd') };
}

function wideEnd(bytes: Buffer): number {
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes.readUInt16LE(at) === 0) return at;
  return bytes.length & ~1;
}

/** Line ends and tabs stay what they are for a reader: a space. */
const withoutControls = (text: string): string => text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Cc}/gu, '');

/** The first `most` texts of several that each end with NUL. */
export function splitAtNul(bytes: Buffer, most: number): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  while (parts.length < most && from < bytes.length) {
    const nul = bytes.indexOf(0, from);
    const to = nul < 0 ? bytes.length : nul;
    parts.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return parts;
}
