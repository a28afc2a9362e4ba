/** Gives back the memory of bytes that nobody looks at any more, at once. What shares its memory with others is left alone. */
export function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
