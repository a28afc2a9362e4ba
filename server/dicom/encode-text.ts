import iconv from 'iconv-lite';
import { type Charset, charsetOf, charsetTerm } from './charsets.ts';
import { invalid } from './invalid.ts';

interface Encoder {
  readonly escape: readonly number[];
  /** Sets in G0 must be left again before a delimiter, a control character or the end. */
  readonly inG0: boolean;
  readonly encode: (character: string) => Buffer | undefined;
}

const ESC = 0x1b;
const BACK_TO_ASCII = [ESC, 0x28, 0x42];

/** The two bytes of a character in an EUC encoding, or undefined where it has none in that set. */
function pair(encoding: string, character: string): Buffer | undefined {
  const bytes = iconv.encode(character, encoding);
  const isPair = bytes.length === 2 && bytes.readUInt8(0) >= 0xa1 && bytes.readUInt8(1) >= 0xa1;
  return isPair ? bytes : undefined;
}

const jis0208: Encoder = {
  escape: [ESC, 0x24, 0x42],
  inG0: true,
  encode(character) {
    const bytes = pair('euc-jp', character);
    return bytes && Buffer.from(bytes.map((byte) => byte & 0x7f));
  },
};
const jis0212: Encoder = {
  escape: [ESC, 0x24, 0x28, 0x44],
  inG0: true,
  encode(character) {
    const bytes = iconv.encode(character, 'euc-jp');
    return bytes.length === 3 && bytes[0] === 0x8f ? Buffer.from(bytes.subarray(1).map((b) => b & 0x7f)) : undefined;
  },
};
const ksx1001: Encoder = { escape: [ESC, 0x24, 0x29, 0x43], inG0: false, encode: (c) => pair('euc-kr', c) };
const gb2312: Encoder = { escape: [ESC, 0x24, 0x29, 0x41], inG0: false, encode: (c) => pair('gb2312', c) };
const multi = { jis0208, jis0212, ksx1001, gb2312 } as const;

function encodeSingle(encoding: string, character: string): Buffer | undefined {
  const bytes = iconv.encode(character, encoding);
  return bytes.length === 1 && iconv.decode(bytes, encoding) === character ? bytes : undefined;
}

function encodeFirst(charset: Charset | undefined, character: string): Buffer | undefined {
  const code = character.charCodeAt(0);
  if (character.length === 1 && code < 0x80) return Buffer.of(code);
  if (charset?.kind === 'single') return encodeSingle(charset.encoding, character);
  if (charset?.kind !== 'japanese-single') return undefined;
  if (character === '¥') return Buffer.of(0x5c);
  if (character === '‾') return Buffer.of(0x7e);
  return code >= 0xff61 && code <= 0xff9f ? Buffer.of(code - 0xff61 + 0xa1) : undefined;
}

function encodeExtended(text: string, terms: readonly string[]): Buffer | undefined {
  const first = charsetOf(terms[0] ?? 'ISO_IR 6');
  const extensions = terms.map(charsetOf).flatMap((set) => (set?.kind === 'multi' ? [multi[set.set]] : []));
  const out: number[] = [];
  let active: Encoder | undefined;
  const leaveG0 = () => {
    if (active?.inG0) out.push(...BACK_TO_ASCII);
  };
  for (const character of text) {
    const plain = encodeFirst(first, character);
    if (plain) {
      if (active?.inG0) {
        leaveG0();
        active = undefined;
      }
      // Every delimiter and control character ends what was designated (PS3.5 6.1.2.5.3).
      if (/[\\^=]/.test(character) || character < ' ') active = undefined;
      out.push(...plain);
      continue;
    }
    const encoder = extensions.find((candidate) => candidate.encode(character));
    const bytes = encoder?.encode(character);
    if (!encoder || !bytes) return undefined;
    if (encoder !== active) {
      if (!encoder.inG0) leaveG0();
      out.push(...encoder.escape);
      active = encoder;
    }
    out.push(...bytes);
  }
  leaveG0();
  return Buffer.from(out);
}

function tryEncode(text: string, terms: readonly string[]): Buffer | undefined {
  const first = terms[0] ?? 'ISO_IR 6';
  if (first === 'ISO_IR 192') return Buffer.from(text, 'utf8');
  if (first === 'GB18030') return iconv.encode(text, 'gb18030');
  if (first === 'GBK') {
    const bytes = iconv.encode(text, 'gbk');
    return iconv.decode(bytes, 'gbk') === text ? bytes : undefined;
  }
  return encodeExtended(text, terms);
}

/** True when every character of the text exists in the character set. */
export function canEncode(text: string, charset: string | readonly string[]): boolean {
  return tryEncode(text, requireTerms(charset)) !== undefined;
}

function requireTerms(charset: string | readonly string[]): string[] {
  return [charset].flat().map((value) => {
    const term = charsetTerm(value);
    if (!term) throw invalid({ tag: 0x00080005, expected: 'a defined term of PS3.3 C.12.1.1.2', found: value });
    return term;
  });
}

/**
 * Text to bytes, unpadded. Nothing is replaced by a question mark: a name that the character set cannot hold is an
 * error, and the caller chooses another set (GB18030 and ISO_IR 192 hold every character).
 * @param charset values of (0008,0005), the first one first
 * @throws HubError dicom-invalid when a character is not in the set
 */
export function encodeText(text: string, charset: string | readonly string[]): Buffer {
  const terms = requireTerms(charset);
  const bytes = tryEncode(text, terms);
  if (bytes) return bytes;
  throw invalid({ expected: `text that ${terms.join('\\')} can hold`, found: 'a character outside of it' });
}
