/** Little-endian numbers and texts one behind the other, as SCP writes them. */
export const u8 = (...values: number[]): Buffer => Buffer.from(values);
export const u16 = (...values: number[]): Buffer => each(values, 2, (bytes, value) => bytes.writeUInt16LE(value));
export const i16 = (...values: number[]): Buffer => each(values, 2, (bytes, value) => bytes.writeInt16LE(value));
export const u32 = (...values: number[]): Buffer => each(values, 4, (bytes, value) => bytes.writeUInt32LE(value));
/** Latin-1 with the NUL that ends every text. */
export const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');
export const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);

function each(values: readonly number[], size: number, write: (bytes: Buffer, value: number) => void): Buffer {
  const parts = values.map((value) => {
    const bytes = Buffer.alloc(size);
    write(bytes, value);
    return bytes;
  });
  return Buffer.concat(parts);
}
