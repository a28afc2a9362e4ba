/** One row of bytes as PackBits runs (PS3.5 Annex G.3). */
function packRow(row: Buffer): Buffer {
  const out: number[] = [];
  let at = 0;
  while (at < row.length) {
    let run = 1;
    while (run < 128 && at + run < row.length && row[at + run] === row[at]) run += 1;
    if (run > 1) {
      out.push(257 - run, row.readUInt8(at));
      at += run;
      continue;
    }
    let literal = 1;
    while (literal < 128 && at + literal < row.length && row[at + literal] !== row[at + literal - 1]) literal += 1;
    out.push(literal - 1, ...row.subarray(at, at + literal));
    at += literal;
  }
  return Buffer.from(out);
}

/**
 * A frame as RLE Lossless (PS3.5 Annex G): one segment for each byte of a pixel, the high one first.
 * @param pixels native, little endian
 */
export function encodeRle(pixels: Buffer, columns: number, bytesPerPixel: number): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(bytesPerPixel, 0);
  const segments: Buffer[] = [];
  let offset = 64;
  for (let byte = bytesPerPixel - 1; byte >= 0; byte -= 1) {
    const plane = Buffer.from(pixels.filter((_, at) => at % bytesPerPixel === byte));
    const rows: Buffer[] = [];
    for (let at = 0; at < plane.length; at += columns) rows.push(packRow(plane.subarray(at, at + columns)));
    const packed = Buffer.concat(rows);
    const segment = packed.length % 2 === 0 ? packed : Buffer.concat([packed, Buffer.of(0)]);
    header.writeUInt32LE(offset, 4 + 4 * segments.length);
    offset += segment.length;
    segments.push(segment);
  }
  return Buffer.concat([header, ...segments]);
}
