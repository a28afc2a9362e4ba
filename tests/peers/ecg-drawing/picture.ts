/** A picture of curves: where the pen has been. */
export interface InkPicture {
  readonly width: number;
  readonly height: number;
  /** 1 for a pixel that is at least half under the curve; column by column, each from above, as it is read. */
  readonly ink: Uint8Array;
}

/**
 * Finds the curve in a picture that is drawn blue over a red ruling, black letters and white paper. A pixel covered by a
 * share `a` of blue has 255 (1 - a) or less of red left and at least 255 a of blue, on each of those grounds; what is
 * not blue has as much red as blue or less blue.
 * @param bmp a Windows bitmap of 24 bits without compression, its lowest row first
 */
export function blueInk(bmp: Buffer): InkPicture {
  const [begin, width, height, bits] = [10, 18, 22, 28].map((at) =>
    at === 28 ? bmp.readUInt16LE(at) : bmp.readInt32LE(at),
  ) as [number, number, number, number];
  if (bmp.toString('latin1', 0, 2) !== 'BM' || bits !== 24 || height <= 0) throw new Error('no plain bitmap');
  const stride = Math.ceil((width * 3) / 4) * 4;
  const ink = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const line = begin + (height - 1 - row) * stride;
    for (let x = 0; x < width; x++) {
      const blue = bmp[line + 3 * x] as number;
      const red = bmp[line + 3 * x + 2] as number;
      if (red < 128 && blue >= 128) ink[x * height + row] = 1;
    }
  }
  return { width, height, ink };
}
