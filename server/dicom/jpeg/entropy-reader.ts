import { type HuffmanTable, lookBits } from './huffman.ts';
import { JpegProblem } from './problem.ts';

/**
 * A cursor over entropy-coded data (T.81 F.2.2): bits from the most significant, a stuffed zero after each FF dropped,
 * stopping in front of a marker. It refuses to invent bits that are not there, since a picture that is half guessed
 * looks like a picture.
 */
export class EntropyReader {
  #at: number;
  #bits = 0;
  #count = 0;
  /** Zero bits lent for looking ahead at the end of the data; using one of them is an error. */
  #lent = 0;

  readonly #data: Uint8Array;

  constructor(data: Uint8Array, at: number) {
    this.#data = data;
    this.#at = at;
  }

  /** Where the next marker is looked for. */
  get position(): number {
    return this.#at;
  }

  #fill(): void {
    while (this.#count <= 16) {
      const byte = this.#data[this.#at];
      const isEnd = byte === undefined || (byte === 0xff && this.#data[this.#at + 1] !== 0);
      if (isEnd) {
        this.#lent += 8;
        this.#bits = (this.#bits << 8) & 0xffffff;
      } else {
        this.#at += byte === 0xff ? 2 : 1;
        this.#bits = ((this.#bits << 8) | byte) & 0xffffff;
      }
      this.#count += 8;
    }
  }

  #take(bits: number): void {
    this.#count -= bits;
    if (this.#count < this.#lent) throw new JpegProblem('truncated', { expected: 'EOI', found: this.#at });
  }

  bit(): number {
    if (this.#count < 1) this.#fill();
    this.#take(1);
    return (this.#bits >>> this.#count) & 1;
  }

  /** The next n bits (0..16) as an unsigned number. */
  receive(n: number): number {
    if (n === 0) return 0;
    if (this.#count < n) this.#fill();
    this.#take(n);
    return (this.#bits >>> this.#count) & ((1 << n) - 1);
  }

  /** The next n bits as the signed difference of T.81 F.2.2.1 (RECEIVE and EXTEND). */
  receiveSigned(n: number): number {
    const value = this.receive(n);
    return n > 0 && value < 1 << (n - 1) ? value - (1 << n) + 1 : value;
  }

  /** The value of the next Huffman code. */
  decode(table: HuffmanTable): number {
    if (this.#count < 16) this.#fill();
    const found = table.look[(this.#bits >>> (this.#count - lookBits)) & ((1 << lookBits) - 1)] as number;
    if (found !== 0) {
      this.#take(found >> 8);
      return found & 0xff;
    }
    for (let length = lookBits + 1; length <= 16; length++) {
      const code = (this.#bits >>> (this.#count - length)) & ((1 << length) - 1);
      const max = table.maxCode[length] as number;
      if (max >= 0 && code <= max) {
        this.#take(length);
        return table.values[code + (table.valueOffset[length] as number)] as number;
      }
    }
    throw new JpegProblem('damaged-stream', { reason: `JPEG: no such code near byte ${this.#at}` });
  }

  /** Drops the rest of the byte and steps over the restart marker that has to be here (T.81 F.2.2.5). */
  restart(): void {
    this.#bits = 0;
    this.#count = 0;
    this.#lent = 0;
    const data = this.#data;
    while (this.#at < data.length && data[this.#at] === 0xff && data[this.#at + 1] === 0xff) this.#at++;
    const marker = data[this.#at + 1] ?? 0;
    if (data[this.#at] !== 0xff || marker < 0xd0 || marker > 0xd7) {
      throw new JpegProblem('damaged-stream', { reason: `JPEG: no restart marker at byte ${this.#at}` });
    }
    this.#at += 2;
  }
}
