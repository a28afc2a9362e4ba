import iconv from 'iconv-lite';
import { type Charset, charsetOf, SINGLE_BYTE } from './charsets.ts';

/** One designated set: how many bytes make a character, and how a run of them becomes text. */
export interface CodeElement {
  readonly width: 1 | 2;
  readonly decode: (bytes: Buffer) => string;
}

const eucJp = new TextDecoder('euc-jp');
const eucKr = new TextDecoder('euc-kr');
const gbk = new TextDecoder('gbk');

const ascii: CodeElement = { width: 1, decode: (bytes) => bytes.toString('latin1') };

const yenAndOverline: CodeElement = {
  width: 1,
  // JIS X 0201 differs from ASCII in these two; a backslash that delimits values never comes here.
  decode: (bytes) => bytes.toString('latin1').replaceAll('\\', '¥').replaceAll('~', '‾'),
};

const katakana: CodeElement = {
  width: 1,
  decode: (bytes) => Array.from(bytes, (byte) => String.fromCharCode(0xff61 + (byte & 0x7f) - 0x21)).join(''),
};

const jis0208: CodeElement = { width: 2, decode: (bytes) => eucJp.decode(bytes.map((byte) => byte | 0x80)) };

const jis0212: CodeElement = {
  width: 2,
  decode(bytes) {
    const prefixed: number[] = [];
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      prefixed.push(0x8f, bytes.readUInt8(at) | 0x80, bytes.readUInt8(at + 1) | 0x80);
    }
    return eucJp.decode(Uint8Array.from(prefixed));
  },
};

const ksx1001: CodeElement = { width: 2, decode: (bytes) => eucKr.decode(bytes) };
const gb2312: CodeElement = { width: 2, decode: (bytes) => gbk.decode(bytes.map((byte) => byte | 0x80)) };
const multi = { jis0208, jis0212, ksx1001, gb2312 } as const;

const single = (encoding: string): CodeElement => ({ width: 1, decode: (bytes) => iconv.decode(bytes, encoding) });
const singles = new Map(SINGLE_BYTE.map(([, encoding]) => [encoding, single(encoding)]));

interface Escape {
  readonly bytes: readonly number[];
  readonly slot: 'g0' | 'g1';
  readonly element: CodeElement;
}

/** PS3.3 Tables C.12-3 and C.12-4, and three more that devices send: JIS C 6226, katakana and GB 2312 in G0. */
const ESCAPES: readonly Escape[] = [
  { bytes: [0x24, 0x28, 0x44], slot: 'g0', element: jis0212 },
  { bytes: [0x24, 0x29, 0x43], slot: 'g1', element: ksx1001 },
  { bytes: [0x24, 0x29, 0x41], slot: 'g1', element: gb2312 },
  { bytes: [0x24, 0x42], slot: 'g0', element: jis0208 },
  { bytes: [0x24, 0x40], slot: 'g0', element: jis0208 },
  { bytes: [0x24, 0x41], slot: 'g0', element: gb2312 },
  { bytes: [0x28, 0x42], slot: 'g0', element: ascii },
  { bytes: [0x28, 0x4a], slot: 'g0', element: yenAndOverline },
  { bytes: [0x28, 0x49], slot: 'g0', element: katakana },
  { bytes: [0x29, 0x49], slot: 'g1', element: katakana },
  ...SINGLE_BYTE.map(
    ([, encoding, final]): Escape => ({
      bytes: [0x2d, final],
      slot: 'g1',
      element: singles.get(encoding) ?? ascii,
    }),
  ),
];

function escapeAt(bytes: Buffer, at: number): Escape | undefined {
  return ESCAPES.find((known) => known.bytes.every((byte, index) => bytes[at + 1 + index] === byte));
}

function elementsOf(charset: Charset | undefined): { g0: CodeElement; g1: CodeElement | undefined } {
  if (charset?.kind === 'japanese-single') return { g0: yenAndOverline, g1: katakana };
  if (charset?.kind === 'single') return { g0: ascii, g1: singles.get(charset.encoding) };
  if (charset?.kind === 'multi' && (charset.set === 'ksx1001' || charset.set === 'gb2312')) {
    return { g0: ascii, g1: multi[charset.set] };
  }
  return { g0: ascii, g1: undefined };
}

/**
 * What is active at the start and after each delimiter. The default repertoire has no G1; devices that declare a
 * multi-byte set and forget its escape still mean that set, so it stands in.
 */
function initialElements(terms: readonly string[]): { g0: CodeElement; g1: CodeElement } {
  const first = elementsOf(charsetOf(terms[0] ?? ''));
  const isDefault = /IR 6$/.test(terms[0] ?? 'IR 6');
  const declared = terms
    .slice(1)
    .map((term) => elementsOf(charsetOf(term)).g1)
    .filter((element) => element !== undefined);
  const standIn = declared.find((element) => element.width === 2) ?? declared[0];
  return { g0: first.g0, g1: (isDefault ? standIn : first.g1) ?? first.g1 ?? standIn ?? ascii };
}

/** Collects runs of bytes that one code element decodes. */
class Runs {
  #element: CodeElement = ascii;
  #bytes: number[] = [];
  #text = '';

  add(element: CodeElement, ...bytes: number[]): void {
    if (element !== this.#element) this.#flush();
    this.#element = element;
    this.#bytes.push(...bytes);
  }
  #flush(): void {
    if (this.#bytes.length > 0) this.#text += this.#element.decode(Buffer.from(this.#bytes));
    this.#bytes = [];
  }
  end(): string {
    this.#flush();
    return this.#text;
  }
}

/**
 * Text with code extensions (PS3.5 6.1.2.5). The sets named first are active again after every control character and
 * every delimiter, but a delimiter's byte inside a two-byte character delimits nothing.
 * @param terms defined terms as `charsetTerm` returns them
 * @param delimiters bytes that delimit in this value representation: `\`, and `^` `=` in names
 */
export function decodeIso2022(bytes: Buffer, terms: readonly string[], delimiters: readonly number[]): string {
  const initial = initialElements(terms);
  let { g0, g1 } = initial;
  const runs = new Runs();
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes.readUInt8(at);
    if (byte === 0x1b) {
      const found = escapeAt(bytes, at);
      if (found?.slot === 'g0') g0 = found.element;
      if (found?.slot === 'g1') g1 = found.element;
      at += found?.bytes.length ?? 0;
      continue;
    }
    const element = byte >= 0x80 ? g1 : g0;
    const next = bytes[at + 1];
    if (byte > 0x20 && element.width === 2 && next !== undefined && next > 0x20) {
      runs.add(element, byte, next);
      at += 1;
    } else if (byte < 0x20 || delimiters.includes(byte)) {
      runs.add(ascii, byte);
      ({ g0, g1 } = initial);
    } else {
      runs.add(element.width === 1 ? element : ascii, byte);
    }
  }
  return runs.end();
}
