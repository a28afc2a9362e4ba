import { defaultTable, defaultTableNumber, type HuffmanTable, type HuffmanTables } from './huffman-table.ts';
import { scpInvalid } from './section-cursor.ts';

/** The coded samples of one lead. */
export interface CodedLead {
  readonly bytes: Buffer;
  /** Offset of `bytes` in the file. */
  readonly offset: number;
  /** The section and lead that an error names. */
  readonly where: string;
}

/**
 * Decodes `count` values (EN 1064, 5.5.3). Each lead begins with table 1. One value takes a bit at least, so that the
 * work is bounded by the length of the data.
 * @returns the values and how many bytes they took
 */
export function decodeHuffman(lead: CodedLead, count: number, tables: HuffmanTables): [Int32Array, number] {
  const { bytes, where, offset } = lead;
  const end = bytes.length * 8;
  if (count > end) throw scpInvalid(where, `${count} samples`, `${bytes.length} bytes`, offset);
  const values = new Int32Array(count);
  let table = tableOf(tables, 1, lead, 0);
  let at = 0;
  const nextBit = (done: number): number => {
    if (at >= end)
      throw scpInvalid(where, `${count} samples`, `${done} before the end of the data`, offset + bytes.length);
    const bit = (bytes.readUInt8(at >> 3) >> (7 - (at & 7))) & 1;
    at += 1;
    return bit;
  };
  for (let index = 0; index < count; ) {
    const from = at;
    let node = 0;
    do node = table.tree[2 * node + nextBit(index)] ?? 0;
    while (node > 0);
    const code = table.codes[-1 - node];
    if (!code)
      throw scpInvalid(where, 'a code of the Huffman table', `bits of sample ${index + 1}`, offset + (from >> 3));
    if (code.isSwitch) {
      at += code.totalBits - code.prefixBits;
      table = tableOf(tables, code.base, lead, from >> 3);
      continue;
    }
    const valueBits = code.totalBits - code.prefixBits;
    let value = code.base;
    for (let bit = 0; bit < valueBits; bit += 1) {
      // The first bit is the sign: a value of n bits is a two's complement.
      value = bit === 0 ? -nextBit(index) : value * 2 + nextBit(index);
    }
    values[index] = value;
    index += 1;
  }
  return [values, Math.ceil(at / 8)];
}

function tableOf(tables: HuffmanTables, number: number, { where, offset }: CodedLead, at: number): HuffmanTable {
  const table = number === defaultTableNumber ? defaultTable : tables[number - 1];
  if (!table) throw scpInvalid(where, `a table from 1 to ${tables.length}`, `table ${number}`, offset + at);
  return table;
}
