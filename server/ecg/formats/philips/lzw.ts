/** Codes of ten bits, most significant bit first; the table is full at 1022, and 1023 ends the data. */
const width = 10;
const endCode = 1023;
const firstFree = 256;

/** The strings of the codes from 256 on, each as the code it continues and the byte it adds. */
interface Table {
  readonly prefix: Int16Array;
  readonly suffix: Uint8Array;
  readonly length: Uint32Array;
  next: number;
}

function newTable(): Table {
  const table = {
    prefix: new Int16Array(endCode),
    suffix: new Uint8Array(endCode),
    length: new Uint32Array(endCode),
    next: firstFree,
  };
  for (let code = 0; code < firstFree; code += 1) {
    table.suffix[code] = code;
    table.length[code] = 1;
  }
  return table;
}

function add(table: Table, prefix: number, suffix: number): void {
  if (table.next >= endCode) return;
  table.prefix[table.next] = prefix;
  table.suffix[table.next] = suffix;
  table.length[table.next] = (table.length[prefix] ?? 0) + 1;
  table.next += 1;
}

/** Writes the string of a code backwards from its end; its first byte. */
function write(table: Table, code: number, out: Uint8Array, at: number): number {
  let one = code;
  for (let i = at + (table.length[code] ?? 0) - 1; i > at; i -= 1) {
    out[i] = table.suffix[one] ?? 0;
    one = table.prefix[one] ?? 0;
  }
  const first = table.suffix[one] ?? 0;
  out[at] = first;
  return first;
}

/**
 * Expands the LZW of XLI. At most `limit` bytes come out: what would be more, or a code that no encoder can have
 * written, gives the offset of that code in `data` and nothing else.
 */
export function expandLzw(data: Uint8Array, limit: number): { bytes: Uint8Array } | { wrongAt: number } {
  const out = new Uint8Array(limit);
  const table = newTable();
  let written = 0;
  let previous = -1;
  for (let bit = 0; bit + width <= data.length * 8; bit += width) {
    const at = bit >> 3;
    const word = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    const code = (word >> (24 - width - (bit & 7))) & endCode;
    if (code === endCode) break;
    const isNew = code === table.next && previous >= 0;
    // The string of a code that is just being made begins with its own last byte.
    const length = isNew ? (table.length[previous] ?? 0) + 1 : (table.length[code] ?? 0);
    if ((code >= table.next && !isNew) || written + length > limit) return { wrongAt: at };
    const first = write(table, isNew ? previous : code, out, written);
    if (isNew) out[written + length - 1] = first;
    if (previous >= 0) add(table, previous, first);
    written += length;
    previous = code;
  }
  return { bytes: out.subarray(0, written) };
}
