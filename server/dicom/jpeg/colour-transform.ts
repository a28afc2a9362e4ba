/** The multiple component transformation of a JPEG 2000 stream's COD segment (T.800 A.6.1); codecs undo it themselves. */
export function hasColourTransform(bytes: Uint8Array): boolean {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    if (marker === 0x52) return bytes[at + 8] === 1;
    if (marker === 0x90 || marker === 0x93) return false;
    at += 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
  }
  // A stream within a JP2 file does not begin with its markers; those are red, green and blue in practice.
  return bytes[4] === 0x6a;
}
