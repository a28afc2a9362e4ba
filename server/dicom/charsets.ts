/** How the bytes of a text are to be read: a multi-byte encoding as it is, or ISO 2022 code elements with escapes. */
export type Charset =
  | { kind: 'whole'; encoding: 'utf-8' | 'gb18030' }
  | { kind: 'single'; encoding: string }
  | { kind: 'japanese-single' }
  | { kind: 'multi'; set: 'jis0208' | 'jis0212' | 'ksx1001' | 'gb2312' };

/** Single-byte sets of PS3.3 Table C.12-2: registration number, encoding, final byte of the escape that puts it in G1. */
export const SINGLE_BYTE: ReadonlyArray<readonly [number: number, encoding: string, final: number]> = [
  [100, 'latin1', 0x41],
  [101, 'iso-8859-2', 0x42],
  [109, 'iso-8859-3', 0x43],
  [110, 'iso-8859-4', 0x44],
  [144, 'iso-8859-5', 0x4c],
  [127, 'iso-8859-6', 0x47],
  [126, 'iso-8859-7', 0x46],
  [138, 'iso-8859-8', 0x48],
  [148, 'iso-8859-9', 0x4d],
  [166, 'tis620', 0x54],
  [203, 'iso-8859-15', 0x62],
];

const TERMS = new Map<string, Charset>([
  ['ISO_IR 6', { kind: 'single', encoding: 'latin1' }],
  ['ISO 2022 IR 6', { kind: 'single', encoding: 'latin1' }],
  ['ISO_IR 13', { kind: 'japanese-single' }],
  ['ISO 2022 IR 13', { kind: 'japanese-single' }],
  ['ISO 2022 IR 87', { kind: 'multi', set: 'jis0208' }],
  ['ISO 2022 IR 159', { kind: 'multi', set: 'jis0212' }],
  ['ISO 2022 IR 149', { kind: 'multi', set: 'ksx1001' }],
  ['ISO 2022 IR 58', { kind: 'multi', set: 'gb2312' }],
  ['ISO_IR 192', { kind: 'whole', encoding: 'utf-8' }],
  ['GB18030', { kind: 'whole', encoding: 'gb18030' }],
  // GBK is a part of GB18030, and so its decoder reads both.
  ['GBK', { kind: 'whole', encoding: 'gb18030' }],
]);
for (const [number, encoding] of SINGLE_BYTE) {
  TERMS.set(`ISO_IR ${number}`, { kind: 'single', encoding });
  TERMS.set(`ISO 2022 IR ${number}`, { kind: 'single', encoding });
}

/** Names that devices write and the standard does not know. */
const ALIASES = new Map<string, string>([
  ['', 'ISO_IR 6'],
  ['UTF-8', 'ISO_IR 192'],
  ['UTF8', 'ISO_IR 192'],
  ['GB2312', 'GBK'],
  ['CP936', 'GBK'],
  ['GB 18030', 'GB18030'],
  ['ISO_IR 58', 'ISO 2022 IR 58'],
  ['ISO_IR 87', 'ISO 2022 IR 87'],
  ['ISO_IR 149', 'ISO 2022 IR 149'],
  ['ISO_IR 159', 'ISO 2022 IR 159'],
]);

/**
 * The defined term (PS3.3 C.12.1.1.2) that a value of (0008,0005) means; `ISO-IR 100`, `ISO IR 100`, `utf-8` and
 * `gb2312` are read as what they are meant to be. Undefined for a name that means nothing.
 */
export function charsetTerm(value: string): string | undefined {
  // Asked for every text of every image, and nearly always a defined term already.
  if (TERMS.has(value)) return value;
  const plain = value.trim().toUpperCase();
  const spaced = plain
    .replace(/^ISO[ _-]*2022[ _-]*IR[ _-]*(\d+)$/, 'ISO 2022 IR $1')
    .replace(/^ISO[ _-]*IR[ _-]*(\d+)$/, 'ISO_IR $1');
  const term = ALIASES.get(spaced) ?? spaced;
  return TERMS.has(term) ? term : undefined;
}

/** The character set of a term that `charsetTerm` returned. */
export function charsetOf(term: string): Charset | undefined {
  return TERMS.get(term);
}
