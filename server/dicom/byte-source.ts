/** Random access to stored bytes, so that an object larger than memory can be described. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; asked only for ranges inside `size`. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** A source over bytes in memory. */
export function bufferSource(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
