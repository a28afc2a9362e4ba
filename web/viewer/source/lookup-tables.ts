import type { Palette } from '../decode/picture-types.ts';
import { ViewerProblem } from '../problem.ts';
import type { LutSource } from './study-model.ts';

/** A lookup table ready for use: the output for `first`, `first + 1`, ... and how many bits an output has. */
export interface LookupTable {
  readonly first: number;
  readonly values: Uint16Array;
  readonly bits: number;
  readonly explanation: string;
}

/**
 * Reads a table's data (PS3.3 C.11.1.1.1): words, little endian, or bytes for tables of eight bits. Devices do not
 * agree on packing eight-bit entries, so the length of the data decides.
 * @throws ViewerProblem damaged-stream when there are fewer entries than the descriptor says.
 */
export function lookupTable(source: LutSource, bytes: Uint8Array, tag: string): LookupTable {
  const { entries, first, explanation } = source;
  const isWide = bytes.length >= entries * 2;
  if (!isWide && (source.bits > 8 || bytes.length < entries)) {
    throw new ViewerProblem('damaged-stream', {
      reason: `${tag}: ${bytes.length} bytes, ${entries} x ${source.bits} bit`,
    });
  }
  const values = new Uint16Array(entries);
  for (let i = 0; i < entries; i++) {
    values[i] = isWide ? (bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8) : (bytes[i] as number);
  }
  // A descriptor that promises fewer bits than the table has would turn white into black.
  const width = 32 - Math.clz32(values.reduce((top, value) => Math.max(top, value), 1));
  return { first, values, bits: Math.max(source.bits, width), explanation };
}

/** The output of a table; values outside take the first or the last entry (PS3.3 C.11.1.1.1). */
export function lookUp(table: LookupTable, value: number): number {
  const index = Math.min(table.values.length - 1, Math.max(0, Math.round(value) - table.first));
  return table.values[index] as number;
}

/** Three tables as a palette of eight bits (PS3.3 C.7.9); sixteen-bit entries keep their upper half. */
export function toPalette(red: LookupTable, green: LookupTable, blue: LookupTable): Palette {
  const tables = [red, green, blue];
  // Some ultrasound machines promise sixteen bits and fill only the lower eight.
  const isDeep = tables.some((table) => table.values.some((value) => value > 255));
  const [r, g, b] = tables.map((table) => Uint8Array.from(table.values, (value) => (isDeep ? value >> 8 : value)));
  return { first: red.first, red: r as Uint8Array, green: g as Uint8Array, blue: b as Uint8Array };
}
