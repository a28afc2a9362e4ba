/**
 * Writes small JPEG streams for the tests of the decoder. Every Huffman code is eight bits long and equal to the value
 * it stands for, so that a stream can be followed by hand.
 */
export class JpegWriter {
  readonly #bytes: number[] = [0xff, 0xd8];
  #bits = 0;
  #count = 0;

  segment(marker: number, body: readonly number[]): this {
    const length = body.length + 2;
    this.#bytes.push(0xff, marker, length >> 8, length & 0xff, ...body);
    return this;
  }

  /** A DQT of ones, so that coefficients are the quantised ones. */
  flatQuantisation(): this {
    return this.segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]);
  }

  /** DHT: 255 codes of eight bits, the code being the value. */
  plainHuffman(): this {
    const counts = Array.from({ length: 16 }, (_, i) => (i === 7 ? 255 : 0));
    const values = Array.from({ length: 255 }, (_, i) => i);
    return this.segment(0xc4, [0x00, ...counts, ...values]).segment(0xc4, [0x10, ...counts, ...values]);
  }

  frame(marker: number, precision: number, rows: number, columns: number, components: readonly number[][]): this {
    const size = [precision, rows >> 8, rows & 0xff, columns >> 8, columns & 0xff, components.length];
    return this.segment(marker, [...size, ...components.flat()]);
  }

  /** SOS for the components given by their ids. */
  scan(ids: readonly number[], start: number, end: number, approximation: number): this {
    return this.segment(0xda, [ids.length, ...ids.flatMap((id) => [id, 0x00]), start, end, approximation]);
  }

  bits(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i--) {
      this.#bits = (this.#bits << 1) | ((value >> i) & 1);
      if (++this.#count === 8) this.#flushByte();
    }
    return this;
  }

  symbol(value: number): this {
    return this.bits(value, 8);
  }

  /** A signed value in `size` bits, as T.81 F.1.2.1 appends it. */
  signed(value: number, size: number): this {
    return this.bits(value < 0 ? value + 2 ** size - 1 : value, size);
  }

  /** Fills the byte with ones, as at the end of a scan or an interval. */
  align(): this {
    while (this.#count > 0) this.bits(1, 1);
    return this;
  }

  restart(n: number): this {
    this.align();
    this.#bytes.push(0xff, 0xd0 + n);
    return this;
  }

  end(): Uint8Array {
    this.align();
    return Uint8Array.from([...this.#bytes, 0xff, 0xd9]);
  }

  #flushByte(): void {
    this.#bytes.push(this.#bits);
    if (this.#bits === 0xff) this.#bytes.push(0);
    this.#bits = 0;
    this.#count = 0;
  }
}

/** Bits a value needs: the category of T.81 table F.1. */
export const category = (value: number): number => (value === 0 ? 0 : 32 - Math.clz32(Math.abs(value)));
