import iconv from 'iconv-lite';
import { charsetOf, charsetTerm } from './charsets.ts';
import { decodeIso2022 } from './iso2022.ts';
import type { PersonName } from './model.ts';
import { isSingleText } from './vr.ts';

export { canEncode, encodeText } from './encode-text.ts';
export { type CharsetGuess, guessCharset } from './guess-charset.ts';

const SPACE = 0x20;
const BACKSLASH = 0x5c;
const NAME_DELIMITERS = [BACKSLASH, 0x5e, 0x3d];
const decoders = { 'utf-8': new TextDecoder('utf-8'), gb18030: new TextDecoder('gb18030') };

/** True when every byte is ASCII and none begins an escape: then every character set reads the same text. */
function isPlain(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80 || byte === 0x1b) return false;
  }
  return true;
}

const termOf = (value = ''): string => charsetTerm(value) ?? 'ISO_IR 6';

/**
 * Bytes to text under the values of (0008,0005), padding and delimiters still in it.
 * A value that is no defined term is read as the default repertoire; bytes above 127 are then taken as ISO 8859-1,
 * so that nothing is lost before a person or `guessCharset` says what they are.
 */
function decodeBytes(bytes: Buffer, charsets: readonly string[], delimiters: readonly number[]): string {
  const first = charsetOf(termOf(charsets[0]));
  if (first?.kind !== 'japanese-single' && isPlain(bytes)) return bytes.toString('latin1');
  const terms = charsets.map((value) => termOf(value));
  if (first?.kind === 'whole') return decoders[first.encoding].decode(bytes);
  if (first?.kind === 'single' && terms.length === 1 && !bytes.includes(0x1b))
    return iconv.decode(bytes, first.encoding);
  return decodeIso2022(bytes, terms, delimiters);
}

function trimmed(value: string, keepLeading: boolean): string {
  let end = value.length;
  while (end > 0 && (value.charCodeAt(end - 1) === SPACE || value.charCodeAt(end - 1) === 0)) end -= 1;
  let start = 0;
  while (!keepLeading && start < end && value.charCodeAt(start) === SPACE) start += 1;
  return value.slice(start, end);
}

/**
 * The values of a text attribute. Values are split only after decoding: in GBK and GB18030 the byte of the backslash is
 * also the second half of many characters. Padding is removed (PS3.5 6.2).
 * @param charsets values of (0008,0005) in force; empty for the default repertoire
 * @param override what the device really writes, where its declaration is known to be wrong
 */
export function decodeText(
  bytes: Buffer,
  vr: string,
  charsets: readonly string[],
  override?: string | readonly string[],
): string[] {
  const effective = override === undefined ? charsets : [override].flat();
  if (bytes.length === 0) return [];
  if (isSingleText(vr)) return [trimmed(decodeBytes(bytes, effective, []), true)];
  const all = decodeBytes(bytes, effective, vr === 'PN' ? NAME_DELIMITERS : [BACKSLASH]);
  const keepLeading = vr === 'UC';
  if (!all.includes('\\')) return [trimmed(all, keepLeading)];
  return all.split('\\').map((value) => trimmed(value, keepLeading));
}

const GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;

/**
 * The names of a PN attribute with their three groups; an empty name is an empty object. Trailing empty components
 * are left out, as PS3.5 6.2.1.1 allows.
 */
export function decodePersonName(
  bytes: Buffer,
  charsets: readonly string[],
  override?: string | readonly string[],
): PersonName[] {
  return decodeText(bytes, 'PN', charsets, override).map((value) => {
    const name: PersonName = {};
    for (const [index, group] of value.split('=').slice(0, GROUPS.length).entries()) {
      const key = GROUPS[index];
      const content = group.replace(/[\s^]+$/, '').replace(/^ +/, '');
      if (key && content) name[key] = content;
    }
    return name;
  });
}

/** The values of (0008,0005) that name no character set: their text was read as the default repertoire. */
export function unknownCharsets(charsets: readonly string[]): string[] {
  return charsets.filter((value) => charsetTerm(value) === undefined);
}
