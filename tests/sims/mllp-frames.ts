/** A receiver's own reading of MLLP, written apart from the product's, so that one error is not made twice. */
export function framesIn(bytes: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const start = rest.indexOf(0x0b);
    const end = rest.indexOf(Buffer.of(0x1c, 0x0d));
    if (start < 0 || end < start) return { frames, rest };
    frames.push(rest.subarray(start + 1, end));
    rest = rest.subarray(end + 2);
  }
}
export const frameOf = (message: string | Buffer): Buffer =>
  Buffer.concat([Buffer.of(0x0b), Buffer.from(message), Buffer.of(0x1c, 0x0d)]);
