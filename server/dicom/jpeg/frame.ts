import { requireBounded } from './picture-size.ts';
import { JpegProblem } from './problem.ts';

/** One component of a frame (T.81 B.2.2) with room for its quantised coefficients, 64 a block. */
export interface JpegComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly quantTable: number;
  /** Blocks that carry samples; a scan of this component alone has just these. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Blocks of whole minimum coded units; the extra ones at the right and the bottom are thrown away. */
  readonly storedWide: number;
  readonly storedHigh: number;
  readonly coefficients: Int16Array;
}

export interface JpegFrame {
  readonly isProgressive: boolean;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly maxH: number;
  readonly maxV: number;
  readonly mcusWide: number;
  readonly mcusHigh: number;
  readonly components: readonly JpegComponent[];
}

/**
 * Reads a frame header SOF0, SOF1 or SOF2.
 * @param body the segment without its marker and length.
 * @param rowsElsewhere used when the header leaves the number of lines to a DNL marker.
 */
export function readFrame(marker: number, body: Uint8Array, rowsElsewhere: number): JpegFrame {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const count = body[5] ?? 0;
  if (count < 1 || count > 4 || body.length < 6 + 3 * count) {
    throw new JpegProblem('damaged-stream', { reason: `SOF: ${count} components` });
  }
  const precision = view.getUint8(0);
  if (precision !== 8 && precision !== 12) {
    throw new JpegProblem('unsupported-stream', { what: `JPEG DCT, ${precision} bit` });
  }
  const rows = view.getUint16(1) || rowsElsewhere;
  const columns = view.getUint16(3);
  requireBounded(columns, rows);
  const factors = Array.from({ length: count }, (_, i) => readFactors(body.subarray(6 + 3 * i, 9 + 3 * i)));
  const maxH = Math.max(...factors.map((factor) => factor.h));
  const maxV = Math.max(...factors.map((factor) => factor.v));
  const mcusWide = Math.ceil(columns / (8 * maxH));
  const mcusHigh = Math.ceil(rows / (8 * maxV));
  const components = factors.map((factor) => {
    const storedWide = mcusWide * factor.h;
    const storedHigh = mcusHigh * factor.v;
    return {
      ...factor,
      blocksWide: Math.ceil(Math.ceil((columns * factor.h) / maxH) / 8),
      blocksHigh: Math.ceil(Math.ceil((rows * factor.v) / maxV) / 8),
      storedWide,
      storedHigh,
      coefficients: new Int16Array(storedWide * storedHigh * 64),
    };
  });
  return { isProgressive: marker === 0xc2, precision, rows, columns, maxH, maxV, mcusWide, mcusHigh, components };
}

function readFactors(entry: Uint8Array): Pick<JpegComponent, 'id' | 'h' | 'v' | 'quantTable'> {
  const [id = 0, sampling = 0, quantTable = 0] = entry;
  const h = sampling >> 4;
  const v = sampling & 15;
  if (h < 1 || h > 4 || v < 1 || v > 4 || quantTable > 3) {
    throw new JpegProblem('damaged-stream', { reason: `SOF: sampling ${h}x${v}` });
  }
  return { id, h, v, quantTable };
}
