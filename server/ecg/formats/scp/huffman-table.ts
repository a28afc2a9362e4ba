import { type SectionCursor, scpInvalid } from './section-cursor.ts';

/** One line of a table in section 2 (EN 1064, 5.5). */
export interface HuffmanCode {
  readonly prefixBits: number;
  /** Prefix and the bits of the value behind it. */
  readonly totalBits: number;
  /** True: `base` is the number of the table that the next codes come from. */
  readonly isSwitch: boolean;
  readonly base: number;
  /** The prefix; its lowest bit is the first one in the data. */
  readonly prefix: number;
}
/** A table as a tree in one array: at 2n and 2n + 1 the child of node n for a bit 0 and 1, leaves as -1 - index. */
export interface HuffmanTable {
  readonly codes: readonly HuffmanCode[];
  readonly tree: Int32Array;
}
/** Table 1 is at index 0. */
export type HuffmanTables = readonly HuffmanTable[];

/** Stands for the table of the standard itself, as a count of tables and as the target of a switch. */
export const defaultTableNumber = 19999;
const maxCodes = 4096;
const maxPrefixBits = 32;
const maxValueBits = 24;

/**
 * The table of EN 1064, 5.5.5: n is written as n ones and a zero, for n other than 0 followed by its sign; nine ones and
 * a zero come before a value of 8 bits, ten ones before one of 16.
 */
export const defaultTable: HuffmanTable = buildTable(
  [
    { prefixBits: 1, totalBits: 1, isSwitch: false, base: 0, prefix: 0 },
    ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((size) =>
      [size, -size].map((base) => {
        const prefix = 2 ** size - 1 + (base < 0 ? 2 ** (size + 1) : 0);
        return { prefixBits: size + 2, totalBits: size + 2, isSwitch: false, base, prefix };
      }),
    ),
    { prefixBits: 10, totalBits: 18, isSwitch: false, base: 0, prefix: 2 ** 9 - 1 },
    { prefixBits: 10, totalBits: 26, isSwitch: false, base: 0, prefix: 2 ** 10 - 1 },
  ],
  'default table',
  0,
);

/**
 * Reads section 2. Undefined where the data are not Huffman coded: without the section, and with a count of 0 tables.
 * Throws ecg-invalid for more than 4096 codes, for codes of which one begins as another, and for values beyond 24 bits.
 */
export function readHuffmanTables(cursor: SectionCursor | undefined): HuffmanTables | undefined {
  const count = cursor?.u16('number of Huffman tables') ?? 0;
  if (!cursor || count === 0) return undefined;
  if (count === defaultTableNumber) return [defaultTable];
  const tables: HuffmanTable[] = [];
  let left = maxCodes;
  for (let number = 1; number <= count; number += 1) {
    const at = cursor.at();
    const size = cursor.u16(`number of codes of table ${number}`);
    left -= size;
    if (size === 0 || left < 0) {
      throw scpInvalid(cursor.where, `1 to ${maxCodes} codes in the tables`, `${size} in table ${number}`, at);
    }
    const codes = Array.from({ length: size }, () => readCode(cursor));
    tables.push(buildTable(codes, `${cursor.where} table ${number}`, at));
  }
  return tables;
}

function readCode(cursor: SectionCursor): HuffmanCode {
  const at = cursor.at();
  const [first, second, mode] = [cursor.u8('prefix bits'), cursor.u8('code bits'), cursor.u8('table mode')];
  const [base, prefix] = [cursor.i16('base value'), cursor.u32('base code')];
  // Some programs write the two lengths the other way round; no code is shorter than its own prefix.
  const [prefixBits, totalBits] = [Math.min(first, second), Math.max(first, second)];
  const valueBits = totalBits - prefixBits;
  if (prefixBits < 1 || prefixBits > maxPrefixBits || valueBits > maxValueBits) {
    const found = `${prefixBits} of ${totalBits}`;
    throw scpInvalid(cursor.where, `1 to ${maxPrefixBits} bits and at most ${maxValueBits} behind them`, found, at);
  }
  // Readers disagree whether it is added to the value that follows the prefix; 0 is the only base they read alike.
  if (valueBits > 0 && base !== 0) throw scpInvalid(cursor.where, 'base value 0 before a value', String(base), at + 3);
  if (mode > 1) throw scpInvalid(cursor.where, 'table mode 0 or 1', String(mode), at + 2);
  return { prefixBits, totalBits, isSwitch: mode === 0, base, prefix };
}

/** Throws ecg-invalid where one prefix begins with another, since the data could then be read in two ways. */
export function buildTable(codes: readonly HuffmanCode[], where: string, offset: number): HuffmanTable {
  const tree: number[] = [0, 0];
  codes.forEach(({ prefixBits, prefix }, index) => {
    let node = 0;
    for (let bit = 0; bit < prefixBits; bit += 1) {
      const slot = 2 * node + ((prefix >>> bit) & 1);
      const child = tree[slot] ?? 0;
      const isLast = bit === prefixBits - 1;
      if (child < 0 || (isLast && child !== 0)) {
        throw scpInvalid(where, 'prefixes of which none begins with another', `code ${index + 1}`, offset);
      }
      if (isLast) tree[slot] = -1 - index;
      else if (child === 0) {
        tree[slot] = tree.length / 2;
        node = tree.length / 2;
        tree.push(0, 0);
      } else node = child;
    }
  });
  return { codes, tree: Int32Array.from(tree) };
}
