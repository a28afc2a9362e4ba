import type { HuffmanCode } from '../huffman-table.ts';
import { i16, join, u8, u16, u32 } from './byte-parts.ts';

/** Bits, the first one first. */
type Bits = string;

const valueBits = (value: number, count: number): Bits =>
  count === 0 ? '' : (value >= 0 ? value : 2 ** count + value).toString(2).padStart(count, '0');
const fits = (value: number, bits: number): boolean => value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);
const prefixOf = ({ prefix, prefixBits }: HuffmanCode): Bits =>
  [...prefix.toString(2).padStart(prefixBits, '0')].reverse().join('');

/** Bits filled up to whole bytes with zeros. */
export function packBits(bits: Bits): Buffer {
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  return Buffer.from((padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The code of EN 1064, 5.5.5 by its rule, without the table that the reader uses. */
export function encodeDefault(values: Iterable<number>): Buffer {
  const bits: Bits[] = [];
  for (const value of values) {
    const size = Math.abs(value);
    if (size <= 8) bits.push(`${'1'.repeat(size)}0${size === 0 ? '' : value < 0 ? '1' : '0'}`);
    else if (fits(value, 8)) bits.push(`1111111110${valueBits(value, 8)}`);
    else bits.push(`1111111111${valueBits(value, 16)}`);
  }
  return packBits(bits.join(''));
}

/** Codes by tables of one's own; a value that the table in use cannot write takes a switch to one that can. */
export function encodeWith(tables: readonly (readonly HuffmanCode[])[], values: Iterable<number>): Buffer {
  const bits: Bits[] = [];
  let inUse = tables[0] ?? [];
  for (const value of values) {
    let code = codeFor(inUse, value);
    for (const change of code ? [] : inUse.filter(({ isSwitch }) => isSwitch)) {
      const next = tables[change.base - 1] ?? [];
      code = codeFor(next, value);
      if (!code) continue;
      bits.push(prefixOf(change));
      inUse = next;
      break;
    }
    if (!code) throw new Error(`no table writes ${value}`);
    bits.push(prefixOf(code), valueBits(value, code.totalBits - code.prefixBits));
  }
  return packBits(bits.join(''));
}

function codeFor(codes: readonly HuffmanCode[], value: number): HuffmanCode | undefined {
  const own = codes.filter(({ isSwitch }) => !isSwitch);
  const exact = own.find(({ prefixBits, totalBits, base }) => prefixBits === totalBits && base === value);
  return (
    exact ?? own.find(({ prefixBits, totalBits }) => totalBits > prefixBits && fits(value, totalBits - prefixBits))
  );
}

/** The contents of section 2; `isSwapped` puts the length of the whole code before that of its prefix. */
export const tablesSection = (tables: readonly (readonly HuffmanCode[])[], isSwapped = false): Buffer =>
  join(
    u16(tables.length),
    ...tables.map((codes) =>
      join(
        u16(codes.length),
        ...codes.map(({ prefixBits, totalBits, isSwitch, base, prefix }) =>
          join(
            isSwapped ? u8(totalBits, prefixBits) : u8(prefixBits, totalBits),
            u8(isSwitch ? 0 : 1),
            i16(base),
            u32(prefix),
          ),
        ),
      ),
    ),
  );

/** A code of `bits` as they come in the data. */
export function code(bits: Bits, base: number, more: Partial<HuffmanCode> & { extra?: number } = {}): HuffmanCode {
  const prefix = Number.parseInt([...bits].reverse().join(''), 2);
  return {
    prefixBits: bits.length,
    totalBits: bits.length + (more.extra ?? 0),
    isSwitch: more.isSwitch ?? false,
    base,
    prefix,
  };
}
